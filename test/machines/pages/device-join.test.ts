import { expect, test } from 'vitest'
import {
  type DeviceJoinInput,
  deviceJoinMachine,
  type Join,
  type JoinsAs,
  type Terms,
  type TermsAnswer,
} from '../../../machines/pages/device-join.ts'
import { aTrouble } from '../samples.ts'
import {
  contextOf,
  everyMove,
  everyOutcome,
  firstContext,
  type Moves,
  outcomeOf,
  play,
  press,
  replies,
  skipped,
  stateOf,
} from '../scene.ts'

const input: DeviceJoinInput = { isJoined: false, isEnrolled: false, joinsAs: 'user', isPersonal: false }
const refused: Join = { kind: 'refused', trouble: aTrouble() }

interface World extends Partial<DeviceJoinInput> {
  terms?: Terms[]
  accepts?: TermsAnswer[]
}

/** A device that the registration service answers like this; device management has no terms unless some are given. */
async function start(answers: Join[], over: World, ...moves: Moves<typeof deviceJoinMachine>) {
  const { terms = [{ kind: 'none' }], accepts = [], ...facts } = over
  const join = replies<Join>(...answers)
  const open = replies<Terms>(...terms)
  const accept = replies<TermsAnswer, object>(...accepts)
  const machine = deviceJoinMachine.provide({
    actors: { openTerms: open.logic, acceptTerms: accept.logic, joinDevice: join.logic },
  })
  const scene = await play(machine, { ...input, ...facts }, ...moves)
  return { ...scene, attempts: join.asked.length, opened: open.asked.length, accepted: accept.asked }
}

const page = { name: 'the page of the terms' }
const terms: Terms = { kind: 'terms', lines: ['Be kind.'], page }

test.each<[string, World, string, string]>([
  ['to a personal account', { isPersonal: true }, 'a personal account', 'no Microsoft Entra join'],
  [
    'to a personal account on a joined device',
    { isPersonal: true, isJoined: true },
    'a personal account',
    'no Microsoft Entra join',
  ],
  ['when the device is joined', { isJoined: true }, 'the device is joined', 'join skipped'],
  [
    'when it is joined without a user',
    { isJoined: true, joinsAs: 'device', terms: [terms] },
    'the device is joined',
    'join skipped',
  ],
  ['when it is enrolled', { isJoined: true, isEnrolled: true, terms: [terms] }, 'the device is joined', 'join skipped'],
])('does not apply %s', async (_, over, fact, effect) => {
  const scene = await start([{ kind: 'joined' }], over)
  expect({ outcome: outcomeOf(scene), attempts: scene.attempts }).toEqual({
    outcome: skipped(fact, effect),
    attempts: 0,
  })
})

test.each<JoinsAs>(['user', 'device'])('joins once as the %s', async (joinsAs) => {
  const scene = await start([], { joinsAs })
  expect({ state: stateOf(scene), attempts: scene.attempts }).toEqual({ state: 'joining', attempts: 1 })
})

test('a refusal is shown with its code, and nothing is retried without a person [point 62]', async () => {
  const scene = await start([refused, { kind: 'joined' }], {}, 86_400_000)
  expect({ state: stateOf(scene), trouble: contextOf(scene).trouble, attempts: scene.attempts }).toEqual({
    state: 'failed',
    trouble: aTrouble(),
    attempts: 1,
  })
})

test('trying again may succeed', async () => {
  const scene = await start([refused, { kind: 'joined' }], {}, press('user.tryAgain'))
  expect(outcomeOf(scene)).toEqual({ kind: 'joined' })
})

test('no person is asked to agree when the device joins with its own credentials', async () => {
  const scene = await start([{ kind: 'joined' }], { joinsAs: 'device', terms: [terms] })
  expect({ outcome: outcomeOf(scene), opened: scene.opened }).toEqual({ outcome: { kind: 'joined' }, opened: 0 })
})

test('terms are read before the join, and once', async () => {
  const world = { terms: [terms], accepts: [{ kind: 'accepted' as const }] }
  const reading = await start([refused, { kind: 'joined' }], world)
  expect([stateOf(reading), contextOf(reading).terms, reading.attempts]).toEqual(['readingTerms', ['Be kind.'], 0])
  const scene = await start([refused, { kind: 'joined' }], world, press('user.accept'), press('user.tryAgain'))
  expect({ outcome: outcomeOf(scene), opened: scene.opened, accepted: scene.accepted }).toEqual({
    outcome: { kind: 'joined' },
    opened: 1,
    accepted: [page],
  })
})

test.each<[string, Terms[], TermsAnswer[]]>([
  ['cannot be opened', [{ kind: 'trouble', trouble: aTrouble() }, { kind: 'none' }], []],
  ['are not taken', [terms, { kind: 'none' }], [{ kind: 'trouble', trouble: aTrouble() }]],
])('terms that %s end the join, and are asked for again [point 11]', async (_, opened, accepts) => {
  const moves = accepts.length > 0 ? [press('user.accept')] : []
  const failed = await start([{ kind: 'joined' }], { terms: opened, accepts }, ...moves)
  expect([stateOf(failed), contextOf(failed).trouble, failed.attempts]).toEqual(['failed', aTrouble(), 0])
  const again = await start([{ kind: 'joined' }], { terms: opened, accepts }, ...moves, press('user.tryAgain'))
  expect(outcomeOf(again)).toEqual({ kind: 'joined' })
})

test('a device that has joined without the terms asks for them before it enrols, and joins no second time', async () => {
  const world = { isJoined: true, terms: [terms], accepts: [{ kind: 'accepted' as const }] }
  const scene = await start([], world, press('user.accept'))
  expect({ outcome: outcomeOf(scene), accepted: scene.accepted, attempts: scene.attempts }).toEqual({
    outcome: skipped('the device is joined', 'join skipped'),
    accepted: [page],
    attempts: 0,
  })
})

test('who does not agree backs out of the join', async () => {
  const declined = await start([{ kind: 'joined' }], { terms: [terms] }, press('user.cancel'))
  expect(stateOf(declined)).toBe('declined')
  const scene = await start([{ kind: 'joined' }], { terms: [terms] }, press('user.cancel'), press('user.startOver'))
  expect({ outcome: outcomeOf(scene), attempts: scene.attempts }).toEqual({
    outcome: { kind: 'startOver' },
    attempts: 0,
  })
})

everyMove(deviceJoinMachine, {
  context: { ...firstContext(deviceJoinMachine, input), page },
  events: {
    'user.tryAgain': press('user.tryAgain'),
    'user.startOver': press('user.startOver'),
    'user.accept': press('user.accept'),
    'user.cancel': press('user.cancel'),
  },
  moves: {
    openingTerms: {},
    readingTerms: { 'user.accept': 'acceptingTerms', 'user.cancel': 'declined' },
    declined: { 'user.tryAgain': 'readingTerms', 'user.startOver': 'startOver' },
    acceptingTerms: {},
    joining: {},
    failed: { 'user.tryAgain': 'openingTerms', 'user.startOver': 'startOver' },
  },
})

everyOutcome(deviceJoinMachine, {
  joined: async () => outcomeOf(await start([{ kind: 'joined' }], {})),
  doesNotApply: async () => outcomeOf(await start([], { isJoined: true })),
  startOver: async () => outcomeOf(await start([refused], {}, press('user.startOver'))),
  gaveUp: async () => {
    const outcome = outcomeOf(await start([refused], { joinsAs: 'device', endsAtFailure: true }))
    expect(outcome).toEqual({ kind: 'gaveUp', trouble: refused.kind === 'refused' && refused.trouble })
    return outcome
  },
})
