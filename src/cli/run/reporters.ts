import { appendFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { type FileReporter, REPORTER_NAMES, type StreamReporter } from '../../domain/reporters.ts'
import { InfrastructureError, UserError } from '../../domain/trouble.ts'
import { withoutCommands } from '../../report/github-reporter.ts'
import { rendered, type WriteLine } from '../../report/line.ts'
import type { Reporter } from '../../report/reporter.ts'
import { VERSION } from '../../run/version.ts'
import { nearest } from '../../scenario/nearest.ts'
import { isFolder } from '../../scenario/scenario-files.ts'
import { workingFolder } from '../../scenario/working-folder.ts'
import { EXIT } from '../exit-codes.ts'
import { BLOB_ENDING } from '../merge/parts.ts'
import { writing } from '../new-file.ts'
import { writeReport } from '../output-folder.ts'
import { print, printError, printNote, printRaw } from '../print.ts'
import { hasColours } from './colours.ts'
import type { Shard } from './shard.ts'

/** Names of their files below the output folder. */
const FILES: Readonly<Record<FileReporter, string>> = {
  junit: 'junit.xml',
  ctrf: 'ctrf.json',
  json: 'report.json',
  markdown: 'report.md',
  html: 'report.html',
  blob: `run${BLOB_ENDING}`,
}
/** The part of a run that a blob is of. */
export interface Plan {
  /** Digest of all that is to be played by all parts. */
  run: string
  total: number
  shard: Shard
  /** Of the plays of this part in the whole run. */
  places: number[]
}

export interface ReporterContext {
  out: string
  /** Undefined where nothing is played. */
  plan: Plan | undefined
}

export interface ChosenReporter {
  kind: StreamReporter | FileReporter
  /** Undefined: where it goes when nothing is said. */
  file: string | undefined
}

/** `--json`: the report of that name on standard output, and no other. Code `ERR_BAD_ARGUMENTS`. */
export function namedReporters(given: readonly string[] | undefined, isJson: boolean): readonly string[] | undefined {
  if (!isJson) return given
  if (given === undefined) return ['json=-']
  throw new UserError('ERR_BAD_ARGUMENTS', '--json goes without --reporter', [`Both: --reporter json=-,junit`])
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
  refuseMixed([...chosen.values()])
  return [...chosen.values()]
}

const isKind = (name: string): name is ChosenReporter['kind'] => REPORTER_NAMES.includes(name)

const fileNameOf = (kind: ChosenReporter['kind']): string =>
  Object.hasOwn(FILES, kind) ? FILES[kind as FileReporter] : `${kind}.txt`

function refuseUnknown(name: string): never {
  const near = nearest(name, REPORTER_NAMES)
  throw new UserError('ERR_UNKNOWN_REPORTER', `there is no reporter "${name}"`, [
    near ? `Did you mean "${near}"?` : `There are: ${REPORTER_NAMES.join(', ')}`,
  ])
}

/** A program reads it: nothing else may be between. */
export const isMachine = ({ kind, file }: ChosenReporter): boolean =>
  (kind === 'tap' && (file === undefined || file === '-')) || (Object.hasOwn(FILES, kind) && file === '-')

const isPrinted = ({ kind, file }: ChosenReporter): boolean =>
  (file === undefined && !Object.hasOwn(FILES, kind)) || file === '-'

/** Code `ERR_BAD_ARGUMENTS`. */
function refuseMixed(chosen: readonly ChosenReporter[]): void {
  const machine = chosen.find(isMachine)
  const other = machine && chosen.find((one) => one !== machine && isPrinted(one))
  if (!machine || !other) return
  throw new UserError('ERR_BAD_ARGUMENTS', `${machine.kind} and ${other.kind} would be mixed on standard output`, [
    `Give one a file: --reporter ${machine.kind}=${fileNameOf(machine.kind)},${other.kind}`,
  ])
}

/** Reporters that are loaded only when they are chosen. */
export async function makeReporters(chosen: readonly ChosenReporter[], context: ReporterContext): Promise<Reporter[]> {
  // Of plain, pages are printed as they come; what is left is the verdict, which is a list's.
  const isListed = chosen.some(({ kind, file }) => kind === 'list' && file === undefined)
  const wanted = chosen.flatMap((one) =>
    one.kind !== 'plain' ? [one] : isListed ? [] : [{ ...one, kind: 'list' as const }],
  )
  const say = chosen.some(isMachine) ? printNote : print
  return Promise.all(wanted.map((one) => makeReporter(one, context, say)))
}

async function makeReporter(
  { kind, file }: ChosenReporter,
  { out, plan }: ReporterContext,
  say: (line: string) => void,
): Promise<Reporter> {
  switch (kind) {
    case 'list':
    case 'plain': {
      const { listReporter } = await import('../../report/list-reporter.ts')
      return toStream(listReporter, file, out)
    }
    case 'dot': {
      const { dotReporter } = await import('../../report/dot-reporter.ts')
      return toStream(dotReporter, file, out)
    }
    case 'line': {
      const { lineReporter } = await import('../../report/line-reporter.ts')
      return toStream(lineReporter, file, out)
    }
    case 'tap': {
      const { tapReporter } = await import('../../report/tap-reporter.ts')
      return toStream(tapReporter, file, out)
    }
    case 'github': {
      const { githubReporter } = await import('../../report/github-reporter.ts')
      return toStream((write) => githubReporter(write, jobSummary()), file, out, 'raw')
    }
    case 'junit': {
      const { junitReporter } = await import('../../report/junit-reporter.ts')
      return junitReporter(toFile(kind, file, out, say))
    }
    case 'ctrf': {
      const { ctrfReporter } = await import('../../report/ctrf-reporter.ts')
      return ctrfReporter(toFile(kind, file, out, say), VERSION)
    }
    case 'json': {
      const { jsonReporter } = await import('../../report/json-reporter.ts')
      return jsonReporter(toFile(kind, file, out, say), VERSION)
    }
    case 'markdown': {
      const { markdownReporter } = await import('../../report/markdown-reporter.ts')
      return markdownReporter(toFile(kind, file, out, say))
    }
    case 'html': {
      const { htmlReporter } = await import('../../report/html-reporter.ts')
      const { viewerParts } = await import('../viewer-parts.ts')
      const { reportJournal } = await import('../report-journal.ts')
      return htmlReporter(toFile(kind, file, out, say), {
        parts: viewerParts,
        product: VERSION,
        journalOf: reportJournal,
      })
    }
    case 'blob': {
      const { blobReporter } = await import('../../report/blob.ts')
      const { places, ...head } = plan!
      const { index, count } = head.shard
      const name = count === 1 ? FILES.blob : `part-${index}-of-${count}${BLOB_ENDING}`
      return blobReporter(toFile(kind, file, out, say, name), { product: VERSION, ...head }, places)
    }
  }
}

/** Text of others is never a command of the service that runs the job. */
const forConsole = (text: string): string => (process.env.GITHUB_ACTIONS === 'true' ? withoutCommands(text) : text)

const printLine: WriteLine = (line, isOpen = false) =>
  printRaw('out', `${forConsole(rendered(line, hasColours(process.stdout, process.env)))}${isOpen ? '' : '\n'}`)

const printRawLine: WriteLine = (line) => printRaw('out', `${rendered(line, false)}\n`)

/** Lines on standard output as they come, or all of them in a file. */
function toStream(
  make: (write: WriteLine) => Reporter,
  file: string | undefined,
  out: string,
  kind: 'raw' | 'text' = 'text',
): Reporter {
  if (file === undefined || file === '-') return make(kind === 'raw' ? printRawLine : printLine)
  const lines: string[] = []
  const reporter = make((line, isOpen = false) => void lines.push(`${rendered(line, false)}${isOpen ? '' : '\n'}`))
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
  (kind: FileReporter, file: string | undefined, out: string, say: (line: string) => void, name = FILES[kind]) =>
  (text: string): void => {
    if (file === '-') printRaw('out', text)
    else say(`${kind} report: ${writeFile(file, text, out, name)}`)
  }

/** Code `ERR_OUTPUT_NOT_WRITABLE`. */
function writeFile(file: string | undefined, text: string, out: string, fileName = ''): string {
  if (file === undefined) return writeReport(out, fileName, text)
  writeReport(workingFolder(), file, text)
  return file
}

/** GitHub names the file in the environment; other services have none. */
function jobSummary(): ((markdown: string) => void) | undefined {
  const path = process.env.GITHUB_STEP_SUMMARY
  if (path === undefined || path === '') return undefined
  return (markdown) => writing(path, () => appendFileSync(path, markdown))
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
