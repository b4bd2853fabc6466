import type { JournalEntry, Outcome } from '../../domain/journal.ts'
import { causeOf } from '../../journal/cause/cause-of.ts'
import { outcomeText } from '../../journal/outcome.ts'
import type { RunResult } from '../../run/run-options.ts'

/** What a walk has found that is no documented end. */
export interface Finding {
  kind: 'bug' | 'stuck' | 'failedWithoutCause' | 'noEvidence'
  /** The same for two runs that fail in the same way. */
  signature: string
  text: string
}

/** Kinds of findings in words. */
export const FINDING_KINDS: Readonly<Record<Finding['kind'], string>> = {
  bug: 'an error, or an invariant that does not hold',
  stuck: 'a device that waits for ever, and nothing of the walk does that',
  failedWithoutCause: 'a failure with no fault, no event and no fact behind it',
  noEvidence: 'a managed device of which no session was held',
}

/** Of something that was thrown: it is a bug, whatever the walk was. */
export function bugOf(error: unknown): Finding {
  const { message = String(error) } = (error ?? {}) as Partial<Error>
  const [text = ''] = message.split('\n')
  // Names, numbers and moments are others in a smaller scenario.
  return { kind: 'bug', signature: `bug ${text.replaceAll(/\d+|"[^"]*"/g, '#')}`, text }
}

/** What a walk does to its device besides its choice. */
export interface WalkFacts {
  /** Something of it makes a device wait without an end. */
  mayHang: boolean
  /** A fault, whose end is documented, is a part of it. */
  hasFault: boolean
}

export function findingOf(
  { outcome, journal, effective }: RunResult,
  { mayHang, hasFault }: WalkFacts,
): Finding | undefined {
  if ('managed' in outcome && outcome.managed && !hasSession(journal)) {
    return { kind: 'noEvidence', signature: `noEvidence ${outcome.kind}`, text: outcomeText(outcome) }
  }
  if (outcome.kind === 'stuck' && !mayHang) {
    return { kind: 'stuck', signature: signatureOf(outcome), text: outcomeText(outcome) }
  }
  const isEvent = [...effective].some((by) => by.startsWith('events.'))
  if (outcome.kind === 'failed' && !hasFault && !isEvent && causeOf(journal)?.fact === undefined) {
    return { kind: 'failedWithoutCause', signature: signatureOf(outcome), text: outcomeText(outcome) }
  }
  return undefined
}

function signatureOf(outcome: Outcome): string {
  if (outcome.kind === 'stuck') return `stuck ${outcome.state}`
  return outcome.kind === 'failed' ? `failed ${outcome.page} ${outcome.code}` : outcome.kind
}

const hasSession = (journal: readonly JournalEntry[]): boolean =>
  journal.some((entry) => entry.kind === 'session' && entry.result === 'held')
