import type { EspPolicy } from '../../src/domain/esp.ts'
import { press, type Samples } from '../samples.ts'
import type { enrollmentStatusMachine } from './enrollment-status.ts'
import type { EnrollmentStatusInput } from './enrollment-status-setup.ts'
import { plainOutcomesOf, RESTARTS } from './setup-category.samples.ts'

const ofDevice: EnrollmentStatusInput = { phase: 'device', isDone: false, isEnrolled: true }

const lenient: EspPolicy = {
  skipped: false,
  timeoutMs: 3_600_000,
  mayLeave: true,
  canReset: true,
  canRetry: true,
  canContinue: true,
  canCollectLogs: true,
  customErrorText: '',
}

export const enrollmentStatusSamples: Samples<typeof enrollmentStatusMachine> = {
  inputs: {
    ofDevice,
    ofUser: { ...ofDevice, phase: 'user' },
    ofTechnician: { ...ofDevice, endsAtFailure: true },
    notEnrolled: { ...ofDevice, isEnrolled: false },
    done: { ...ofDevice, isDone: true },
  },
  events: [
    press('user.tryAgain'),
    press('user.continueAnyway'),
    press('user.reset'),
    press('user.collectLogs'),
    { type: 'policy.known', isNew: false },
    { type: 'policy.known', isNew: true },
    { type: 'parking.changed', isParked: true },
    { type: 'parking.changed', isParked: false },
    { type: 'limit.reached' },
    ...[lenient, { ...lenient, timeoutMs: 60_000 }, { ...lenient, skipped: true }].map((policy) => ({
      type: 'policy.changed' as const,
      policy,
      leftMs: 60_000,
    })),
  ],
  done: {
    readPolicy: [
      { policy: lenient, leftMs: 3_600_000 },
      { policy: { ...lenient, skipped: true }, leftMs: 3_600_000 },
    ],
    devicePreparation: plainOutcomesOf('devicePreparation'),
    deviceSetup: [...plainOutcomesOf('deviceSetup'), ...RESTARTS],
    accountSetup: plainOutcomesOf('accountSetup'),
    retryFailed: [60_000],
    reportOutcome: [undefined],
  },
}
