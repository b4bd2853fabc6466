import { outcomeOf } from '../../journal/outcome.ts'
import { finishedOf } from '../../report/finished.ts'
import { withKnownIssue } from '../../report/known-issue.ts'
import type { Broken, Finished } from '../../report/reporter.ts'
import type { PlayOptions } from '../../scenario/run-scenario.ts'
import type { SealedRun } from '../../scenario/spec-of.ts'
import { removeRunFolder } from '../output-folder.ts'
import { type CaseOptions, type PlayedCase, playCase } from '../play-case.ts'
import type { CaseJob } from './case-job.ts'

export interface ThoroughOptions extends Pick<CaseOptions, 'stopping' | 'keys' | 'pace' | 'onPage' | 'stage'> {
  target?: NonNullable<PlayOptions['target']>
}

type About = Pick<CaseJob, 'about' | 'place' | 'settings'>

/**
 * Plays a scenario as often as it takes: once, again after a failure where retries are allowed, and a second time to compare the
 * journals. In instant mode and against the mock all plays of one seed are the same: one that is not is a bug of ours.
 */
export async function playThoroughly(...args: Parameters<typeof playAsOften>): Promise<Finished> {
  return withKnownIssue(await playAsOften(...args))
}

async function playAsOften(
  { about, place, settings }: About,
  seal: () => SealedRun,
  options: ThoroughOptions,
): Promise<Finished> {
  const { out, transport, speed, isPlain, retries, isChecked, checkSettings } = settings
  const isSame = speed === Number.POSITIVE_INFINITY && options.target === undefined
  const play = async (part: readonly string[], sink?: (line: string) => void): Promise<PlayedCase> =>
    playCase(seal, {
      ...options,
      out,
      transport,
      isPlain,
      checkSettings,
      place: [...place, ...part],
      ...(sink ? { sink } : {}),
    })

  const lines: string[] = []
  const first = await play([], isChecked ? (line) => void lines.push(line) : undefined)
  let last = finishedOf(about, first)
  if (isChecked && !last.broken && !isStopped(last)) {
    const second = await playAgain(first, lines, play)
    if (second) return { ...last, passed: false, broken: second, realMs: last.realMs }
  }
  let realMs = first.realMs
  for (let retry = 1; retry <= retries && mayRetry(last) && options.stopping.code === undefined; retry++) {
    const failed = last
    const again = await play([`retry-${retry}`])
    realMs += again.realMs
    last = { ...finishedOf(about, again), retries: retry }
    if (last.passed && isSame && failed.broken?.kind !== 'infrastructure') {
      last = { ...last, passed: false, broken: flake(failed, retry) }
    }
  }
  return { ...last, realMs }
}

/** A bug is no failure of the scenario: it is reported at once. */
const mayRetry = (one: Finished): boolean =>
  !one.passed && one.knownIssue === undefined && one.broken?.kind !== 'bug' && !isStopped(one)

const isStopped = ({ outcome }: Finished): boolean => outcome?.kind === 'stopped'

const flake = ({ failures, broken, journal }: Finished, retry: number): Broken => ({
  kind: 'bug',
  code: 'ERR_FLAKY',
  message: `a bug in oobe-sim: play 1 failed and play ${retry + 1} passed, with the same seed in instant mode. Play 1: ${broken?.message ?? failures[0]}; its journal: ${journal}`,
})

/** The second play of two that have to be the same. Its journal stays where it is another one. */
async function playAgain(
  first: PlayedCase,
  lines: readonly string[],
  play: (part: readonly string[], sink: (line: string) => void) => Promise<PlayedCase>,
): Promise<Broken | undefined> {
  let seq = 0
  let difference: number | undefined
  const second = await play(['again'], (line) => {
    if (line !== lines[seq]) difference ??= seq
    seq++
  })
  if (second.broken) return second.broken
  if (outcomeOf(second.journal)?.kind === 'stopped') return undefined
  if (seq < lines.length) difference ??= seq
  if (difference === undefined) {
    removeRunFolder(second.path!)
    return undefined
  }
  return {
    kind: 'bug',
    code: 'ERR_NOT_DETERMINISTIC',
    message: `a bug in oobe-sim: two plays with the same seed differ from entry ${difference} on: compare ${first.path} and ${second.path}`,
  }
}
