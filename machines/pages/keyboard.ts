import { assign, setup } from 'xstate'
import { hasBit } from '../../src/domain/autopilot.ts'
import { KEYBOARDS, keyboardOf } from '../../src/domain/locales.ts'
import { asks, type DoesNotApply, doesNotApply, hidden, type StateMeta, type UserEvent } from '../page.ts'

export interface KeyboardInput {
  language: string
  remembered?: string | undefined
  /** Present when a profile was already here when the page came up: only on a wired network. */
  profile?: { oobeConfig: number; language: string } | undefined
  isRevisit: boolean
}

export type KeyboardOutcome = { kind: 'chosen'; keyboard: string } | { kind: 'back' } | DoesNotApply

export interface KeyboardContext extends KeyboardInput {
  selected: string
  outcome: KeyboardOutcome
}

/** `Is this the right keyboard layout or input method?` */
export const keyboardMachine = setup({
  types: {} as {
    input: KeyboardInput
    context: KeyboardContext
    events: UserEvent<'user.accept'> | UserEvent<'user.back'>
    output: KeyboardOutcome
    meta: StateMeta
  },
  guards: {
    isAnswered: ({ context }) => context.remembered !== undefined && !context.isRevisit,
    // Bit 1024 needs a language in the profile.
    isConfiguredByProfile: ({ context }) => hasBit(context.profile, 'skipKeyboard') && context.profile?.language !== '',
    isOffered: (_, keyboard: string) => KEYBOARDS.some(({ id }) => id === keyboard),
  },
  actions: {
    conclude: assign({ outcome: (_, outcome: KeyboardOutcome) => outcome }),
  },
}).createMachine({
  id: 'keyboard',
  context: ({ input }) => {
    const selected = input.remembered ?? keyboardOf(input.language)
    return { ...input, selected, outcome: { kind: 'chosen', keyboard: selected } }
  },
  output: ({ context }) => context.outcome,
  initial: 'deciding',
  states: {
    deciding: {
      meta: hidden('1.3 [D]', '1.9 [D]'),
      always: [
        {
          guard: 'isAnswered',
          actions: {
            type: 'conclude',
            params: () => doesNotApply('the keyboard was chosen before', 'keyboard skipped'),
          },
          target: 'settled',
        },
        {
          guard: 'isConfiguredByProfile',
          actions: {
            type: 'conclude',
            params: () =>
              doesNotApply('CloudAssignedOobeConfig bit 1024 (skip keyboard selection), wired', 'keyboard skipped'),
          },
          target: 'settled',
        },
        { target: 'choosing' },
      ],
    },
    choosing: {
      meta: asks('keyboard', '1.3 [D]'),
      on: {
        'user.accept': {
          guard: { type: 'isOffered', params: ({ event }) => event.values.keyboard ?? '' },
          actions: {
            type: 'conclude',
            params: ({ event }) => ({ kind: 'chosen', keyboard: event.values.keyboard ?? '' }),
          },
          target: 'settled',
        },
        'user.back': { actions: { type: 'conclude', params: { kind: 'back' } }, target: 'settled' },
      },
    },
    settled: { type: 'final' },
  },
})
