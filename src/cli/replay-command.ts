import { formatDuration } from '../domain/duration.ts'
import { UserError } from '../domain/trouble.ts'
import { outcomeText, verdictOf } from '../journal/outcome.ts'
import { screenAtEnd } from '../journal/story.ts'
import { againOf, parsePoint, refuseBeyond } from '../run/again.ts'
import type { Fork, ForkPoint, ForkStimulus } from '../run/run-options.ts'
import { VERSION } from '../run/version.ts'
import { forkStimulus } from '../scenario/fork-words.ts'
import { resultsFolder } from '../scenario/project.ts'
import { type JudgedRun, judged, prepareSealed } from '../scenario/run-scenario.ts'
import { isBug, printBug } from './broken-run.ts'
import { EXIT } from './exit-codes.ts'
import { openRecord, type RunRecord } from './open-record.ts'
import { optimizeLater } from './optimize-later.ts'
import { parseOptions } from './options.ts'
import { openRunFolder } from './output-folder.ts'
import { print } from './print.ts'
import { silentKeys } from './reported-keys.ts'
import { playStoppable, stopOnSignals } from './stopping.ts'

const HELP = `oobe replay RUN           plays a recorded run again, from its journal and its vault

  RUN                     a folder below oobe-results/, a path to one, or to a journal.ndjson
  --until AT              only up to a moment: a device time (5m, 34:43) or the number of a journal entry (#120)
  --then STIMULUS         what happens there instead; the scenario's person continues. Several are given one by one:
                            'cable: out'  'wifi: off'  'network: down'  'power: cut'  'push'  'clock: 2h'  'wait: 5m'
                            'person: Skip'  'person: { email: a@b.example, password: x }'
                            '{ hang: true, request: "POST *sync*" }'
  --choose N=K            choice N of the journal is answered with its alternative K; from there on the seed answers
  --out DIR               where the new run folder goes: DIR/RUN-replay (default: oobe-results)
  --json                  how it ended, and where its journal is, for programs

Without --then and --choose the new journal has to be the recorded one, byte by byte.

exit: 0 the same run, or a fork that passed, 1 a fork that failed, 2 bad usage, or a record that cannot be played again,
70 a bug of ours`

export async function replayCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseOptions(
    args,
    {
      until: { type: 'string' },
      // biome-ignore lint/suspicious/noThenProperty: the name of the option
      then: { type: 'string', multiple: true }, // oxlint-disable-line unicorn/no-thenable
      choose: { type: 'string', multiple: true },
      out: { type: 'string' },
      json: { type: 'boolean' },
    },
    'oobe replay',
  )
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  const [name] = positionals
  if (name === undefined || positionals.length > 1) {
    throw new UserError('ERR_BAD_ARGUMENTS', 'oobe replay takes one run', ['oobe replay RUN'])
  }
  if (values.then !== undefined && values.until === undefined) {
    throw new UserError('ERR_BAD_ARGUMENTS', '--then needs --until: the moment at which it happens')
  }
  const point = values.until === undefined ? undefined : parsePoint(values.until)
  const stimuli = (values.then ?? []).map(forkStimulus)
  const changed = new Map((values.choose ?? []).map(choiceOf))
  const record = openRecord(name)
  if (point) refuseBeyond(point, record.entries)
  else refuseTorn(record)
  optimizeLater()
  return replay(record, values.out ?? resultsFolder(), point && { point, stimuli }, changed, values.json ?? false)
}

function choiceOf(text: string): [number, number] {
  const match = /^(\d{1,9})=(\d{1,9})$/.exec(text)
  if (match) return [Number(match[1]), Number(match[2])]
  throw new UserError('ERR_CHOICE', `"${text}" is no answer to a choice`, [
    'N=K: the number of the choice and of its alternative',
  ])
}

/** What is missing at its end cannot be compared. Code `ERR_JOURNAL_TORN`. */
function refuseTorn({ path, entries, isTorn }: RunRecord): void {
  if (!isTorn && verdictOf(entries)) return
  const last = entries.at(-1)!
  throw new UserError('ERR_JOURNAL_TORN', `${path} ends before the run did: after entry #${last.seq}`, [
    `"--until '#${last.seq}'" plays it up to there`,
  ])
}

async function replay(
  record: RunRecord,
  out: string,
  cut: { point: ForkPoint; stimuli: readonly ForkStimulus[] } | undefined,
  changed: ReadonlyMap<number, number>,
  isJson: boolean,
): Promise<number> {
  const { sealed, lines, entries } = record
  const folder = openRunFolder(out, `${record.name}-replay`, sealed.vault)
  const stopping = stopOnSignals()
  // A killed run may have done more in its last step than it could write.
  const isCut = verdictOf(entries) === undefined
  let isCompared = true
  let written = 0
  let forkedAt = 0
  let differsAt: number | undefined
  const firstChanged = entries.findIndex((entry) => entry.kind === 'choice' && changed.has(entry.choice))
  const fork: Fork | undefined = cut && {
    point: cut.point,
    by: 'fork',
    stimuli: cut.stimuli.length > 0 ? [handBack, ...cut.stimuli] : [() => ({ kind: 'stop' })],
    onReached: () => {
      isCompared = false
      forkedAt = written
    },
  }
  const prepared = await prepareSealed(sealed, {
    keys: silentKeys,
    again: againOf(entries, fork, changed),
    sink: (line) => {
      if (written === firstChanged || (written === lines.length && isCut)) isCompared = false
      if (isCompared && differsAt === undefined && `${lines[written] ?? ''}\n` !== line) differsAt = written
      written++
      folder.write(line)
    },
    onSecret: (secret, value) => folder.keepSecret(secret, value),
  })
  const { run } = prepared
  folder.onTrouble((error) => run.timeline.fail(error))
  // From here on it is another run than its record.
  stopping.onStop(() => (isCompared = false))
  try {
    const result = judged(prepared, sealed.spec, await playStoppable(run, run.play(), stopping))
    if (stopping.code !== undefined) {
      if (isJson) print(told(result, record, { endedAt: undefined, isSame: false, isStopped: true }, folder.path))
      else {
        print(`${record.name}: the replay was stopped after ${formatDuration(result.durationMs)} of device time`)
        print(`journal: ${folder.path}`)
      }
      return stopping.code
    }
    if (isCompared && written < lines.length) differsAt ??= written
    if (differsAt !== undefined) refuseDifferent(record, differsAt)
    const isOnlyCut = cut !== undefined && cut.stimuli.length === 0
    const end = { isSame: isCompared, endedAt: isOnlyCut ? forkedAt - 1 : undefined }
    if (isJson) print(told(result, record, end, folder.path))
    else report(result, record, end, folder.path)
    return isOnlyCut || isCompared || result.passed ? EXIT.pass : EXIT.scenarioFailed
  } catch (error) {
    if (differsAt !== undefined) refuseDifferent(record, differsAt)
    if (!isBug(error)) throw error
    printBug(error, { path: folder.path, journal: run.journal.entries })
    return EXIT.bug
  } finally {
    prepared.release()
    stopping.release()
    folder.close()
  }
}

/** After a session by hand the scenario's person continues. */
const handBack: ForkStimulus = ({ who }) => (who === 'terminal' ? { kind: 'person', who: 'script' } : null)

function refuseDifferent({ path, spec }: RunRecord, seq: number): never {
  const why =
    spec.product === VERSION
      ? 'the journal was edited after the run, or another build of this version wrote it'
      : `it was recorded by oobe-sim ${spec.product}, and this is ${VERSION}`
  throw new UserError('ERR_JOURNAL_DIFFERS', `${path}:${seq + 1}: entry #${seq} is not what this run does: ${why}`)
}

interface End {
  isSame: boolean
  endedAt: number | undefined
  isStopped?: boolean
}

/** As JSON. A run that was cut at a moment has no verdict: nothing says whether it passed. */
function told(result: JudgedRun, { spec }: RunRecord, { isSame, endedAt, isStopped }: End, journal: string): string {
  const { outcome, durationMs, passed, failures } = result
  const verdict = { outcome: outcomeText(outcome), passed, failures }
  const isWhole = endedAt === undefined && !isStopped
  return JSON.stringify(
    {
      scenario: spec.scenario,
      seed: spec.seed,
      same: isWhole && isSame,
      ...(isStopped ? { stopped: true } : {}),
      ...(endedAt === undefined ? {} : { endedAt }),
      ...(isWhole ? verdict : {}),
      durationMs,
      journal,
    },
    undefined,
    2,
  )
}

function report(
  { outcome, durationMs, passed, failures, journal }: JudgedRun,
  { spec, lines }: RunRecord,
  { isSame, endedAt }: End,
  path: string,
): void {
  const at = formatDuration(durationMs)
  if (endedAt !== undefined) {
    const screen = screenAtEnd(journal)
    print(`${spec.scenario}: played up to ${at}, entry #${endedAt}`)
    if (screen) print(`on the screen: [${screen.page}] ${screen.title}`)
    print(`journal: ${path}`)
    return
  }
  print(`${passed ? '✓' : '✗'} ${spec.scenario}  ${outcomeText(outcome)}  [${at}, seed ${spec.seed}]`)
  for (const failure of failures) print(`    ${failure}`)
  if (isSame) print(`the recorded run, byte by byte: ${lines.length} entries`)
  print(`journal: ${path}`)
}
