import { setup } from 'xstate'
import { hasBit } from '../../src/domain/autopilot.ts'
import { endings, fromEnding, skips } from '../outcomes.ts'
import { asks, type DoesNotApply, hidden, type StateMeta, type UserEvent } from '../page.ts'

export interface LicenseTermsInput {
  isAccepted: boolean
  profile: { oobeConfig: number } | null
}

export type LicenseTermsOutcome = { kind: 'accepted' } | DoesNotApply

const SKIPS = skips<LicenseTermsInput>('license terms skipped')({
  isAccepted: { when: ({ isAccepted }) => isAccepted, fact: 'the terms were accepted before' },
  isHidden: {
    when: ({ profile }) => hasBit(profile, 'skipEula'),
    fact: 'CloudAssignedOobeConfig bit 16 (SkipEula)',
    effect: 'license terms hidden',
  },
})

/** Microsoft Software License Terms; not shown with bit 16. */
export const licenseTermsMachine = setup({
  types: {} as {
    input: LicenseTermsInput
    context: LicenseTermsInput
    events: UserEvent<'user.accept'>
    output: LicenseTermsOutcome
    meta: StateMeta
  },
  guards: SKIPS.guards,
}).createMachine({
  id: 'licenseTerms',
  context: ({ input }) => input,
  output: fromEnding<LicenseTermsOutcome>(),
  initial: 'deciding',
  states: {
    deciding: { meta: hidden('1.7', '1.9 [D]'), always: [...SKIPS.always, { target: 'reading' }] },
    reading: { meta: asks('licenseTerms', '1.7 [U]'), on: { 'user.accept': 'accepted' } },
    ...endings<LicenseTermsInput, LicenseTermsOutcome>({
      accepted: { kind: 'accepted' },
      doesNotApply: SKIPS.outcome,
    }),
  },
})
