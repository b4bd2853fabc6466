import type { Samples } from '../samples.ts'
import type { managementMachine } from './management.ts'

const next = { nextInMs: 180_000, isNewSchedule: false }

export const managementSamples: Samples<typeof managementMachine> = {
  inputs: {
    enrolled: { isEnrolled: true },
    notEnrolled: { isEnrolled: false },
    colliding: { isEnrolled: true, installersCollide: true },
  },
  events: [
    { type: 'device.enrolled' },
    { type: 'user.signedIn' },
    { type: 'device.signedOut' },
    { type: 'job.finished' },
    { type: 'push.received' },
    { type: 'sync.asked' },
    { type: 'account.disconnected' },
    { type: 'network.restored' },
    { type: 'certificates.ordered' },
  ],
  done: {
    isOnline: [true, false],
    session: [
      { kind: 'held', ...next },
      { kind: 'failed', ...next },
      { kind: 'unenroll' },
      { kind: 'restart' },
      { kind: 'reset', what: 'everything' },
    ],
  },
  // Sessions are counted without an end.
  decisive: ({ isEnrolled }) => ({ isEnrolled }),
}
