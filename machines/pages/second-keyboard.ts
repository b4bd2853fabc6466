import { assign, setup } from 'xstate'
import { hasBit } from '../../src/domain/autopilot.ts'
import { KEYBOARDS } from '../../src/domain/keyboards.ts'
import { endings, fromEnding, known, skips } from '../outcomes.ts'
import { asks, type DoesNotApply, hidden, type StateMeta, type UserEvent } from '../page.ts'

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
  layout: string | null
}

const SKIPS = skips<SecondKeyboardContext>('second keyboard skipped')({
  isAnswered: {
    when: ({ remembered, isRevisit }) => remembered !== undefined && !isRevisit,
    fact: 'the page was answered before',
  },
  isConfiguredByProfile: {
    when: ({ profile }) => hasBit(profile, 'skipKeyboard') && profile?.language !== '',
    fact: 'CloudAssignedOobeConfig bit 1024 (skip keyboard selection), wired',
  },
})

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
    ...SKIPS.guards,
    isOffered: ({ context }, keyboard: string) =>
      keyboard !== context.keyboard && KEYBOARDS.some(({ id }) => id === keyboard),
  },
  actions: { select: assign({ layout: (_, keyboard: string) => keyboard }) },
}).createMachine({
  id: 'secondKeyboard',
  context: ({ input }) => ({ ...input, layout: null }),
  output: fromEnding<SecondKeyboardOutcome>(),
  initial: 'deciding',
  states: {
    deciding: { meta: hidden('1.3 [D]'), always: [...SKIPS.always, { target: 'offering' }] },
    offering: {
      meta: asks('secondKeyboard', '1.3 [D]'),
      on: { 'user.addLayout': 'choosing', 'user.skip': 'skipped', 'user.back': 'back' },
    },
    choosing: {
      meta: asks('secondKeyboard', '1.3 [C]'),
      on: {
        'user.accept': {
          guard: { type: 'isOffered', params: ({ event }) => event.values.layout ?? '' },
          actions: { type: 'select', params: ({ event }) => event.values.layout ?? '' },
          target: 'added',
        },
        'user.back': 'offering',
      },
    },
    ...endings<SecondKeyboardContext, SecondKeyboardOutcome>({
      added: ({ layout }) => ({ kind: 'added', keyboard: known(layout, 'a layout') }),
      skipped: { kind: 'skipped' },
      back: { kind: 'back' },
      doesNotApply: SKIPS.outcome,
    }),
  },
})
