import { assign, fromPromise, setup } from 'xstate'
import type { Trouble } from '../../src/domain/trouble.ts'
import { mustBeProvided } from '../must-be-provided.ts'
import { answered, endings, fromEnding, skips } from '../outcomes.ts'
import { asks, type DoesNotApply, hidden, type StateMeta, shows, type UserEvent } from '../page.ts'

export interface HybridJoinInput {
  isJoined: boolean
}

/** `waiting`: Microsoft Entra does not know the computer yet. */
export type Registration = { kind: 'joined' } | { kind: 'waiting'; trouble: Trouble }

export type HybridJoinOutcome = { kind: 'joined' } | DoesNotApply

export interface HybridJoinContext extends HybridJoinInput {
  trouble: Trouble | null
}

const SKIPS = skips<HybridJoinContext>('hybrid join skipped')({
  isJoined: { when: ({ isJoined }) => isJoined, fact: 'the device is known to Microsoft Entra' },
})

/** Account setup waits until Microsoft Entra knows the computer, which Microsoft Entra Connect brings there (2.7, 4.1 [U]). */
export const hybridJoinMachine = setup({
  types: {} as {
    input: HybridJoinInput
    context: HybridJoinContext
    events: UserEvent<'user.tryAgain'>
    output: HybridJoinOutcome
    meta: StateMeta
  },
  actors: { register: fromPromise<Registration>(mustBeProvided('register')) },
  guards: { ...SKIPS.guards, isRegistered: (_, registration: Registration) => registration.kind === 'joined' },
  actions: {
    noteTrouble: assign({ trouble: (_, { trouble }: Extract<Registration, { kind: 'waiting' }>) => trouble }),
  },
  // How often the task runs is not published. The limit is that of the page, 60 minutes, and the 40 of a hybrid join (9 [D]).
  delays: { nextTry: 5 * 60_000, registrationLimit: 100 * 60_000 },
}).createMachine({
  id: 'hybridJoin',
  context: ({ input }) => ({ ...input, trouble: null }),
  output: fromEnding<HybridJoinOutcome>(),
  initial: 'deciding',
  states: {
    deciding: {
      meta: hidden('2.7 [D]'),
      always: [...SKIPS.always, { target: 'working' }],
    },
    working: {
      initial: 'registering',
      after: { registrationLimit: 'failed' },
      states: {
        registering: {
          meta: shows('hybridJoin', '4.1 [U]'),
          invoke: {
            id: 'register',
            src: 'register',
            onDone: [
              { guard: { type: 'isRegistered', params: answered }, target: '#hybridJoin.joined' },
              {
                actions: {
                  type: 'noteTrouble',
                  params: ({ event }) => event.output as Extract<Registration, { kind: 'waiting' }>,
                },
                target: 'waiting',
              },
            ],
          },
        },
        waiting: { meta: shows('hybridJoin', '4.1 [U]'), after: { nextTry: 'registering' } },
      },
    },
    failed: { meta: asks('hybridJoin', '9 [D]'), on: { 'user.tryAgain': 'working' } },
    ...endings<HybridJoinContext, HybridJoinOutcome>({ joined: { kind: 'joined' }, doesNotApply: SKIPS.outcome }),
  },
})
