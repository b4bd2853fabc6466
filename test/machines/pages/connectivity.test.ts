import { expect, test } from 'vitest'
import { connectivityMachine } from '../../../machines/pages/connectivity.ts'
import type { ConnectivityAnswer } from '../../../src/domain/network.ts'
import {
  contextOf,
  everyMove,
  everyOutcome,
  firstContext,
  type Moves,
  NETWORK_EVENTS,
  outcomeOf,
  play,
  press,
  replies,
  stateOf,
} from '../scene.ts'

const internet: ConnectivityAnswer = { kind: 'internet' }
const portal: ConnectivityAnswer = { kind: 'portal', url: 'http://portal.test/' }
const none: ConnectivityAnswer = { kind: 'none', code: '0x80072ee7' }

/** A device whose connectivity test is answered like this. */
async function start(answers: ConnectivityAnswer[], ...moves: Moves<typeof connectivityMachine>) {
  const probe = replies<ConnectivityAnswer>(...answers)
  const releasePortal = replies<void, string>(undefined)
  const machine = connectivityMachine.provide({ actors: { probe: probe.logic, releasePortal: releasePortal.logic } })
  const scene = await play(machine, {}, ...moves)
  return { ...scene, probes: probe.asked.length, released: releasePortal.asked }
}

test.each<[ConnectivityAnswer, string, { portalUrl: string; code: string }]>([
  [internet, 'internet', { portalUrl: '', code: '' }],
  [portal, 'showingPortal', { portalUrl: 'http://portal.test/', code: '' }],
  [none, 'offline', { portalUrl: '', code: '0x80072ee7' }],
])('%j leads to %s', async (answer, state, notes) => {
  const scene = await start([answer])
  expect(stateOf(scene)).toBe(state)
  expect(contextOf(scene)).toEqual(notes)
})

test('accepting the portal releases it at its own address, and the test is repeated', async () => {
  const scene = await start([portal, internet], press('user.acceptPortal'))
  expect({ outcome: outcomeOf(scene), released: scene.released, probes: scene.probes }).toEqual({
    outcome: { kind: 'internet' },
    released: ['http://portal.test/'],
    probes: 2,
  })
})

test.each([
  [14_999, 'offline', 1],
  [15_000, 'probing', 2],
])('after %i ms without internet it is %s', async (ms, state, probes) => {
  const scene = await start([none], ms)
  expect({ state: stateOf(scene), probes: scene.probes }).toEqual({ state, probes })
})

test('the tests are repeated until one succeeds', async () => {
  const scene = await start([none, none, internet], 15_000, 15_000)
  expect({ outcome: outcomeOf(scene), probes: scene.probes }).toEqual({ outcome: { kind: 'internet' }, probes: 3 })
})

test('the portal is tested again and again until it opens', async () => {
  const scene = await start([portal, portal, internet], 15_000, 15_000)
  expect({ outcome: outcomeOf(scene), probes: scene.probes, released: scene.released }).toEqual({
    outcome: { kind: 'internet' },
    probes: 3,
    released: [],
  })
})

everyMove(connectivityMachine, {
  context: firstContext(connectivityMachine, {}),
  events: {
    'user.acceptPortal': press('user.acceptPortal'),
    'user.tryAgain': press('user.tryAgain'),
    'user.changeNetwork': press('user.changeNetwork'),
    ...NETWORK_EVENTS,
  },
  moves: {
    probing: {},
    showingPortal: { 'user.acceptPortal': 'releasingPortal', 'user.changeNetwork': 'lost' },
    probingBehindPortal: { 'user.acceptPortal': 'releasingPortal', 'user.changeNetwork': 'lost' },
    releasingPortal: {},
    offline: { 'user.tryAgain': 'probing', 'user.changeNetwork': 'lost', 'network.restored': 'probing' },
  },
})

everyOutcome(connectivityMachine, {
  internet: async () => outcomeOf(await start([internet])),
  lost: async () => outcomeOf(await start([none], press('user.changeNetwork'))),
})

test('a person may also leave the portal for another network', async () => {
  expect(outcomeOf(await start([portal], press('user.changeNetwork')))).toEqual({ kind: 'lost' })
})
