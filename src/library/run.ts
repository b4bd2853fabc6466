import { outcomeText } from '../journal/outcome.ts'
import { pagesOf } from '../journal/pages.ts'
import type { RunResult } from '../run/run-options.ts'
import type { SealedRun } from '../scenario/spec-of.ts'
import type { Run } from './types.ts'

/** What a run was made of, its secrets included: no part of what a test sees or prints. */
const sealedRuns = new WeakMap<object, SealedRun>()

export function runOf({ outcome, journal, durationMs, seed }: RunResult, sealed: SealedRun): Run {
  const run = { outcome, summary: outcomeText(outcome), pages: pagesOf(journal), journal, durationMs, seed }
  sealedRuns.set(run, sealed)
  return run
}

/** Undefined for a copy of a run, such as `{ ...run }`. */
export const sealedOf = (run: object): SealedRun | undefined => sealedRuns.get(run)

/** A copy of a run with more in it is a run as well. */
export function extended<More extends object>(run: Run, more: More): Run & More {
  const whole = { ...run, ...more }
  sealedRuns.set(whole, sealedRuns.get(run)!)
  return whole
}
