import { endings } from '../outcomes.ts'
import { shows } from '../page.ts'
import {
  type CategoryContext,
  type CategoryOutcome,
  categoryOf,
  PLAIN_ENDINGS,
  STEPS,
  stepwiseSetup,
  TO_CURRENT_STEP,
} from './setup-category.ts'

/**
 * `Device setup`: policies, certificates, network connections, apps. Restarts that policies and apps need are coalesced at
 * the end, unless an app needs its own at once.
 */
export const deviceSetupMachine = stepwiseSetup.createMachine({
  id: 'deviceSetup',
  ...categoryOf<CategoryOutcome>('deviceSetup'),
  on: { 'progress.changed': { actions: 'see' } },
  initial: 'identifying',
  states: {
    identifying: {
      meta: shows('enrollmentStatus', '4.1 [D]', '4.7 [D]'),
      always: [
        { guard: 'isFailed', target: 'failed' },
        { guard: 'needsRestartNow', target: 'restartPending' },
        { guard: 'needsRestart', target: 'restartPending' },
        { guard: 'isComplete', target: 'succeeded' },
        ...TO_CURRENT_STEP,
      ],
    },
    ...STEPS,
    // Event 2800 for each policy that needs a restart; it happens once, at the end, and costs the credentials.
    restartPending: {
      meta: shows('enrollmentStatus', '4.7 [F]'),
      after: { untilRestart: [{ guard: 'isComplete', target: 'restart' }, { target: 'earlyRestart' }] },
    },
    ...PLAIN_ENDINGS,
    ...endings<CategoryContext, Exclude<CategoryOutcome, { kind: 'succeeded' | 'failed' }>>({
      restart: ({ progress }) => ({ kind: 'restart', progress }),
      earlyRestart: ({ progress }) => ({ kind: 'earlyRestart', progress }),
    }),
  },
})
