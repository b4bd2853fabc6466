import { hidden, shows } from '../page.ts'
import { STEPS, startCategory, stepwiseSetup, TO_CURRENT_STEP } from './setup-category.ts'

/** `Account setup`: the same steps for the user's part of the tree. A restart is not supported here. */
export const accountSetupMachine = stepwiseSetup.createMachine({
  id: 'accountSetup',
  context: startCategory('accountSetup', 'Account setup'),
  output: ({ context }) => context.outcome,
  invoke: { id: 'watchProgress', src: 'watchProgress', input: 'accountSetup' },
  on: { 'progress.changed': { actions: 'see' } },
  initial: 'identifying',
  states: {
    identifying: {
      meta: shows('enrollmentStatus', '4.1 [D]', '4.7 [D]'),
      always: [
        { guard: 'isFailed', actions: 'fail', target: 'settled' },
        { guard: 'isComplete', actions: 'succeed', target: 'settled' },
        ...TO_CURRENT_STEP,
      ],
    },
    ...STEPS,
    settled: { type: 'final', meta: hidden() },
  },
})
