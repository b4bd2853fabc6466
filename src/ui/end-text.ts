import { formatDuration } from '../domain/duration.ts'
import type { Outcome } from '../domain/journal.ts'
import type { FrameWords } from '../texts/frame-words.ts'

type Ends = FrameWords['ends']

/** One line that says how a run ended, in the words of a language. In English it is `outcomeText`; names of pages and states stay as they are. */
export function endText(outcome: Outcome, ends: Ends): string {
  const parts = [sentenceOf(outcome, ends)]
  if (outcome.kind === 'signInScreen' && outcome.isKioskLost) parts.push(ends.kioskLost)
  if ('note' in outcome && outcome.note) parts.push(outcome.note)
  if (outcome.kind === 'stuck' && outcome.reason) parts.push(outcome.reason)
  return parts.join('; ')
}

function sentenceOf(outcome: Outcome, ends: Ends): string {
  switch (outcome.kind) {
    case 'desktop':
      return ends.desktop({ account: ends[outcome.account], management: managementOf(outcome, ends) })
    case 'signInScreen':
      return ends.signInScreen({ management: managementOf(outcome, ends) })
    case 'kiosk':
      return ends.kiosk({ management: managementOf(outcome, ends), shows: outcome.shows })
    case 'failed':
      return ends.failed({ page: outcome.page, code: outcome.code, text: outcome.text })
    case 'unanswered':
      return ends.unanswered({ text: outcome.text, controls: outcome.controls.join(', ') })
    case 'stuck': {
      const { state, waitingFor, since } = outcome
      return ends.stuck({ state, waitingFor, since: formatDuration(since) })
    }
    case 'poweredOff':
    case 'stopped':
      return ends[outcome.kind]
  }
}

const managementOf = ({ managed, autopilot }: { managed: boolean; autopilot: boolean }, ends: Ends): string =>
  [managed ? ends.managed : ends.notManaged, autopilot ? ends.autopilot : ends.noAutopilot].join(', ')
