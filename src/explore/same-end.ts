import type { Outcome } from '../domain/journal.ts'
import { CODE } from '../domain/windows-codes.ts'
import type { Step } from './steps.ts'

/** Whether a run with a fault ended as the one without, or as Windows documents it for a device at that step. */
export const isSameEnd = (outcome: Outcome, before: Outcome, step: Step): boolean =>
  factsOf(outcome) === factsOf(before) || isSignedOut(outcome, before) || isBlockedForReuse(outcome, before, step)

/** Of an end; what its note says more is not compared. */
const factsOf = (outcome: Outcome): string => {
  const { note, ...facts } = outcome as Outcome & { note?: string }
  void note
  return JSON.stringify(facts)
}

/** A shared device whose first person is set up: a start leaves it at its sign-in screen, for the next person. */
const isSignedOut = (outcome: Outcome, before: Outcome): boolean =>
  outcome.kind === 'signInScreen' && before.kind === 'desktop' && outcome.managed === before.managed

/** States in which the answer of the enrolment is on its way. */
const ANSWERED = ['enrollment.requestingCertificate', 'enrollment.applyingProvisioning']

/**
 * The service has enrolled the device and its answer was lost: to the service the next try is a second use of a
 * self-deploying device, which it refuses until an administrator unblocks the device (oobe-autopilot-esp.md, 11, row 14).
 */
function isBlockedForReuse(outcome: Outcome, before: Outcome, step: Step): boolean {
  if (outcome.kind !== 'failed' || outcome.code !== CODE.deviceNotSupported || before.kind === 'unanswered')
    return false
  return step.kind !== 'state' || ANSWERED.includes(step.state)
}
