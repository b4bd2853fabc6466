import { beforeEach, expect, test } from 'vitest'
import type { JournalFact } from '../../src/domain/journal.ts'
import { VirtualTimeline } from '../../src/ports/virtual-timeline.ts'
import { type FaultRule, Faults } from '../../src/simulation/faults.ts'

let did: [string, number][]
let facts: JournalFact[]
let timeline: VirtualTimeline

beforeEach(() => {
  did = []
  facts = []
  timeline = new VirtualTimeline(() => 0)
})

const faultsOf = (...rules: FaultRule[]) =>
  new Faults(
    rules,
    timeline,
    { write: (fact) => facts.push(fact) },
    {
      changeNetwork: (change) => did.push([JSON.stringify(change), timeline.now]),
      cutPower: () => did.push(['power', timeline.now]),
    },
  )

const run = () => timeline.run({ done: () => false })
const get = (url: string) => ({ method: 'GET' as const, url, headers: {}, body: new Uint8Array() })
const once = { times: 1, from: 1 }
const down: FaultRule['effect'] = { kind: 'network', change: { uplink: 'down' }, undo: { uplink: 'up' } }

test('a rule on a state applies once the state is entered, and is undone after its time', async () => {
  const faults = faultsOf({
    when: { kind: 'state', machine: 'deviceSetup', state: 'apps' },
    effect: down,
    forMs: 40_000,
    ...once,
  })
  timeline.schedule(1_000, () => faults.onStep({ machine: 'deviceSetup', entered: ['identifying'] }))
  timeline.schedule(2_000, () => faults.onStep({ machine: 'other', entered: ['apps'] }))
  timeline.schedule(3_000, () => faults.onStep({ machine: 'deviceSetup', entered: ['apps'] }))
  timeline.schedule(90_000, () => faults.onStep({ machine: 'deviceSetup', entered: ['apps'] }))
  await run()
  expect(did).toEqual([
    ['{"uplink":"down"}', 3_000],
    ['{"uplink":"up"}', 43_000],
  ])
  expect(facts).toEqual([
    { kind: 'fault', rule: 0, effect: 'uplink down' },
    { kind: 'fault', rule: 0, effect: 'uplink up' },
  ])
})

test('a compound state matches the states below it', async () => {
  const faults = faultsOf({
    when: { kind: 'state', machine: 'enrollmentStatus', state: 'running' },
    effect: { kind: 'powerCut' },
    ...once,
  })
  faults.onStep({ machine: 'enrollmentStatus', entered: ['running.preparing'] })
  await run()
  expect(did).toEqual([['power', 0]])
})

test('a rule on time applies at its time', async () => {
  faultsOf({ when: { kind: 'time', atMs: 300_000 }, effect: down, ...once }).start()
  await run()
  expect(did).toEqual([['{"uplink":"down"}', 300_000]])
})

test.each([
  ['*sync*', undefined, true],
  ['https://a.test/sync', undefined, true],
  ['*SYNC', 'GET', true],
  ['*sync', 'POST', false],
  ['https://a.test/', undefined, false],
  ['https://a?test/sync', undefined, false],
])('the pattern %s with method %s matches: %s', (url, method, isMatch) => {
  const faults = faultsOf({ when: { kind: 'request', method, url }, effect: { kind: 'drop' }, ...once })
  expect(faults.onRequest(get('https://a.test/sync'))).toEqual(isMatch ? [{ effect: 'drop' }] : [])
})

test('a rule counts occurrences: from the second, twice', () => {
  const faults = faultsOf({
    when: { kind: 'request', method: undefined, url: '*' },
    effect: { kind: 'delay', ms: 5 },
    times: 2,
    from: 2,
  })
  const hits = [1, 2, 3, 4].map(() => faults.onRequest(get('https://a.test/')).length)
  expect(hits).toEqual([0, 1, 1, 0])
})
