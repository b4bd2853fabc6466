import { formatDuration } from '../domain/duration.ts'
import type { Expectations } from '../domain/expectations.ts'
import { isStrayAnswer } from '../domain/stray-answers.ts'
import { outcomeText } from '../journal/outcome.ts'
import type { RunResult } from '../run/run-options.ts'
import { missesOf } from './expect/expectations.ts'
import { takenWays } from './expect/known.ts'

/** What of a scenario's expectations did not hold. Empty is a pass. */
export function judge(expect: Expectations | null, result: RunResult): string[] {
  const { outcome, durationMs } = result
  // What it did not come to says nothing about it.
  if (outcome.kind === 'stopped') return [`the run was stopped after ${formatDuration(durationMs)}, before its end`]
  const failures = expect?.managed === undefined ? neverManaged(result) : []
  if (expect === null) {
    const isEnd = ['desktop', 'signInScreen', 'kiosk'].includes(outcome.kind)
    return isEnd ? failures : [outcomeText(outcome), ...failures]
  }
  return [...failures, ...missesOf(expect, { ...result, takenWays: () => takenWays(result.journal) })]
}

/** A device that ended well while its server never managed it gets a pass only from a scenario that says so. */
function neverManaged({ outcome, journal }: RunResult): string[] {
  if (!('managed' in outcome) || outcome.managed) return []
  const results = journal.flatMap((entry) => (entry.kind === 'session' && entry.result ? [entry.result] : []))
  if (results.length === 0 || results.includes('held')) return []
  return ['no session with the management server was held']
}

/** Sessions of a real service that ended since its answer was meant for something else: a device may retry, the service is wrong. */
export function strayAnswers({ journal }: RunResult): string[] {
  const results = journal.flatMap((entry) => (entry.kind === 'session' && entry.result ? [entry.result] : []))
  const strays = results.flatMap((end) => (typeof end === 'object' && isStrayAnswer(end.code) ? [end] : []))
  const [first] = strays
  if (first === undefined) return []
  const count = `${strays.length} of ${results.length} management sessions`
  return [`${count} ended with an answer to something else; the first: ${first.code} ${first.text}`]
}
