import { resolve } from 'node:path'
import { InfrastructureError, UserError } from '../../domain/trouble.ts'
import { rendered, type WriteLine } from '../../report/line.ts'
import type { Reporter } from '../../report/reporter.ts'
import { nearest } from '../../scenario/nearest.ts'
import { isFolder } from '../../scenario/scenario-files.ts'
import { workingFolder } from '../../scenario/working-folder.ts'
import { EXIT } from '../exit-codes.ts'
import { writeReport } from '../output-folder.ts'
import { print, printError, printRaw } from '../print.ts'
import { hasColours } from './colours.ts'

/** A reporter that prints as it comes. */
type StreamKind = 'list' | 'plain'
/** A reporter that writes a file at the end, and its name below the output folder. */
type FileKind = 'junit'

const FILES: Readonly<Record<FileKind, string>> = { junit: 'junit.xml' }
const STREAMS: readonly StreamKind[] = ['list', 'plain']
const NAMES: readonly string[] = [...STREAMS, ...Object.keys(FILES)]

export interface ChosenReporter {
  kind: StreamKind | FileKind
  /** Undefined: where it goes when nothing is said. */
  file: string | undefined
}

/**
 * `list,junit=reports/junit.xml`, each once.
 *
 * @throws UserError `ERR_UNKNOWN_REPORTER`, `ERR_BAD_ARGUMENTS`; InfrastructureError `ERR_OUTPUT_NOT_WRITABLE` for a folder in place of a file
 */
export function parseReporters(options: readonly string[]): ChosenReporter[] {
  const chosen = new Map<string, ChosenReporter>()
  for (const text of options.flatMap((option) => option.split(','))) {
    const at = text.indexOf('=')
    const name = at < 0 ? text : text.slice(0, at)
    const file = at < 0 ? undefined : text.slice(at + 1)
    if (!isKind(name)) refuseUnknown(name)
    if (file === '') throw new UserError('ERR_BAD_ARGUMENTS', `--reporter ${name}= names no file`)
    if (file !== undefined && isFolder(resolve(workingFolder(), file))) {
      const message = `${file} cannot be written: it is a folder. Name a file: --reporter ${name}=${file}/${fileNameOf(name)}`
      throw new InfrastructureError('ERR_OUTPUT_NOT_WRITABLE', message)
    }
    chosen.set(`${name}=${file ?? ''}`, { kind: name, file })
  }
  return [...chosen.values()]
}

const isKind = (name: string): name is ChosenReporter['kind'] => NAMES.includes(name)

const fileNameOf = (kind: ChosenReporter['kind']): string =>
  Object.hasOwn(FILES, kind) ? FILES[kind as FileKind] : `${kind}.txt`

function refuseUnknown(name: string): never {
  const near = nearest(name, NAMES)
  throw new UserError('ERR_UNKNOWN_REPORTER', `there is no reporter "${name}"`, [
    near ? `Did you mean "${near}"?` : `There are: ${NAMES.join(', ')}`,
  ])
}

/** Reporters that are loaded only when they are chosen. */
export async function makeReporters(chosen: readonly ChosenReporter[], out: string): Promise<Reporter[]> {
  // Of plain, pages are printed as they come; what is left is the verdict, which is a list's.
  const isListed = chosen.some(({ kind, file }) => kind === 'list' && file === undefined)
  const wanted = chosen.flatMap((one) =>
    one.kind !== 'plain' ? [one] : isListed ? [] : [{ ...one, kind: 'list' as const }],
  )
  return Promise.all(wanted.map((one) => makeReporter(one, out)))
}

async function makeReporter({ kind, file }: ChosenReporter, out: string): Promise<Reporter> {
  switch (kind) {
    case 'list':
    case 'plain': {
      const { listReporter } = await import('../../report/list-reporter.ts')
      return toStream(listReporter, file, out)
    }
    case 'junit': {
      const { junitReporter } = await import('../../report/junit-reporter.ts')
      return junitReporter(toFile(kind, file, out))
    }
  }
}

const printLine: WriteLine = (line) => printRaw('out', `${rendered(line, hasColours(process.stdout, process.env))}\n`)

/** Lines on standard output as they come, or all of them in a file. */
function toStream(make: (write: WriteLine) => Reporter, file: string | undefined, out: string): Reporter {
  if (file === undefined || file === '-') return make(printLine)
  const lines: string[] = []
  const reporter = make((line) => void lines.push(`${rendered(line, false)}\n`))
  return {
    ...reporter,
    onEnd(end) {
      reporter.onEnd(end)
      writeFile(file, lines.join(''), out)
    },
  }
}

/** A file, whole, and a line that says where it is; or standard output. */
const toFile =
  (kind: FileKind, file: string | undefined, out: string) =>
  (text: string): void => {
    if (file === '-') printRaw('out', text)
    else print(`${kind} report: ${writeFile(file, text, out, FILES[kind])}`)
  }

/** Code `ERR_OUTPUT_NOT_WRITABLE`. */
function writeFile(file: string | undefined, text: string, out: string, fileName = ''): string {
  if (file === undefined) return writeReport(out, fileName, text)
  writeReport(workingFolder(), file, text)
  return file
}

/** Tells all reporters that all is done. A report that cannot be written takes none of the others along. */
export function endAll(works: readonly (() => void)[]): number {
  let code: number = EXIT.pass
  let bug: { error: unknown } | undefined
  for (const work of works) {
    try {
      work()
    } catch (error) {
      if (error instanceof InfrastructureError) {
        printError(error)
        code = EXIT.infrastructure
      } else bug ??= { error }
    }
  }
  if (bug) throw bug.error
  return code
}
