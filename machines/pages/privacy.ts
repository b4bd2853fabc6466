import { assign, setup } from 'xstate'
import { hasBit } from '../../src/domain/autopilot.ts'
import { asks, type DoesNotApply, doesNotApply, hidden, type StateMeta, type UserEvent } from '../page.ts'

export interface PrivacyInput {
  isAccepted: boolean
  isSelfDeploying: boolean
  profile: { oobeConfig: number } | null
}

export type PrivacyOutcome = { kind: 'accepted' } | DoesNotApply

export interface PrivacyContext extends PrivacyInput {
  outcome: PrivacyOutcome
}

/** `Choose privacy settings for your device`, when account setup begins; not shown with bit 4. */
export const privacyMachine = setup({
  types: {} as {
    input: PrivacyInput
    context: PrivacyContext
    events: UserEvent<'user.next'> | UserEvent<'user.accept'>
    output: PrivacyOutcome
    meta: StateMeta
  },
  guards: {
    isAccepted: ({ context }) => context.isAccepted,
    isHidden: ({ context }) => hasBit(context.profile, 'skipExpressSettings'),
    isSelfDeploying: ({ context }) => context.isSelfDeploying,
  },
  actions: { conclude: assign({ outcome: (_, outcome: PrivacyOutcome) => outcome }) },
}).createMachine({
  id: 'privacy',
  context: ({ input }) => ({ ...input, outcome: { kind: 'accepted' } }),
  output: ({ context }) => context.outcome,
  initial: 'deciding',
  states: {
    deciding: {
      meta: hidden('1.7 [D]', '1.9 [D]'),
      always: [
        {
          guard: 'isAccepted',
          actions: {
            type: 'conclude',
            params: () => doesNotApply('the settings were accepted before', 'privacy skipped'),
          },
          target: 'settled',
        },
        {
          guard: 'isHidden',
          actions: {
            type: 'conclude',
            params: () =>
              doesNotApply('CloudAssignedOobeConfig bit 4 (SkipExpressSettings)', 'privacy settings hidden'),
          },
          target: 'settled',
        },
        {
          guard: 'isSelfDeploying',
          actions: { type: 'conclude', params: () => doesNotApply('nobody is signed in', 'privacy skipped') },
          target: 'settled',
        },
        { target: 'reading' },
      ],
    },
    reading: { meta: asks('privacy', '1.7 [D]'), on: { 'user.next': 'accepting' } },
    accepting: { meta: asks('privacy', '1.7 [D]'), on: { 'user.accept': 'settled' } },
    settled: { type: 'final' },
  },
})
