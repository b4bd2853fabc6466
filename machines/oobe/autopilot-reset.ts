import { planOf, stepsBefore } from './plan.ts'
import { atTheSharedDevice, deviceSetup, kioskOrUser } from './shared-steps.ts'

/** The device starts with Windows put back. */
export const resetting = <To extends string>(to: To) =>
  stepsBefore<To>()({
    resetting: {
      page: 'resetting',
      source: '10 S32',
      input: () => ({}),
      leads: { done: { to, writes: { isResetting: false } } },
    },
  })

/** After an Autopilot Reset, or another one that kept the enrolment: no join, no enrolment, and the next person signs in. */
export const autopilotReset = planOf({
  signIn: {
    leavesOut: 'signIn',
    source: '2.6 [D]',
    why: {
      fact: 'the reset has kept the Entra membership',
      effect: 'no join: the next user signs in at the sign-in screen',
    },
    to: 'enrollment',
  },
  enrollment: {
    leavesOut: 'enrollment',
    source: '2.6 [D]',
    why: { fact: 'the reset has kept the enrolment', effect: 'no enrolment' },
    to: 'restoring',
  },
  restoring: {
    page: 'restoring',
    source: '10 S32',
    input: ({ disk }) => ({ isRestored: disk.reset?.isRestored === true }),
    leads: {
      restored: {
        to: 'deviceStatus',
        writes: (_, { disk }) => (disk.reset ? { reset: { ...disk.reset, isRestored: true } } : {}),
      },
      doesNotApply: 'deviceStatus',
    },
  },
  ...deviceSetup(),
  qualityUpdates: {
    leavesOut: 'qualityUpdates',
    source: '4.8 [U]',
    why: { fact: 'after a reset that kept the enrolment', effect: 'no quality updates page' },
    to: 'kioskSignIn',
  },
  ...kioskOrUser,
  ...atTheSharedDevice,
})
