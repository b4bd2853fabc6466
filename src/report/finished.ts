import { dirname } from 'node:path'
import type { JournalEntry } from '../domain/journal.ts'
import { whyLines } from '../journal/cause/lines.ts'
import { outcomeOf, outcomeText, verdictOf } from '../journal/outcome.ts'
import { durationOf, screenAtEnd, specIn } from '../journal/story.ts'
import { plainText } from '../screens/plain-text.ts'
import type { Broken, Case, Finished } from './reporter.ts'

export interface Played {
  realMs: number
  /** The path of the journal, where there is one. */
  path?: string | undefined
  /** As far as it was written. */
  journal: readonly JournalEntry[]
  broken?: Broken | undefined
}

/** What reporters tell of a scenario, read from its journal. */
export function finishedOf(about: Case, { realMs, path, journal, broken }: Played): Finished {
  const verdict = verdictOf(journal)
  const outcome = outcomeOf(journal)
  const screen = screenAtEnd(journal)
  const seed = specIn(journal)?.seed
  return {
    ...about,
    passed: !broken && verdict?.passed === true,
    ...(seed === undefined ? {} : { seed }),
    realMs,
    deviceMs: durationOf(journal),
    ...(outcome ? { outcome: { kind: outcome.kind, text: outcomeText(outcome) } } : {}),
    failures: verdict?.failures ?? [],
    reason: broken ? [] : whyLines(journal, path === undefined ? about.id : dirname(path)),
    screen: screen ? plainText(screen) : [],
    ...(verdict?.service ? { service: verdict.service } : {}),
    ...(path === undefined ? {} : { journal: path }),
    ...(broken ? { broken } : {}),
  }
}
