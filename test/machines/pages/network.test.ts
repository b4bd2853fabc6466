import { describe, expect, test } from 'vitest'
import {
  type ConnectInput,
  HIDDEN_NETWORK,
  type NetworkInput,
  networkMachine,
  type VisibleNetworks,
} from '../../../machines/pages/network.ts'
import type { ConnectAnswer } from '../../../src/domain/network.ts'
import { Secret } from '../../../src/domain/secret.ts'
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
  skipped,
  stateOf,
} from '../scene.ts'

const wireless: VisibleNetworks = {
  status: { via: 'none' },
  networks: [
    { ssid: 'Guest', security: 'open', bars: 2 },
    { ssid: 'School', security: 'wpa2-psk', bars: 4 },
    { ssid: 'Staff', security: 'wpa2-enterprise', bars: 1 },
  ],
  hiddenBars: 1,
}
const wired: VisibleNetworks = { ...wireless, status: { via: 'ethernet' } }
const key = new Secret('correct horse')

const pick = (wifi: string) => press('user.connect', { wifi })
const enterName = (name: string) => press('user.connect', { name })
const enterUser = (user: string, password = key) => press('user.connect', { user }, { password })
const enterKey = (secret = key) => press('user.connect', {}, { key: secret })

interface World {
  seen?: VisibleNetworks[]
  answers?: ConnectAnswer[]
  input?: Partial<NetworkInput>
}

/** A device in a classroom with an open network and a secured one, where the adapters answer like this. */
async function start(
  { seen = [wireless, wireless], answers = [], input = {} }: World,
  ...moves: Moves<typeof networkMachine>
) {
  const lookAround = replies<VisibleNetworks>(...seen)
  const connect = replies<ConnectAnswer, ConnectInput>(...answers)
  const machine = networkMachine.provide({ actors: { lookAround: lookAround.logic, connect: connect.logic } })
  const scene = await play(machine, { isRevisit: false, ...input }, ...moves)
  return { ...scene, looks: lookAround.asked.length, asked: connect.asked }
}

test('the page shows what is in the air', async () => {
  const scene = await start({})
  expect({ state: stateOf(scene), surroundings: contextOf(scene).surroundings }).toEqual({
    state: 'choosing',
    surroundings: wireless,
  })
})

describe('does not apply', () => {
  test.each<[string, World, string]>([
    ['on a live wire', { seen: [wired] }, 'Ethernet with a live link'],
    [
      'on a wire, before a remembered network',
      { seen: [wired], input: { remembered: 'School' } },
      'Ethernet with a live link',
    ],
    [
      'when a remembered network lets the device in',
      { answers: [{ kind: 'connected' }], input: { remembered: 'School' } },
      'Wi-Fi School is remembered',
    ],
  ])('%s', async (_, world, fact) => {
    expect(outcomeOf(await start(world))).toEqual(skipped(fact, 'network page skipped'))
  })
})

test.each<ConnectAnswer>([{ kind: 'wrongKey' }, { kind: 'outOfRange' }, { kind: 'unsupported' }])(
  'a remembered network that answers $kind leaves the choice to the person',
  async (answer) => {
    const scene = await start({ answers: [answer], input: { remembered: 'School' } })
    expect({ state: stateOf(scene), asked: scene.asked }).toEqual({ state: 'choosing', asked: [{ ssid: 'School' }] })
  },
)

test('going back shows the page although a network is remembered', async () => {
  const scene = await start({ input: { remembered: 'School', isRevisit: true } })
  expect({ state: stateOf(scene), asked: scene.asked }).toEqual({ state: 'choosing', asked: [] })
})

test('an open network is joined without a key, and Next ends the page', async () => {
  const scene = await start({ answers: [{ kind: 'connected' }] }, pick('Guest'), press('user.next'))
  expect(scene.asked).toEqual([{ ssid: 'Guest' }])
  expect(outcomeOf(scene)).toEqual({ kind: 'joined', ssid: 'Guest' })
})

test('a secured network is joined with the key that was typed', async () => {
  const scene = await start({ answers: [{ kind: 'connected' }] }, pick('School'), enterKey(), press('user.next'))
  expect(scene.asked.map((input) => [input.ssid, input.key?.reveal()])).toEqual([['School', 'correct horse']])
  expect(outcomeOf(scene)).toEqual({ kind: 'joined', ssid: 'School' })
})

test.each<[ConnectAnswer, string, string | null]>([
  [{ kind: 'connected' }, 'connected', null],
  [{ kind: 'wrongKey' }, 'askingForKey', 'wrongKey'],
  [{ kind: 'outOfRange' }, 'choosing', 'outOfRange'],
  [{ kind: 'unsupported' }, 'choosing', 'unsupported'],
])('%j leads to %s', async (answer, state, trouble) => {
  const scene = await start({ answers: [answer] }, pick('School'), enterKey())
  expect({ state: stateOf(scene), trouble: contextOf(scene).trouble }).toEqual({ state, trouble })
})

test.each([
  ['another try', [enterKey()], 'connecting'],
  ['cancelling', [press('user.cancel')], 'choosing'],
])('a wrong key is forgotten by %s', async (_, moves, state) => {
  const scene = await start({ answers: [{ kind: 'wrongKey' }] }, pick('School'), enterKey(), ...moves)
  expect({ state: stateOf(scene), trouble: contextOf(scene).trouble }).toEqual({ state, trouble: null })
})

test.each<[ConnectAnswer, string, string | null]>([
  [{ kind: 'connected', isOpen: true }, 'connected', null],
  [{ kind: 'keyNeeded' }, 'askingForKey', null],
  [{ kind: 'credentialsNeeded' }, 'askingForCredentials', null],
  [{ kind: 'outOfRange' }, 'choosing', 'outOfRange'],
])('a network whose name was typed answers %j: %s', async (answer, state, trouble) => {
  const scene = await start({ answers: [answer] }, pick(HIDDEN_NETWORK), enterName('Labs'))
  expect({ state: stateOf(scene), trouble: contextOf(scene).trouble, asked: scene.asked }).toEqual({
    state,
    trouble,
    asked: [{ ssid: 'Labs' }],
  })
})

test('an enterprise network gets the name and the password that were typed, and asks again where they are wrong', async () => {
  const scene = await start(
    { answers: [{ kind: 'wrongCredentials' }, { kind: 'connected' }] },
    pick('Staff'),
    enterUser('teacher'),
    enterUser('teacher'),
    press('user.next'),
  )
  expect(scene.asked.map(({ ssid, user, password }) => [ssid, user, password?.reveal()])).toEqual([
    ['Staff', 'teacher', 'correct horse'],
    ['Staff', 'teacher', 'correct horse'],
  ])
  expect(outcomeOf(scene)).toEqual({ kind: 'joined', ssid: 'Staff' })
})

test('a cable that is plugged in ends the page without a network name', async () => {
  const scene = await start({ seen: [wireless, wired] }, NETWORK_EVENTS['network.changed'])
  expect(outcomeOf(scene)).toEqual({ kind: 'wired' })
})

test('a change without a wire shows the list anew', async () => {
  const later = { ...wireless, networks: [] }
  const scene = await start({ seen: [wireless, later] }, NETWORK_EVENTS['network.changed'])
  expect({ state: stateOf(scene), surroundings: contextOf(scene).surroundings, looks: scene.looks }).toEqual({
    state: 'choosing',
    surroundings: later,
    looks: 2,
  })
})

test.each<[ConnectAnswer, string]>([
  [{ kind: 'connected' }, 'joined'],
  [{ kind: 'wrongKey' }, 'choosing'],
])('a network that the device knows is joined when it is back in range: %j', async (answer, state) => {
  const scene = await start(
    {
      seen: [{ ...wireless, networks: [] }, wireless],
      answers: [{ kind: 'outOfRange' }, answer],
      input: { remembered: 'School' },
    },
    NETWORK_EVENTS['network.changed'],
  )
  expect({ state: stateOf(scene), asked: scene.asked }).toEqual({
    state,
    asked: [{ ssid: 'School' }, { ssid: 'School' }],
  })
})

test('a network that is linked again before Next was pressed is offered as connected', async () => {
  const linked = { ...wireless, status: { via: 'wifi' as const, ssid: 'Guest', bars: 3 } }
  const scene = await start(
    { seen: [wireless, { ...wireless, networks: [] }, linked], answers: [{ kind: 'connected' }] },
    pick('Guest'),
    NETWORK_EVENTS['network.lost'],
    NETWORK_EVENTS['network.changed'],
  )
  expect({ state: stateOf(scene), chosen: contextOf(scene).chosen }).toEqual({
    state: 'connected',
    chosen: { ssid: 'Guest' },
  })
})

everyMove(networkMachine, {
  context: { ...firstContext(networkMachine, { isRevisit: false }), surroundings: wireless, trouble: 'wrongKey' },
  events: {
    'user.connect to an open network': pick('Guest'),
    'user.connect to a secured network': pick('School'),
    'user.connect to an enterprise network': pick('Staff'),
    'user.connect to a hidden network': pick(HIDDEN_NETWORK),
    'user.connect with a name': enterName('Labs'),
    'user.connect with an empty name': enterName(''),
    'user.connect with name and password': enterUser('teacher'),
    'user.connect with a name and an empty password': enterUser('teacher', new Secret('')),
    'user.connect to a network that is not there': pick('Elsewhere'),
    'user.connect with a key': enterKey(),
    'user.connect with an empty key': enterKey(new Secret('')),
    'user.connect with nothing': press('user.connect'),
    'user.next': press('user.next'),
    'user.back': press('user.back'),
    'user.cancel': press('user.cancel'),
    ...NETWORK_EVENTS,
  },
  moves: {
    lookingAround: {},
    reconnecting: {},
    choosing: {
      'user.connect to an open network': 'connecting',
      'user.connect to a secured network': 'askingForKey',
      'user.connect to an enterprise network': 'askingForCredentials',
      'user.connect to a hidden network': 'askingForName',
      'user.back': 'back',
      'network.changed': 'looking',
    },
    looking: {},
    rejoining: {},
    askingForKey: { 'user.connect with a key': 'connecting', 'user.cancel': 'choosing', 'network.changed': 'looking' },
    askingForName: {
      'user.connect with a name': 'connecting',
      'user.cancel': 'choosing',
      'network.changed': 'looking',
    },
    askingForCredentials: {
      'user.connect with name and password': 'connecting',
      'user.cancel': 'choosing',
      'network.changed': 'looking',
    },
    connecting: {},
    connected: { 'user.next': 'joined', 'user.back': 'back', 'network.lost': 'looking' },
  },
})

everyOutcome(networkMachine, {
  wired: async () => outcomeOf(await start({ seen: [wireless, wired] }, NETWORK_EVENTS['network.changed'])),
  joined: async () => outcomeOf(await start({ answers: [{ kind: 'connected' }] }, pick('Guest'), press('user.next'))),
  doesNotApply: async () => outcomeOf(await start({ seen: [wired] })),
  back: async () => outcomeOf(await start({}, press('user.back'))),
})
