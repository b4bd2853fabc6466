import { assign, setup } from 'xstate'
import { hasBit } from '../../src/domain/autopilot.ts'
import { KEYBOARDS } from '../../src/domain/keyboards.ts'
import { keyboardOf } from '../../src/domain/locales.ts'
import { endings, fromEnding, skips } from '../outcomes.ts'
import { asks, type DoesNotApply, hidden, type StateMeta, type UserEvent } from '../page.ts'

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
}

const SKIPS = skips<KeyboardContext>('keyboard skipped')({
  isAnswered: {
    when: ({ remembered, isRevisit }) => remembered !== undefined && !isRevisit,
    fact: 'the keyboard was chosen before',
  },
  // Bit 1024 needs a language in the profile.
  isConfiguredByProfile: {
    when: ({ profile }) => hasBit(profile, 'skipKeyboard') && profile?.language !== '',
    fact: 'CloudAssignedOobeConfig bit 1024 (skip keyboard selection), wired',
  },
})

/** `Is this the right keyboard layout or input method?` */
export const keyboardMachine = setup({
  types: {} as {
    input: KeyboardInput
    context: KeyboardContext
    events: UserEvent<'user.accept'> | UserEvent<'user.back'>
    output: KeyboardOutcome
    meta: StateMeta
  },
  guards: { ...SKIPS.guards, isOffered: (_, keyboard: string) => KEYBOARDS.some(({ id }) => id === keyboard) },
  actions: { select: assign({ selected: (_, keyboard: string) => keyboard }) },
}).createMachine({
  id: 'keyboard',
  context: ({ input }) => ({ ...input, selected: input.remembered ?? keyboardOf(input.language) }),
  output: fromEnding<KeyboardOutcome>(),
  initial: 'deciding',
  states: {
    deciding: { meta: hidden('1.3 [D]', '1.9 [D]'), always: [...SKIPS.always, { target: 'choosing' }] },
    choosing: {
      meta: asks('keyboard', '1.3 [D]'),
      on: {
        'user.accept': {
          guard: { type: 'isOffered', params: ({ event }) => event.values.keyboard ?? '' },
          actions: { type: 'select', params: ({ event }) => event.values.keyboard ?? '' },
          target: 'chosen',
        },
        'user.back': 'back',
      },
    },
    ...endings<KeyboardContext, KeyboardOutcome>({
      chosen: ({ selected }) => ({ kind: 'chosen', keyboard: selected }),
      back: { kind: 'back' },
      doesNotApply: SKIPS.outcome,
    }),
  },
})
