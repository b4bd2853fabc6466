import { expect, test } from 'vitest'
import { deviceJoinMachine, type Join } from '../../machines/device-join.ts'
import { aTrouble } from './samples.ts'
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
} from './scene.ts'

const input = { isJoined: false, isSelfDeploying: false, isPersonal: false }
const refused: Join = { kind: 'refused', trouble: aTrouble() }

/** A device that the registration service answers like this. */
async function start(answers: Join[], over: Partial<typeof input>, ...moves: Moves<typeof deviceJoinMachine>) {
  const join = replies<Join, { isSelfDeploying: boolean }>(...answers)
  const machine = deviceJoinMachine.provide({ actors: { joinDevice: join.logic } })
  return { ...(await play(machine, { ...input, ...over }, ...moves)), asked: join.asked }
}

test.each([
  ['to a personal account', { isPersonal: true }, 'a personal account', 'no Microsoft Entra join'],
  [
    'to a personal account on a joined device',
    { isPersonal: true, isJoined: true },
    'a personal account',
    'no Microsoft Entra join',
  ],
  ['when the device is joined', { isJoined: true }, 'the device is joined', 'join skipped'],
])('does not apply %s', async (_, over, fact, effect) => {
  const scene = await start([{ kind: 'joined' }], over)
  expect({ outcome: outcomeOf(scene), asked: scene.asked }).toEqual({ outcome: skipped(fact, effect), asked: [] })
})

test.each([true, false])('joins with isSelfDeploying %s', async (isSelfDeploying) => {
  expect((await start([], { isSelfDeploying })).asked).toEqual([{ isSelfDeploying }])
})

test('a refusal is shown with its code, and nothing is tried by itself', async () => {
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

everyMove(deviceJoinMachine, {
  context: firstContext(deviceJoinMachine, input),
  events: { 'user.tryAgain': press('user.tryAgain'), 'user.startOver': press('user.startOver') },
  moves: { joining: {}, failed: { 'user.tryAgain': 'joining', 'user.startOver': 'settled' } },
})

everyOutcome('deviceJoin', {
  joined: async () => outcomeOf(await start([{ kind: 'joined' }], {})),
  doesNotApply: async () => outcomeOf(await start([], { isJoined: true })),
  startOver: async () => outcomeOf(await start([refused], {}, press('user.startOver'))),
})
