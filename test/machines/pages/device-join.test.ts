import { expect, test } from 'vitest'
import { deviceJoinMachine, type Join, type Terms, type TermsAnswer } from '../../../machines/pages/device-join.ts'
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

const input = { isJoined: false, isEnrolled: false, isSelfDeploying: false, isPersonal: false }
const refused: Join = { kind: 'refused', trouble: aTrouble() }

/** A device that the registration service answers like this; device management has no terms unless some are given. */
async function start(
  answers: Join[],
  over: Partial<typeof input> & { terms?: Terms[]; accepts?: TermsAnswer[] },
  ...moves: Moves<typeof deviceJoinMachine>
) {
  const { terms = [{ kind: 'none' }], accepts = [], ...facts } = over
  const join = replies<Join, { isSelfDeploying: boolean }>(...answers)
  const open = replies<Terms>(...terms)
  const accept = replies<TermsAnswer>(...accepts)
  const machine = deviceJoinMachine.provide({
    actors: { openTerms: open.logic, acceptTerms: accept.logic, joinDevice: join.logic },
  })
  const scene = await play(machine, { ...input, ...facts }, ...moves)
  return { ...scene, asked: join.asked, opened: open.asked.length, accepted: accept.asked.length }
}

const terms: Terms = { kind: 'terms', lines: ['Be kind.'] }

test.each([
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
    { isJoined: true, isSelfDeploying: true, terms: [terms] },
    'the device is joined',
    'join skipped',
  ],
  ['when it is enrolled', { isJoined: true, isEnrolled: true, terms: [terms] }, 'the device is joined', 'join skipped'],
])('does not apply %s', async (_, over, fact, effect) => {
  const scene = await start([{ kind: 'joined' }], over)
  expect({ outcome: outcomeOf(scene), asked: scene.asked }).toEqual({ outcome: skipped(fact, effect), asked: [] })
})

test.each([true, false])('joins with isSelfDeploying %s', async (isSelfDeploying) => {
  expect((await start([], { isSelfDeploying })).asked).toEqual([{ isSelfDeploying }])
})

test('a refusal is shown with its code, and nothing is tried by itself [point 62]', async () => {
  const scene = await start([refused, { kind: 'joined' }], {}, 86_400_000)
  expect({ state: stateOf(scene), trouble: contextOf(scene).trouble, attempts: scene.asked.length }).toEqual({
    state: 'failed',
    trouble: aTrouble(),
    attempts: 1,
  })
})

test('trying again may succeed', async () => {
  const scene = await start([refused, { kind: 'joined' }], {}, press('user.tryAgain'))
  expect(outcomeOf(scene)).toEqual({ kind: 'joined' })
})

test('nobody is asked to agree in self-deploying mode', async () => {
  const scene = await start([{ kind: 'joined' }], { isSelfDeploying: true, terms: [terms] })
  expect({ outcome: outcomeOf(scene), opened: scene.opened }).toEqual({ outcome: { kind: 'joined' }, opened: 0 })
})

test('terms are read before the join, and once', async () => {
  const world = { terms: [terms], accepts: [{ kind: 'accepted' as const }] }
  const reading = await start([refused, { kind: 'joined' }], world)
  expect([stateOf(reading), contextOf(reading).terms, reading.asked]).toEqual(['readingTerms', ['Be kind.'], []])
  const scene = await start([refused, { kind: 'joined' }], world, press('user.accept'), press('user.tryAgain'))
  expect({ outcome: outcomeOf(scene), opened: scene.opened, accepted: scene.accepted }).toEqual({
    outcome: { kind: 'joined' },
    opened: 1,
    accepted: 1,
  })
})

test.each<[string, Terms[], TermsAnswer[]]>([
  ['cannot be opened', [{ kind: 'trouble', trouble: aTrouble() }, { kind: 'none' }], []],
  ['are not taken', [terms, { kind: 'none' }], [{ kind: 'trouble', trouble: aTrouble() }]],
])('terms that %s end the join, and are asked for again [point 11]', async (_, opened, accepts) => {
  const moves = accepts.length > 0 ? [press('user.accept')] : []
  const failed = await start([{ kind: 'joined' }], { terms: opened, accepts }, ...moves)
  expect([stateOf(failed), contextOf(failed).trouble, failed.asked]).toEqual(['failed', aTrouble(), []])
  const again = await start([{ kind: 'joined' }], { terms: opened, accepts }, ...moves, press('user.tryAgain'))
  expect(outcomeOf(again)).toEqual({ kind: 'joined' })
})

test('a device that has joined without the terms asks for them before it enrols, and joins no second time', async () => {
  const world = { isJoined: true, terms: [terms], accepts: [{ kind: 'accepted' as const }] }
  const scene = await start([], world, press('user.accept'))
  expect({ outcome: outcomeOf(scene), accepted: scene.accepted, asked: scene.asked }).toEqual({
    outcome: skipped('the device is joined', 'join skipped'),
    accepted: 1,
    asked: [],
  })
})

test('who does not agree backs out of the join', async () => {
  const scene = await start([{ kind: 'joined' }], { terms: [terms] }, press('user.cancel'))
  expect({ outcome: outcomeOf(scene), asked: scene.asked }).toEqual({ outcome: { kind: 'startOver' }, asked: [] })
})

everyMove(deviceJoinMachine, {
  context: firstContext(deviceJoinMachine, input),
  events: {
    'user.tryAgain': press('user.tryAgain'),
    'user.startOver': press('user.startOver'),
    'user.accept': press('user.accept'),
    'user.cancel': press('user.cancel'),
  },
  moves: {
    openingTerms: {},
    readingTerms: { 'user.accept': 'acceptingTerms', 'user.cancel': 'settled' },
    acceptingTerms: {},
    joining: {},
    failed: { 'user.tryAgain': 'openingTerms', 'user.startOver': 'settled' },
  },
})

everyOutcome('deviceJoin', {
  joined: async () => outcomeOf(await start([{ kind: 'joined' }], {})),
  doesNotApply: async () => outcomeOf(await start([], { isJoined: true })),
  startOver: async () => outcomeOf(await start([refused], {}, press('user.startOver'))),
})
