import { UserError } from '../domain/trouble.ts'
import { type ComparedRuns, compareRuns } from '../report/compared/compare-runs.ts'
import { isPlainPlace } from '../ui/look/look.ts'
import { comparedLines } from './compare/lines.ts'
import { EXIT } from './exit-codes.ts'
import { type OpenedRun, openToRead } from './open-run.ts'
import { parseOptions } from './options.ts'
import { print, printNote } from './print.ts'

const HELP = `oobe compare RUN1 RUN2    two runs side by side: up to where they are the same, what made them part, and both ways

  RUN1, RUN2              folders below oobe-results/, paths to one, or to a journal.ndjson
  --width N               cells of a line, 40 to 400; from 100 on the two are in columns (default: the terminal's, else 80)
  --plain                 lines, also in a terminal; there the two are otherwise shown to be scrubbed
  --json                  the comparison for a program

The same steps at other times are different, too. Ids and names that the seed draws are not compared, and of secrets only that
there is one. "oobe diff" compares what the two said to their services, message by message.

exit: 0 equal or alike, 1 different, 2 bad usage or no journal, 70 a bug of ours`

const WIDTH = { min: 40, max: 400, unknown: 80 } as const

export async function compareCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseOptions(
    args,
    { width: { type: 'string' }, plain: { type: 'boolean' }, json: { type: 'boolean' } },
    'oobe compare',
  )
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  if (values.json && values.width !== undefined) {
    throw new UserError('ERR_BAD_ARGUMENTS', '--json goes without --width', ['A program wraps no lines'])
  }
  const [first, second] = positionals
  if (first === undefined || second === undefined || positionals.length > 2) {
    throw new UserError('ERR_BAD_ARGUMENTS', 'oobe compare takes two runs', ['oobe compare RUN1 RUN2'])
  }
  const width = values.width === undefined ? widthOfTerminal() : parseWidth(values.width)
  const [left, right] = [openToRead(first), openToRead(second)]
  noteVersions(left, right)
  const compared = await comparedOf(left, right)
  if (values.json) print(JSON.stringify({ left: about(left), right: about(right), ...compared }, undefined, 2))
  else if (isInteractive(values)) {
    const { compareInTerminal } = await import('./compare/in-terminal.ts')
    const code = await compareInTerminal(compared, { left, right }, { left: first, right: second })
    if (code !== EXIT.pass) return code
  } else for (const line of comparedLines(compared, { left: first, right: second }, width)) print(line)
  return compared.result === 'equal' || compared.result === 'alike' ? EXIT.pass : EXIT.scenarioFailed
}

/** A terminal at both ends, and no form of lines that was asked for. */
const isInteractive = ({ width, plain }: { width?: string | undefined; plain?: boolean | undefined }): boolean =>
  width === undefined &&
  !plain &&
  !isPlainPlace(process.env) &&
  process.stdin.isTTY === true &&
  process.stdout.isTTY === true

/** A journal that was edited by hand is refused at its line: what an entry must have is looked at only then. */
async function comparedOf(left: OpenedRun, right: OpenedRun): Promise<ComparedRuns> {
  try {
    return compareRuns(left, right)
  } catch (error) {
    const { flawOf } = await import('../journal/schema.ts')
    for (const { path, entries } of [left, right]) {
      for (const entry of entries) {
        const flaw = entry.kind === 'run' ? undefined : flawOf(entry)
        if (flaw !== undefined) throw new UserError('ERR_JOURNAL', `${path}:${entry.seq + 1}: no whole entry: ${flaw}`)
      }
    }
    throw error
  }
}

function noteVersions(left: OpenedRun, right: OpenedRun): void {
  if (left.spec.product === right.spec.product) return
  printNote(
    `the first was recorded by oobe-sim ${left.spec.product}, the second by ${right.spec.product}: the two may differ in what they do`,
  )
}

const about = ({ name, path, spec, isTorn }: OpenedRun) => {
  const { scenario, product, seed, startsAt, device, tenant } = spec
  return { run: name, journal: path, scenario, product, device: device.id, tenant: tenant.id, seed, startsAt, isTorn }
}

const widthOfTerminal = (): number => Math.min(WIDTH.max, Math.max(WIDTH.min, process.stdout.columns || WIDTH.unknown))

function parseWidth(text: string): number {
  const width = /^\d{1,3}$/.test(text) ? Number(text) : Number.NaN
  if (width >= WIDTH.min && width <= WIDTH.max) return width
  throw new UserError('ERR_BAD_ARGUMENTS', `--width takes a number from ${WIDTH.min} to ${WIDTH.max}, not "${text}"`)
}
