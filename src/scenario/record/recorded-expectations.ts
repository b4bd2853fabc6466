import type { JournalEntry } from '../../domain/journal.ts'
import { causeOf } from '../../journal/cause/cause-of.ts'
import { outcomeOf } from '../../journal/outcome.ts'
import { pagesOf } from '../../journal/pages.ts'
import type { Plain } from './as-written.ts'

/** `expect:` as the run was: its end, its code and cause, its pages in their order, its starts. Undefined for one without an end. */
export function recordedExpectations(journal: readonly JournalEntry[]): Plain | undefined {
  const outcome = outcomeOf(journal)
  if (!outcome || outcome.kind === 'stopped') return undefined
  const pages = pagesOf(journal)
  const isGood = outcome.kind === 'desktop' || outcome.kind === 'signInScreen'
  const cause = isGood ? undefined : causeOf(journal)?.sentence
  return {
    outcome: outcome.kind,
    ...('code' in outcome ? { code: outcome.code } : {}),
    ...(cause === undefined ? {} : { cause }),
    ...('account' in outcome ? { account: outcome.account } : {}),
    ...('autopilot' in outcome ? { autopilot: outcome.autopilot, managed: outcome.managed } : {}),
    pages,
    ...(pages.includes('enrollmentStatusFailure') ? {} : { never: ['enrollmentStatusFailure'] }),
    boots: journal.filter((entry) => entry.kind === 'power' && entry.event === 'on').length,
  }
}
