import type { Outcome } from '../domain/journal.ts'
import type { Trouble } from '../domain/trouble.ts'

const NEVER_HELD = 'enrolled, and no session with the management server was held'

/**
 * A device that is enrolled is managed once a session was held: before it no server has had a say.
 *
 * @param last what the last session failed with
 */
export function managedIfHeld(outcome: Outcome, sessionsHeld: number, last: Trouble | undefined): Outcome {
  if (!('managed' in outcome) || !outcome.managed || sessionsHeld > 0) return outcome
  const why = last ? [`the last one failed with ${last.code}: ${last.text}`] : []
  const note = [...(outcome.note === undefined ? [] : [outcome.note]), NEVER_HELD, ...why].join('; ')
  return { ...outcome, managed: false, note }
}
