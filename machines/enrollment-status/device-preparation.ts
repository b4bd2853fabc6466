import { assign, fromCallback, setup } from 'xstate'
import type { EspCategoryId } from '../../src/domain/esp.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import { type StateMeta, shows } from '../page.ts'
import {
  type CategoryContext,
  type CategoryOutcome,
  codeOf,
  furthest,
  type ProgressEvent,
  startCategory,
} from './setup-category.ts'

/** Three of four steps. */
const BEFORE_THE_PAGE = 3 / 4

/**
 * `Device preparation`. Hardware, join and registration are done when the page opens; what is left is the fourth step,
 * the policy providers: each must get to NotRequired or Completed in the time that it has of its own.
 */
export const devicePreparationMachine = setup({
  types: {} as {
    context: CategoryContext
    events: ProgressEvent
    output: CategoryOutcome
    meta: StateMeta
  },
  actors: { watchProgress: fromCallback<ProgressEvent, EspCategoryId>(mustBeProvided('watchProgress')) },
  guards: {
    isFailed: ({ context }) => context.progress.state === 'failed',
    isComplete: ({ context }) => context.progress.state === 'succeeded',
  },
  actions: {
    see: assign(({ context, event }) => furthest(context.reached, event.progress)),
    succeed: assign({ outcome: ({ context }) => ({ kind: 'succeeded', progress: context.progress }) }),
    fail: assign({
      outcome: ({ context }, code: string) => ({ kind: 'failed', progress: context.progress, code }),
    }),
  },
}).createMachine({
  id: 'devicePreparation',
  context: startCategory('devicePreparation', 'Device preparation', BEFORE_THE_PAGE),
  output: ({ context }) => context.outcome,
  invoke: { id: 'watchProgress', src: 'watchProgress', input: 'devicePreparation' },
  on: { 'progress.changed': { actions: 'see' } },
  initial: 'preparing',
  states: {
    preparing: {
      meta: shows('enrollmentStatus', '4.1 [D]', '4.3 [D]'),
      always: [
        {
          guard: 'isFailed',
          actions: { type: 'fail', params: ({ context }) => codeOf(context.progress) },
          target: 'settled',
        },
        { guard: 'isComplete', actions: 'succeed', target: 'settled' },
      ],
    },
    settled: { type: 'final' },
  },
})
