import type { Outcome } from '../domain/journal.ts'

const NEVER_HELD = 'enrolled, and no session with the management server was held'

/** A device that is enrolled is managed once a session was held: before it no server has had a say. */
export function managedIfHeld(outcome: Outcome, sessionsHeld: number): Outcome {
  if (!('managed' in outcome) || !outcome.managed || sessionsHeld > 0) return outcome
  const note = outcome.note === undefined ? NEVER_HELD : `${outcome.note}; ${NEVER_HELD}`
  return { ...outcome, managed: false, note }
}
