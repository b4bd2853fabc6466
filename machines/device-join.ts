import { assign, fromPromise, setup } from 'xstate'
import type { Trouble } from '../src/domain/trouble.ts'
import { mustBeProvided } from './must-be-provided.ts'
import { asks, type DoesNotApply, doesNotApply, hidden, type StateMeta, shows, type UserEvent } from './page.ts'

export interface DeviceJoinInput {
  isJoined: boolean
  isSelfDeploying: boolean
  /** A personal account joins no organization. */
  isPersonal: boolean
}

export type Join = { kind: 'joined' } | { kind: 'refused'; trouble: Trouble }

export type DeviceJoinOutcome = { kind: 'joined' } | { kind: 'startOver' } | DoesNotApply

export interface DeviceJoinContext extends DeviceJoinInput {
  trouble: Trouble | null
  outcome: DeviceJoinOutcome
}

/** Microsoft Entra join: `Joining your organization's network`. */
export const deviceJoinMachine = setup({
  types: {} as {
    input: DeviceJoinInput
    context: DeviceJoinContext
    events: UserEvent<'user.tryAgain'> | UserEvent<'user.startOver'>
    output: DeviceJoinOutcome
    meta: StateMeta
  },
  actors: { joinDevice: fromPromise<Join, { isSelfDeploying: boolean }>(mustBeProvided('joinDevice')) },
  guards: {
    isJoined: ({ context }) => context.isJoined,
    isPersonal: ({ context }) => context.isPersonal,
    hasJoined: (_, answer: Join) => answer.kind === 'joined',
  },
  actions: {
    conclude: assign({ outcome: (_, outcome: DeviceJoinOutcome) => outcome }),
    noteTrouble: assign({ trouble: (_, trouble: Trouble | null) => trouble }),
  },
}).createMachine({
  id: 'deviceJoin',
  context: ({ input }) => ({ ...input, trouble: null, outcome: { kind: 'joined' } }),
  output: ({ context }) => context.outcome,
  initial: 'deciding',
  states: {
    deciding: {
      meta: hidden('2.2 [D]'),
      always: [
        {
          guard: 'isPersonal',
          actions: { type: 'conclude', params: () => doesNotApply('a personal account', 'no Microsoft Entra join') },
          target: 'settled',
        },
        {
          guard: 'isJoined',
          actions: { type: 'conclude', params: () => doesNotApply('the device is joined', 'join skipped') },
          target: 'settled',
        },
        { target: 'joining' },
      ],
    },
    joining: {
      meta: shows('deviceJoin', '2.2 [D]', '4.1 [D]'),
      invoke: {
        id: 'joinDevice',
        src: 'joinDevice',
        input: ({ context }) => ({ isSelfDeploying: context.isSelfDeploying }),
        onDone: [
          { guard: { type: 'hasJoined', params: ({ event }) => event.output }, target: 'settled' },
          {
            actions: {
              type: 'noteTrouble',
              params: ({ event }) => (event.output.kind === 'refused' ? event.output.trouble : null),
            },
            target: 'failed',
          },
        ],
      },
    },
    failed: {
      meta: asks('deviceJoin', '4.9 [S]'),
      on: {
        'user.tryAgain': 'joining',
        'user.startOver': { actions: { type: 'conclude', params: { kind: 'startOver' } }, target: 'settled' },
      },
    },
    settled: { type: 'final' },
  },
})
