import * as v from 'valibot'
import { beforeAll, describe, expect, test } from 'vitest'
import { MATCHER_KINDS } from '../../../src/domain/expectation-matchers.ts'
import type { ExpectationKind, Expected } from '../../../src/domain/expectations.ts'
import type { Seen } from '../../../src/scenario/expect/define-expectation.ts'
import { EXPECTATIONS, expectedSchema, missesOf } from '../../../src/scenario/expect/expectations.ts'
import { takenWays } from '../../../src/scenario/expect/known.ts'
import { runScenario } from '../../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../../src/scenario/scenario.ts'
import { OF_DEVICE } from './cases-of-device.ts'
import { type Cases, OF_PAGES } from './cases-of-pages.ts'

let seen: Seen

beforeAll(async () => {
  const [scenario] = loadScenarios('surface-wifi-happy-path')
  const outage = {
    when: { kind: 'state', machine: 'deviceSetup', state: 'apps' },
    does: { kind: 'wifi', value: 'off' },
    name: 'outage',
    forMs: 120_000,
    times: 1,
    from: 1,
  } as const
  const result = await runScenario({ ...scenario!, events: [outage] }, { seed: 1, transport: 'direct' })
  expect(result.failures).toEqual([])
  seen = { ...result, takenWays: () => takenWays(result.journal) }
})

const misses = (said: Expected): string[] => missesOf(v.parse(expectedSchema, said), seen)

const CASES: Record<ExpectationKind, Cases> = { ...OF_PAGES, ...OF_DEVICE }

describe.each(Object.entries(CASES))('%s', (_, { holds, misses: wrong }) => {
  test.each(holds.map((said) => [JSON.stringify(said), said] as const))('%s holds', (_text, said) => {
    expect(misses(said)).toEqual([])
    // And what holds is told where it should not.
    const [first] = misses({ not: said })
    expect(first).toMatch(/^did not expect /)
  })

  test.each(wrong.map(([said, message]) => [JSON.stringify(said), said, message] as const))(
    '%s is missed',
    (_text, said, message) => {
      expect(misses(said)).toEqual([expect.stringMatching(message)])
      expect(misses({ not: said })).toEqual([])
    },
  )
})

test('each kind has one matcher, and each matcher its kind', () => {
  expect(Object.values(MATCHER_KINDS).toSorted()).toEqual(Object.keys(EXPECTATIONS).toSorted())
  for (const [kind, { matcher }] of Object.entries(EXPECTATIONS)) expect(MATCHER_KINDS[matcher]).toBe(kind)
})

test('all misses are told, none hides another', () => {
  expect(misses({ outcome: 'kiosk', boots: 9, deviceName: 'x', reach: ['privacy', 'hello'] })).toHaveLength(5)
})

test('one of several ways is enough; where none holds, each says why', () => {
  expect(misses({ anyOf: [{ boots: 9 }, { boots: 3, deviceName: 'CLS-*' }] })).toEqual([])
  expect(misses({ anyOf: [{ boots: 9 }, { boots: 3, deviceName: 'x', account: 'administrator' }] })).toEqual([
    expect.stringMatching(
      /^expected one of 2: 1\. 9 starts, got 3; 2\. account administrator, got standard; and the device name x, got /,
    ),
  ])
})

test.each<[string, unknown]>([
  ['an empty list', { reach: [] }],
  ['an empty group', { not: {} }],
  ['no way at all', { anyOf: [] }],
  ['a group in a group', { not: { not: { boots: 1 } } }],
  ['limits that exclude each other', { boots: { atLeast: 3, atMost: 2 } }],
  ['limits without one', { boots: {} }],
  ['a time without limits', { spend: [{ in: 'region' }] }],
  ['a screen of nothing', { show: [{}] }],
  ['enabled without a control', { show: [{ page: 'region', enabled: true }] }],
  ['an event of nothing', { logged: [{ times: 2 }] }],
  ['a node that is not there, with a value', { node: [{ uri: 'a', exists: false, value: 1 }] }],
  ['no transition', { take: ['network.connecting'] }],
  ['a page that there is not', { never: ['welcom'] }],
  ['no duration', { within: 'soon' }],
])('%s is refused', (_, said) => {
  expect(v.safeParse(expectedSchema, said).success).toBe(false)
})
