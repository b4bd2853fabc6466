import { formatDuration } from '../domain/duration.ts'
import type { JournalEntry, Outcome, VerdictFact } from '../domain/journal.ts'
import { safeText } from '../domain/safe-text.ts'

/** How a run ended; undefined while it has not. */
export function outcomeOf(journal: readonly JournalEntry[]): Outcome | undefined {
  const entry = journal.findLast((one) => one.kind === 'outcome')
  return entry?.kind === 'outcome' ? entry.outcome : undefined
}

/** Whether that is what was expected; undefined before it was judged. */
export function verdictOf(journal: readonly JournalEntry[]): VerdictFact | undefined {
  const entry = journal.findLast((one) => one.kind === 'verdict')
  return entry?.kind === 'verdict' ? entry : undefined
}

/** `41 requests to Hedgerow Device Care`; undefined for a run of the mock alone. */
export const requestsText = (service: VerdictFact['service']): string | undefined =>
  service && `${service.requests} ${service.requests === 1 ? 'request' : 'requests'} to ${safeText(service.title)}`

/** One line that says how a run ended. */
export function outcomeText(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'desktop':
      return `desktop (${outcome.account === 'standard' ? 'standard user' : 'local administrator'}, ${managementOf(outcome)})${outcome.note ? `; ${outcome.note}` : ''}`
    case 'signInScreen':
      return `sign-in screen (${managementOf(outcome)})${outcome.isKioskLost ? '; the automatic sign-in of the kiosk was lost' : ''}${outcome.note ? `; ${outcome.note}` : ''}`
    case 'kiosk':
      return `kiosk (${managementOf(outcome)}): ${outcome.shows}${outcome.note ? `; ${outcome.note}` : ''}`
    case 'failed':
      return `failed on page ${outcome.page} with ${outcome.code}: ${outcome.text}`
    case 'unanswered':
      return `unanswered: ${outcome.text}; its controls: ${outcome.controls.join(', ')}`
    case 'stuck':
      return `stuck in ${outcome.state}, waiting for "${outcome.waitingFor}" since ${formatDuration(outcome.since)}${outcome.reason ? `; ${outcome.reason}` : ''}`
    case 'poweredOff':
      return 'powered off'
    case 'stopped':
      return 'stopped'
  }
}

const managementOf = ({ managed, autopilot }: { managed: boolean; autopilot: boolean }): string =>
  `${managed ? 'managed' : 'not managed'}, ${autopilot ? 'Autopilot' : 'no Autopilot profile'}`
