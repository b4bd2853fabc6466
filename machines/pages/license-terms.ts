import { assign, setup } from 'xstate'
import { hasBit } from '../../src/domain/autopilot.ts'
import { asks, type DoesNotApply, doesNotApply, hidden, type StateMeta, type UserEvent } from '../page.ts'

export interface LicenseTermsInput {
  isAccepted: boolean
  profile: { oobeConfig: number } | null
}

export type LicenseTermsOutcome = { kind: 'accepted' } | DoesNotApply

export interface LicenseTermsContext extends LicenseTermsInput {
  outcome: LicenseTermsOutcome
}

/** Microsoft Software License Terms; not shown with bit 16. */
export const licenseTermsMachine = setup({
  types: {} as {
    input: LicenseTermsInput
    context: LicenseTermsContext
    events: UserEvent<'user.accept'>
    output: LicenseTermsOutcome
    meta: StateMeta
  },
  guards: {
    isAccepted: ({ context }) => context.isAccepted,
    isHidden: ({ context }) => hasBit(context.profile, 'skipEula'),
  },
  actions: { conclude: assign({ outcome: (_, outcome: LicenseTermsOutcome) => outcome }) },
}).createMachine({
  id: 'licenseTerms',
  context: ({ input }) => ({ ...input, outcome: { kind: 'accepted' } }),
  output: ({ context }) => context.outcome,
  initial: 'deciding',
  states: {
    deciding: {
      meta: hidden('1.7', '1.9 [D]'),
      always: [
        {
          guard: 'isAccepted',
          actions: {
            type: 'conclude',
            params: () => doesNotApply('the terms were accepted before', 'license terms skipped'),
          },
          target: 'settled',
        },
        {
          guard: 'isHidden',
          actions: {
            type: 'conclude',
            params: () => doesNotApply('CloudAssignedOobeConfig bit 16 (SkipEula)', 'license terms hidden'),
          },
          target: 'settled',
        },
        { target: 'reading' },
      ],
    },
    reading: { meta: asks('licenseTerms', '1.7 [U]'), on: { 'user.accept': 'settled' } },
    settled: { type: 'final' },
  },
})
