import { shows } from '../page.ts'
import {
  categoryOf,
  PLAIN_ENDINGS,
  type PlainOutcome,
  STEPS,
  stepwiseSetup,
  TO_CURRENT_STEP,
} from './setup-category.ts'

/** `Account setup`: the same steps for the user's part of the tree. A restart is not supported here. */
export const accountSetupMachine = stepwiseSetup.createMachine({
  id: 'accountSetup',
  ...categoryOf<PlainOutcome>('accountSetup'),
  on: { 'progress.changed': { actions: 'see' } },
  initial: 'identifying',
  states: {
    identifying: {
      meta: shows('enrollmentStatus', '4.1 [D]', '4.7 [D]'),
      always: [
        { guard: 'isFailed', target: 'failed' },
        { guard: 'isComplete', target: 'succeeded' },
        ...TO_CURRENT_STEP,
      ],
    },
    ...STEPS,
    ...PLAIN_ENDINGS,
  },
})
