import { expect, test } from 'vitest'
import { type ConsumerOffersInput, consumerOffersMachine } from '../../../machines/pages/consumer-offers.ts'
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

const input: ConsumerOffersInput = { isDone: false, edition: 'Home', account: { kind: 'personal' } }
const start = (over: Partial<ConsumerOffersInput> = {}, ...moves: Moves<typeof consumerOffersMachine>) =>
  play(consumerOffersMachine, { ...input, ...over }, ...moves)

const accept = press('user.accept', { experience: 'school' })
const skip = press('user.skip')

test.each<[string, Partial<ConsumerOffersInput>, string]>([
  ['after a restart', { isDone: true }, 'the offers were answered before'],
  ['to an account of work or school', { account: { kind: 'workOrSchool' } }, 'the account is one of work or school'],
  ['without an account', { account: null }, 'the account is one of work or school'],
  ['on SE', { edition: 'SE' }, 'Windows 11 SE has no consumer offers: an assumption'],
])('are not shown %s', async (_, over, fact) => {
  expect(outcomeOf(await start(over))).toEqual(skipped(fact, 'no pages with offers'))
})

test.each([
  [true, [skip, accept, skip, skip]],
  [false, [accept, skip, accept, accept]],
])('only a yes to OneDrive backs up: %s', async (backsUp, moves) => {
  expect(outcomeOf(await start({}, ...moves))).toEqual({ kind: 'answered', backsUp })
})

test('a use that is not in the list is not taken', async () => {
  expect(stateOf(await start({}, press('user.accept', { experience: 'sleep' })))).toBe('choosingExperience')
})

everyMove(consumerOffersMachine, {
  context: firstContext(consumerOffersMachine, input),
  events: { 'user.accept': accept, 'user.skip': skip },
  moves: {
    choosingExperience: { 'user.accept': 'offeringBackup', 'user.skip': 'offeringBackup' },
    offeringBackup: { 'user.accept': 'offeringTrial', 'user.skip': 'offeringTrial' },
    offeringTrial: { 'user.accept': 'registering', 'user.skip': 'registering' },
    registering: { 'user.accept': 'answered', 'user.skip': 'answered' },
  },
})

everyOutcome(consumerOffersMachine, {
  answered: async () => outcomeOf(await start({}, skip, skip, skip, skip)),
  doesNotApply: async () => outcomeOf(await start({ isDone: true })),
})
