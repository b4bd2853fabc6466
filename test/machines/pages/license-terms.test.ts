import { expect, test } from 'vitest'
import { type LicenseTermsInput, licenseTermsMachine } from '../../../machines/pages/license-terms.ts'
import { OOBE_CONFIG } from '../../../src/domain/autopilot.ts'
import {
  everyMove,
  everyOutcome,
  firstContext,
  type Moves,
  outcomeOf,
  play,
  press,
  skipped,
  stateOf,
} from '../scene.ts'

const input: LicenseTermsInput = { isAccepted: false, profile: null }
const hiding = { oobeConfig: OOBE_CONFIG.skipEula }
const start = (over: Partial<LicenseTermsInput> = {}, ...moves: Moves<typeof licenseTermsMachine>) =>
  play(licenseTermsMachine, { ...input, ...over }, ...moves)

test.each<[string, LicenseTermsInput['profile']]>([
  ['without a profile', null],
  ['with a profile that sets every bit but 16', { oobeConfig: 2047 - 16 }],
])('is shown %s', async (_, profile) => {
  expect(stateOf(await start({ profile }))).toBe('reading')
})

test.each<[string, Partial<LicenseTermsInput>, [string, string]]>([
  ['after a restart', { isAccepted: true }, ['the terms were accepted before', 'license terms skipped']],
  ['with bit 16', { profile: hiding }, ['CloudAssignedOobeConfig bit 16 (SkipEula)', 'license terms hidden']],
  [
    'and having accepted comes first',
    { isAccepted: true, profile: hiding },
    ['the terms were accepted before', 'license terms skipped'],
  ],
])('does not apply %s', async (_, over, why) => {
  expect(outcomeOf(await start(over))).toEqual(skipped(...why))
})

everyMove(licenseTermsMachine, {
  context: firstContext(licenseTermsMachine, input),
  events: { 'user.accept': press('user.accept') },
  moves: { reading: { 'user.accept': 'accepted' } },
})

everyOutcome(licenseTermsMachine, {
  accepted: async () => outcomeOf(await start({}, press('user.accept'))),
  doesNotApply: async () => outcomeOf(await start({ profile: hiding })),
})
