import { assign, setup } from 'xstate'
import { hasBit } from '../../src/domain/autopilot.ts'
import { KEYBOARDS } from '../../src/domain/locales.ts'
import { asks, type DoesNotApply, doesNotApply, hidden, type StateMeta, type UserEvent } from '../page.ts'

export interface SecondKeyboardInput {
  keyboard: string
  remembered?: string | undefined
  /** Present when a profile was already here when the page came up: only on a wired network. */
  profile?: { oobeConfig: number; language: string } | undefined
  isRevisit: boolean
}

export type SecondKeyboardOutcome =
  | { kind: 'added'; keyboard: string }
  | { kind: 'skipped' }
  | { kind: 'back' }
  | DoesNotApply

export interface SecondKeyboardContext extends SecondKeyboardInput {
  outcome: SecondKeyboardOutcome
}

/** `Want to add a second keyboard layout?` */
export const secondKeyboardMachine = setup({
  types: {} as {
    input: SecondKeyboardInput
    context: SecondKeyboardContext
    events: UserEvent<'user.addLayout'> | UserEvent<'user.skip'> | UserEvent<'user.accept'> | UserEvent<'user.back'>
    output: SecondKeyboardOutcome
    meta: StateMeta
  },
  guards: {
    isAnswered: ({ context }) => context.remembered !== undefined && !context.isRevisit,
    isConfiguredByProfile: ({ context }) => hasBit(context.profile, 'skipKeyboard') && context.profile?.language !== '',
    isOffered: ({ context }, keyboard: string) =>
      keyboard !== context.keyboard && KEYBOARDS.some(({ id }) => id === keyboard),
  },
  actions: {
    conclude: assign({ outcome: (_, outcome: SecondKeyboardOutcome) => outcome }),
  },
}).createMachine({
  id: 'secondKeyboard',
  context: ({ input }) => ({ ...input, outcome: { kind: 'skipped' } }),
  output: ({ context }) => context.outcome,
  initial: 'deciding',
  states: {
    deciding: {
      meta: hidden('1.3 [D]'),
      always: [
        {
          guard: 'isAnswered',
          actions: {
            type: 'conclude',
            params: () => doesNotApply('the second layout was settled before', 'second keyboard skipped'),
          },
          target: 'settled',
        },
        {
          guard: 'isConfiguredByProfile',
          actions: {
            type: 'conclude',
            params: () =>
              doesNotApply(
                'CloudAssignedOobeConfig bit 1024 (skip keyboard selection), wired',
                'second keyboard skipped',
              ),
          },
          target: 'settled',
        },
        { target: 'offering' },
      ],
    },
    offering: {
      meta: asks('secondKeyboard', '1.3 [D]'),
      on: {
        'user.addLayout': 'choosing',
        'user.skip': { actions: { type: 'conclude', params: { kind: 'skipped' } }, target: 'settled' },
        'user.back': { actions: { type: 'conclude', params: { kind: 'back' } }, target: 'settled' },
      },
    },
    choosing: {
      meta: asks('secondKeyboard', '1.3 [C]'),
      on: {
        'user.accept': {
          guard: { type: 'isOffered', params: ({ event }) => event.values.layout ?? '' },
          actions: {
            type: 'conclude',
            params: ({ event }) => ({ kind: 'added', keyboard: event.values.layout ?? '' }),
          },
          target: 'settled',
        },
        'user.back': 'offering',
      },
    },
    settled: { type: 'final' },
  },
})
