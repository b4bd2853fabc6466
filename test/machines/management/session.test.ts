import { expect, test } from 'vitest'
import type { Carried } from '../../../machines/carried.ts'
import {
  type SessionEnd,
  type SessionInput,
  type SessionPlan,
  type SessionTry,
  sessionMachine,
} from '../../../machines/management/session.ts'
import { everyOutcome, type Moves, outcomeOf, play, replies, stateOf } from '../scene.ts'

const plan: SessionPlan = {
  session: {},
  addresses: ['https://one', 'https://two'],
  tries: 2,
  initialBackoffMs: 1_000,
  maxBackoffMs: 1_500,
}
const end: SessionEnd = { effect: undefined, nextInMs: 180_000, isNewSchedule: false }
const held: SessionTry = { kind: 'held' }
const failed: SessionTry = { kind: 'failed' }

/** A session whose tries end like this, in turn. */
async function start(tries: SessionTry[], over: Partial<SessionEnd> = {}, ...moves: Moves<typeof sessionMachine>) {
  const tried = replies<SessionTry, { session: Carried; address: string }>(...tries)
  const closed = replies<SessionEnd, { session: Carried; isHeld: boolean; sessions: number }>({ ...end, ...over })
  const machine = sessionMachine.provide({
    actors: {
      prepareSession: replies<SessionPlan, SessionInput>(plan).logic,
      trySession: tried.logic,
      closeSession: closed.logic,
    },
  })
  const scene = await play(machine, { loginStatus: 'none', sessions: 3 }, ...moves)
  return { ...scene, addresses: tried.asked.map(({ address }) => address), closed: closed.asked }
}

test('a session that is held is not tried again', async () => {
  const scene = await start([held])
  expect({ addresses: scene.addresses, closed: scene.closed }).toEqual({
    addresses: ['https://one'],
    closed: [{ session: plan.session, isHeld: true, sessions: 3 }],
  })
})

test('each address is tried as often as the plan says, with ever longer waits, then the next [point 42]', async () => {
  const waits = [1_000, 1_500, 1_000, 1_500]
  const scene = await start([failed, failed, failed, failed], {}, ...waits)
  expect(scene.addresses).toEqual(['https://one', 'https://one', 'https://two', 'https://two'])
  expect(outcomeOf(scene)).toEqual({ kind: 'failed', nextInMs: 180_000, isNewSchedule: false })
})

test.each([999, 1_000])('after %i ms of the first wait', async (ms) => {
  const scene = await start([failed], {}, ms)
  expect(stateOf(scene)).toBe(ms < 1_000 ? 'backingOff' : 'trying')
})

test('an order that ends the device’s part is not followed by another try', async () => {
  const scene = await start([{ kind: 'ordered' }], { effect: 'reset', what: 'everything' }, 86_400_000)
  expect({ outcome: outcomeOf(scene), tries: scene.addresses.length }).toEqual({
    outcome: { kind: 'reset', what: 'everything' },
    tries: 1,
  })
})

everyOutcome(sessionMachine, {
  held: async () => outcomeOf(await start([held])),
  failed: async () => outcomeOf(await start([failed, failed, failed, failed], {}, 1_000, 1_500, 1_000, 1_500)),
  unenroll: async () => outcomeOf(await start([held], { effect: 'unenroll' })),
  restart: async () => outcomeOf(await start([held], { effect: 'restart' })),
  reset: async () => outcomeOf(await start([held], { effect: 'reset', what: 'everything' })),
})
