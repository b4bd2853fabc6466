import { assign, fromCallback, sendTo, setup, spawnChild } from 'xstate'
import type { EspCategoryId } from '../../src/domain/esp.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import { type StateMeta, shows } from '../page.ts'
import { type OverdueEvent, type ProviderLimitInput, providerLimitMachine } from './provider-limit.ts'
import {
  type CategoryContext,
  categoryOf,
  PLAIN_ENDINGS,
  type PlainOutcome,
  type ProgressEvent,
} from './setup-category.ts'

/** The device has learned of a provider that it has to wait for. */
export type AwaitedEvent = { type: 'provider.awaited' } & ProviderLimitInput

/**
 * `Device preparation`. Hardware, join and registration are done when the page opens; what is left is the fourth step,
 * the policy providers: each must get to NotRequired or Completed within its time.
 */
export const devicePreparationMachine = setup({
  types: {} as {
    context: CategoryContext
    events: ProgressEvent | AwaitedEvent | OverdueEvent
    output: PlainOutcome
    meta: StateMeta
  },
  actors: {
    watchProgress: fromCallback<OverdueEvent, EspCategoryId>(mustBeProvided('watchProgress')),
    providerLimit: providerLimitMachine,
  },
  guards: {
    isFailed: ({ context }) => context.progress.state === 'failed',
    isComplete: ({ context }) => context.progress.state === 'succeeded',
  },
  actions: {
    see: assign((_, { progress }: ProgressEvent) => ({ progress })),
    limit: spawnChild('providerLimit', {
      // Without ids each limit takes the place of the one before, and only the last ends with the category.
      id: ({ event }) => `providerLimit ${event.type === 'provider.awaited' ? event.provider : ''}`,
      input: ({ event }) => {
        if (event.type !== 'provider.awaited') throw new Error('a time limit without a provider')
        return { provider: event.provider, timeoutMs: event.timeoutMs }
      },
    }),
    passOn: sendTo('watchProgress', ({ event }) => event),
  },
}).createMachine({
  id: 'devicePreparation',
  ...categoryOf<PlainOutcome>('devicePreparation'),
  on: {
    'progress.changed': { actions: { type: 'see', params: ({ event }) => event } },
    'provider.awaited': { actions: 'limit' },
    'provider.overdue': { actions: 'passOn' },
  },
  initial: 'preparing',
  states: {
    preparing: {
      meta: shows('enrollmentStatus', '4.1 [D]', '4.3 [D]'),
      always: [
        { guard: 'isFailed', target: 'failed' },
        { guard: 'isComplete', target: 'succeeded' },
      ],
    },
    ...PLAIN_ENDINGS,
  },
})
