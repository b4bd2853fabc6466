import { expect, test } from 'vitest'
import { type PrivacyInput, privacyMachine } from '../../../machines/pages/privacy.ts'
import { OOBE_CONFIG } from '../../../src/domain/autopilot.ts'
import { ALL_ON } from '../../../src/domain/privacy.ts'
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

const input: PrivacyInput = { isAccepted: false, profile: null }
const hiding = { oobeConfig: OOBE_CONFIG.skipExpressSettings }
const start = (over: Partial<PrivacyInput> = {}, ...moves: Moves<typeof privacyMachine>) =>
  play(privacyMachine, { ...input, ...over }, ...moves)

test.each<[string, PrivacyInput['profile']]>([
  ['without a profile', null],
  ['with a profile that sets every bit but 4', { oobeConfig: 2047 - 4 }],
])('is shown %s', async (_, profile) => {
  expect(stateOf(await start({ profile }))).toBe('reading')
})

test.each<[string, Partial<PrivacyInput>, [string, string]]>([
  ['after a restart', { isAccepted: true }, ['the settings were accepted before', 'privacy skipped']],
  [
    'with bit 4',
    { profile: hiding },
    ['CloudAssignedOobeConfig bit 4 (SkipExpressSettings)', 'privacy settings hidden'],
  ],
  [
    'and having accepted comes first',
    { isAccepted: true, profile: hiding },
    ['the settings were accepted before', 'privacy skipped'],
  ],
])('does not apply %s', async (_, over, why) => {
  expect(outcomeOf(await start(over))).toEqual(skipped(...why))
})

test('what is switched off on either step is off, and all else is on', async () => {
  const turned = (type: 'user.next' | 'user.accept', values: Record<string, string>) => ({ ...press(type), values })
  const ended = await start({}, turned('user.next', { location: 'off' }), turned('user.accept', { inking: 'off' }))
  expect(outcomeOf(ended)).toEqual({ kind: 'accepted', settings: { ...ALL_ON, location: false, inking: false } })
})

everyMove(privacyMachine, {
  context: firstContext(privacyMachine, input),
  events: { 'user.next': press('user.next'), 'user.accept': press('user.accept') },
  moves: { reading: { 'user.next': 'accepting' }, accepting: { 'user.accept': 'accepted' } },
})

everyOutcome(privacyMachine, {
  accepted: async () => outcomeOf(await start({}, press('user.next'), press('user.accept'))),
  doesNotApply: async () => outcomeOf(await start({ profile: hiding })),
})
