import { assign, fromPromise, setup } from 'xstate'
import type { ProfileAnswer } from '../../src/domain/autopilot.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import { type NetworkEvent, type StateMeta, shows } from '../page.ts'

export interface AutopilotProfileInput {
  retry: RetryPolicy
}

/** Counts and waits are arguments of events 193 and 194; there are no public constants (reference: 3.4). */
export interface RetryPolicy {
  attemptsMax: number
  waitMs: number
}

export interface AutopilotProfileContext extends AutopilotProfileInput {
  attempts: number
  answer: ProfileAnswer
}

/** Asks the deployment service for this device's profile. Not being registered is an answer, not an error. */
export const autopilotProfileMachine = setup({
  types: {} as {
    input: AutopilotProfileInput
    context: AutopilotProfileContext
    events: NetworkEvent
    output: ProfileAnswer
    meta: StateMeta
  },
  actors: {
    askForProfile: fromPromise<ProfileAnswer, { attempt: number; attemptsMax: number }>(
      mustBeProvided('askForProfile'),
    ),
  },
  actions: {
    countAttempt: assign({ attempts: ({ context }) => context.attempts + 1 }),
    recordAnswer: assign({ answer: (_, answer: ProfileAnswer) => answer }),
  },
  guards: {
    isWorthRetrying: ({ context }, answer: ProfileAnswer) =>
      answer.kind === 'unreachable' && context.attempts < context.retry.attemptsMax,
  },
  delays: { retryWait: ({ context }) => context.retry.waitMs },
}).createMachine({
  id: 'autopilotProfile',
  context: ({ input }) => ({
    ...input,
    attempts: 0,
    answer: { kind: 'unreachable', code: '314', text: 'not asked yet' },
  }),
  output: ({ context }) => context.answer,
  initial: 'asking',
  states: {
    asking: {
      meta: shows('autopilotProfile', '3.4 [D]', '3.4 [F]'),
      entry: 'countAttempt',
      invoke: {
        id: 'askForProfile',
        src: 'askForProfile',
        input: ({ context }) => ({ attempt: context.attempts, attemptsMax: context.retry.attemptsMax }),
        onDone: [
          {
            guard: { type: 'isWorthRetrying', params: ({ event }) => event.output },
            actions: { type: 'recordAnswer', params: ({ event }) => event.output },
            target: 'waitingToRetry',
          },
          { actions: { type: 'recordAnswer', params: ({ event }) => event.output }, target: 'answered' },
        ],
        // No onError: what can go wrong is part of the answer, so an error here is a bug and ends the run.
      },
    },
    waitingToRetry: {
      meta: shows('autopilotProfile', '3.4 [F]'),
      after: { retryWait: 'asking' },
      on: { 'network.restored': 'asking' },
    },
    answered: { type: 'final' },
  },
})
