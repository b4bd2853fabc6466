import { assign, setup } from 'xstate'
import { hasBit } from '../../src/domain/autopilot.ts'
import { ALL_ON, type PrivacyChoices, switched } from '../../src/domain/privacy.ts'
import { endings, fromEnding, skips } from '../outcomes.ts'
import { asks, type DoesNotApply, hidden, type StateMeta, type UserEvent } from '../page.ts'

export interface PrivacyInput {
  isAccepted: boolean
  profile: { oobeConfig: number } | null
}

export interface PrivacyContext extends PrivacyInput {
  settings: PrivacyChoices
}

export type PrivacyOutcome = { kind: 'accepted'; settings: PrivacyChoices } | DoesNotApply

const SKIPS = skips<PrivacyInput>('privacy skipped')({
  isAccepted: { when: ({ isAccepted }) => isAccepted, fact: 'the settings were accepted before' },
  isHidden: {
    when: ({ profile }) => hasBit(profile, 'skipExpressSettings'),
    fact: 'CloudAssignedOobeConfig bit 4 (SkipExpressSettings)',
    effect: 'privacy settings hidden',
  },
})

/** `Choose privacy settings for your device`, when account setup begins; not shown with bit 4. */
export const privacyMachine = setup({
  types: {} as {
    input: PrivacyInput
    context: PrivacyContext
    events: UserEvent<'user.next'> | UserEvent<'user.accept'>
    output: PrivacyOutcome
    meta: StateMeta
  },
  guards: SKIPS.guards,
  actions: {
    keepSwitches: assign(({ context, event }) => ({ settings: switched(context.settings, event.values) })),
  },
}).createMachine({
  id: 'privacy',
  context: ({ input }) => ({ ...input, settings: ALL_ON }),
  output: fromEnding<PrivacyOutcome>(),
  initial: 'deciding',
  states: {
    deciding: { meta: hidden('1.7 [D]', '1.9 [D]'), always: [...SKIPS.always, { target: 'reading' }] },
    reading: {
      meta: asks('privacy', '1.7 [D]'),
      on: { 'user.next': { target: 'accepting', actions: 'keepSwitches' } },
    },
    accepting: {
      meta: asks('privacy', '1.7 [D]'),
      on: { 'user.accept': { target: 'accepted', actions: 'keepSwitches' } },
    },
    ...endings<PrivacyContext, PrivacyOutcome>({
      accepted: ({ settings }) => ({ kind: 'accepted', settings }),
      doesNotApply: SKIPS.outcome,
    }),
  },
})
