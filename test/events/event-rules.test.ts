import { beforeEach, expect, test } from 'vitest'
import type { Stimulus } from '../../src/domain/stimulus.ts'
import { EVENT_KINDS, EVENTS, type EventEffect, lasts, wordsOf } from '../../src/events/event-kinds.ts'
import { type EventRule, EventRules } from '../../src/events/event-rules.ts'
import { inOrder } from '../../src/ports/seeded-choices.ts'
import { VirtualTimeline } from '../../src/ports/virtual-timeline.ts'

let did: [Stimulus, string, number][]
let timeline: VirtualTimeline

beforeEach(() => {
  did = []
  timeline = new VirtualTimeline(inOrder)
})

const rulesOf = (...rules: EventRule[]) =>
  new EventRules(rules, {
    now: () => timeline.now,
    schedule: (delayMs, what, fire) => void timeline.schedule(delayMs, fire, { what }),
    apply: (stimulus, by) => did.push([stimulus, by, timeline.now]),
  })

const run = () => timeline.run({ done: () => false })
const get = (url: string) => ({ method: 'GET' as const, url, headers: {}, body: new Uint8Array() })
const once = { times: 1, from: 1 }
const down: EventEffect = { kind: 'network', value: 'down' }

test('a rule on a state applies once the state is entered, and is undone after its time', async () => {
  const rules = rulesOf({
    when: { kind: 'state', machine: 'deviceSetup', state: 'apps' },
    does: down,
    forMs: 40_000,
    ...once,
  })
  timeline.schedule(1_000, () => rules.onStep({ machine: 'deviceSetup', entered: ['identifying'], left: [] }))
  timeline.schedule(2_000, () => rules.onStep({ machine: 'other', entered: ['apps'], left: [] }))
  timeline.schedule(3_000, () => rules.onStep({ machine: 'deviceSetup', entered: ['apps'], left: [] }))
  timeline.schedule(90_000, () => rules.onStep({ machine: 'deviceSetup', entered: ['apps'], left: [] }))
  await run()
  expect(did).toEqual([
    [{ kind: 'uplink', position: 'down' }, 'events.0', 3_000],
    [{ kind: 'uplink', position: 'up' }, 'events.0', 43_000],
  ])
})

test('a compound state matches the states below it', async () => {
  const rules = rulesOf({
    when: { kind: 'state', machine: 'enrollmentStatus', state: 'running' },
    does: { kind: 'power', value: 'cut' },
    ...once,
  })
  rules.onStep({ machine: 'enrollmentStatus', entered: ['running.preparing'], left: [] })
  await run()
  expect(did).toEqual([[{ kind: 'power' }, 'events.0', 0]])
})

test('a rule on time applies at its time', async () => {
  rulesOf({ when: { kind: 'time', atMs: 300_000 }, does: down, ...once }).start()
  await run()
  expect(did).toEqual([[{ kind: 'uplink', position: 'down' }, 'events.0', 300_000]])
})

test('an effect on an exchange is for the request that met the condition, or else for the next one', async () => {
  const drop: EventEffect = { kind: 'drop', value: true }
  const rules = rulesOf(
    { when: { kind: 'request', url: '*' }, does: drop, ...once },
    { when: { kind: 'time', atMs: 5 }, does: drop, ...once },
  )
  rules.start()
  rules.onRequest(get('https://a.test/sync'), 17)
  await run()
  expect(did).toEqual([
    [{ kind: 'drop', on: 17 }, 'events.0', 0],
    [{ kind: 'drop', on: '*' }, 'events.1', 5],
  ])
})

test('an effect on the network that a request sets going is a separate entry', async () => {
  const rules = rulesOf({ when: { kind: 'request', url: '*' }, does: down, ...once })
  rules.onRequest(get('https://a.test/sync'), 0)
  expect(did).toEqual([])
  await run()
  expect(did).toHaveLength(1)
})

test('a rule on a state that is left waits until no part of it is entered', async () => {
  const when = { kind: 'left' as const, machine: 'm', state: 'a' }
  const rules = rulesOf({ when, does: down, ...once })
  rules.onStep({ machine: 'm', entered: ['a.y'], left: ['a.x'] })
  await run()
  expect(did).toEqual([])
  rules.onStep({ machine: 'm', entered: ['b'], left: ['a.y'] })
  await run()
  expect(did).toHaveLength(1)
})

test('a rule on a page, on a command and on another event, each some time later', async () => {
  const [first, second, third] = [
    { when: { kind: 'page' as const, page: 'signIn' as const }, does: down, name: 'away', laterMs: 1_000, ...once },
    {
      when: { kind: 'after' as const, event: 'away' },
      does: { kind: 'push' as const, value: true as const },
      laterMs: 500,
      ...once,
    },
    {
      when: { kind: 'csp' as const, command: 'Replace', uri: '*SyncStatus*' },
      does: { kind: 'power' as const, value: 'cut' as const },
      ...once,
    },
  ]
  const rules = rulesOf(first!, second!, third!)
  timeline.schedule(1_000, () => rules.onPage('network'))
  timeline.schedule(2_000, () => rules.onPage('signIn'))
  timeline.schedule(3_000, () => rules.onCommand('Get', './FirstSyncStatus/x'))
  timeline.schedule(9_000, () => rules.onCommand('Replace', './FirstSyncStatus/x'))
  await run()
  expect(did.map(([{ kind }, by, at]) => [kind, by, at])).toEqual([
    ['uplink', 'events.0', 3_000],
    ['push', 'events.1', 3_500],
    ['power', 'events.2', 9_000],
  ])
})

test('a rule counts occurrences: from the second, twice', () => {
  const rules = rulesOf({ when: { kind: 'request', url: '*' }, does: { kind: 'delay', value: 5 }, times: 2, from: 2 })
  for (const id of [1, 2, 3, 4]) rules.onRequest(get('https://a.test/'), id)
  expect(did.map(([stimulus]) => stimulus)).toEqual([
    { kind: 'delay', on: 2, ms: 5 },
    { kind: 'delay', on: 3, ms: 5 },
  ])
})

const values: { [Kind in EventEffect['kind']]: Extract<EventEffect, { kind: Kind }>['value'] } = {
  network: 'down',
  cable: 'out',
  wifi: 'off',
  block: '*.example',
  dns: 'down',
  port: 443,
  inspect: true,
  proxy: 'signIn',
  portal: 'on',
  slow: { latencyMs: 2_000 },
  loss: 20,
  power: 'cut',
  lid: 'closed',
  person: 'leaves',
  answer: { status: 503, headers: {}, body: '' },
  delay: 5_000,
  drop: true,
  hang: true,
  corrupt: true,
  administrator: { kind: 'assignLicence', value: 'carla@contoso.example' },
  server: { command: 'Exec', uri: './Device/Vendor/MSFT/Reboot/RebootNow' },
  refuse: { csp: 'Replace *FirstSyncStatus*', status: 405 },
  tpm: 'lockedOut',
  disk: 'full',
  push: true,
  disconnect: true,
  clock: 7_200_000,
  keys: 'Shift+F10',
}

test.each<[unknown, string, boolean]>([
  [{ hold: 'device' }, 'serverHold', true],
  [{ silent: true }, 'serverSilence', true],
  [{ release: 'user', session: 'push' }, 'serverCommand', false],
])('what the server does has its own stimulus: %j', (value, stimulus, canEnd) => {
  const effect = { kind: 'server', value } as EventEffect
  expect(EVENTS.server.apply(value as never, '*').kind).toBe(stimulus)
  expect(lasts(effect)).toBe(canEnd)
  if (canEnd) expect(EVENTS.server.undo!(value as never)).not.toEqual(EVENTS.server.apply(value as never, '*'))
})

test.each(EVENT_KINDS)(
  'the event %s has its own words, and its undoing is another stimulus of the same kind',
  (kind) => {
    const effect = { kind, value: values[kind] } as EventEffect
    expect(wordsOf(effect)).toMatch(/^[A-Za-z0-9*].{3,}/)
    const { apply, undo } = EVENTS[kind] as unknown as {
      apply(...all: unknown[]): Stimulus
      undo: ((value: unknown) => Stimulus) | null
    }
    const applied = apply(effect.value, 3)
    if (undo === null || !lasts(effect)) return
    expect(undo(effect.value).kind).toBe(applied.kind)
    expect(undo(effect.value)).not.toEqual(applied)
  },
)
