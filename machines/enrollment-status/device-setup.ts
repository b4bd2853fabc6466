import { hidden, shows } from '../page.ts'
import { STEPS, startCategory, stepwiseSetup, TO_CURRENT_STEP } from './setup-category.ts'

/**
 * `Device setup`: policies, certificates, network connections, apps. Restarts that policies and apps want are coalesced at
 * the end, unless an app wants its own at once.
 */
export const deviceSetupMachine = stepwiseSetup.createMachine({
  id: 'deviceSetup',
  context: startCategory('deviceSetup', 'Device setup'),
  output: ({ context }) => context.outcome,
  invoke: { id: 'watchProgress', src: 'watchProgress', input: 'deviceSetup' },
  on: { 'progress.changed': { actions: 'see' } },
  initial: 'identifying',
  states: {
    identifying: {
      meta: shows('enrollmentStatus', '4.1 [D]', '4.7 [D]'),
      always: [
        { guard: 'isFailed', actions: 'fail', target: 'settled' },
        { guard: 'wantsRestartNow', target: 'restartPending' },
        { guard: 'wantsRestart', target: 'restartPending' },
        { guard: 'isComplete', actions: 'succeed', target: 'settled' },
        ...TO_CURRENT_STEP,
      ],
    },
    ...STEPS,
    // Event 2800 for each policy that wants a restart; it happens once, at the end, and costs the credentials.
    restartPending: {
      meta: shows('enrollmentStatus', '4.7 [F]'),
      after: { untilRestart: { actions: 'restart', target: 'settled' } },
    },
    settled: { type: 'final', meta: hidden() },
  },
})
