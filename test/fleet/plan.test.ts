import { expect, test } from 'vitest'
import { UserError } from '../../src/domain/trouble.ts'
import { FleetDevices } from '../../src/fleet/fleet-device.ts'
import { goodPlan } from './plans.ts'

/** The message and the line below it that shows the place. */
function refused(...changes: [from: string | RegExp, to: string][]): string {
  try {
    goodPlan(...changes)
  } catch (error) {
    if (error instanceof UserError) return `${error.code} ${error.message}`
    throw error
  }
  throw new Error('the plan was read')
}

test.each<[string, string | RegExp, string, string]>([
  [
    'an unknown key',
    'seed: 7',
    'sed: 7',
    'ERR_FILE_INVALID plan.yaml:3:1: sed: unknown key "sed". Did you mean "seed"?',
  ],
  [
    'an unknown key of a mix',
    'weight: 3',
    'wieght: 3',
    'ERR_FILE_INVALID plan.yaml:6:31: devices.0.wieght: unknown key "wieght". Did you mean "weight"?',
  ],
  [
    'an unknown device',
    'surface-laptop-se',
    'surface-laptop-es',
    'ERR_NOT_FOUND plan.yaml:6:12: there is no device "surface-laptop-es"',
  ],
  [
    'an unknown school',
    'contoso-school',
    'contoso-shool',
    'ERR_NOT_FOUND plan.yaml:8:11: there is no tenant "contoso-shool"',
  ],
  ['an unknown person', 'ben]', 'bem]', 'ERR_NOT_FOUND plan.yaml:9:18: there is no person "bem"'],
  [
    'an unknown network',
    'school-wifi',
    'school-wify',
    'ERR_NOT_FOUND plan.yaml:10:12: there is no network "school-wify"',
  ],
  ['no device at all', 'count: 12', 'count: 0', 'ERR_FILE_INVALID plan.yaml:2:8: count: must be at least 1'],
  [
    'weights that are all 0',
    '[alice, ben]',
    '[{ use: alice, weight: 0 }]',
    'ERR_FILE_INVALID plan.yaml:9:10: persons: one weight at least has to be more than 0',
  ],
  [
    'two ways to arrive',
    'closed: { atOnce: 2 }',
    'closed: { atOnce: 2 }, herd: { within: 5s }',
    'ERR_FILE_INVALID plan.yaml:11:10: arrival: needs one of closed, constant, ramp, burst, herd',
  ],
  [
    'a rate without a time',
    'closed: { atOnce: 2 }',
    'constant: { rate: 5 }',
    'ERR_FILE_INVALID plan.yaml:11:30: arrival.constant.rate: must be a rate, such as 5/s, 90/m or 2000/h',
  ],
  [
    'a threshold',
    'failed == 0',
    'faild == 0',
    'ERR_FLEET_THRESHOLD plan.yaml:12:14: thresholds.0: "faild" cannot be measured, did you mean "failed"',
  ],
  [
    'the middle of a threshold in quotes',
    'failed == 0',
    "'p95(signin) < 5s'",
    'ERR_FLEET_THRESHOLD plan.yaml:12:19: thresholds.0: "signin" has no time, did you mean "signIn"',
  ],
  [
    'a fault that does not exist',
    'seed: 7',
    'faults: [{ fault: wifi-gone }]',
    'ERR_NOT_FOUND plan.yaml:3:19: there is no fault "wifi-gone"',
  ],
  [
    'events without a name',
    'seed: 7',
    'faults: [{ events: [{ when: { at: 5s }, network: down }] }]',
    'ERR_FILE_INVALID plan.yaml:3:10: faults.0: needs a name for its events',
  ],
  [
    'two faults of one name',
    'seed: 7',
    'faults: [{}, {}]',
    'ERR_FILE_INVALID plan.yaml:3:14: two entries of faults are called "none"',
  ],
  [
    'an event at a state that does not exist',
    'seed: 7',
    'events: [{ when: { state: network.choosin }, network: down }]',
    'ERR_UNKNOWN_STATE plan.yaml:3:27: ',
  ],
  [
    'trust without a service',
    'seed: 7',
    'trust: ca.pem',
    'ERR_FILE_INVALID plan.yaml:3:8: trust goes with a service: the mock needs no TLS',
  ],
  ['what is expected', 'seed: 7', 'expect: { outcome: destop }', 'ERR_FILE_INVALID plan.yaml:3:20: expect.outcome'],
])('refuses %s with its place', (_, from, to, message) => {
  const said = refused([from, to])
  expect(said.slice(0, message.length)).toBe(message)
})

test('device i is the same in every order and batch size, and no two have the same identity', async () => {
  const [one, other] = [goodPlan(['count: 12', 'count: 300']), goodPlan(['count: 12', 'count: 300'])].map(
    (plan) => new FleetDevices(plan),
  ) as [FleetDevices, FleetDevices]
  const forwards = await Promise.all(Array.from({ length: 40 }, (_, index) => one.prepare(index)))
  const backwards = await Promise.all(Array.from({ length: 40 }, (_, index) => other.prepare(39 - index)))
  expect(backwards.toReversed()).toEqual(forwards)
  expect(new Set(forwards.map(({ spec }) => spec)).size).toBe(40)
  const all = Array.from({ length: 300 }, (_, index) => one.definition(index))
  for (const of of [
    all.map(({ smbios }) => smbios.serialNumber),
    all.map(({ smbios }) => smbios.uuid),
    all.flatMap(({ adapters }) => adapters.map(({ mac }) => mac)),
  ]) {
    expect(new Set(of).size).toBe(of.length)
  }
})

test('weights are kept to: three of four devices are of the first model', () => {
  const devices = new FleetDevices(goodPlan(['count: 12', 'count: 2000']))
  const models = Array.from({ length: 2_000 }, (_, index) => devices.describe(index).model)
  const first = models.filter((model) => model === 'surface-laptop-se').length
  expect(first / 2_000).toBeGreaterThan(0.72)
  expect(first / 2_000).toBeLessThan(0.78)
})

test('another seed gives other devices, and the name of the fleet says so', () => {
  const [one, other] = [goodPlan(), goodPlan(['seed: 7', 'seed: 8'])]
  expect(one.id).not.toBe(other.id)
  expect(new FleetDevices(one).definition(0).smbios.serialNumber).not.toBe(
    new FleetDevices(other).definition(0).smbios.serialNumber,
  )
  expect(goodPlan().id).toBe(one.id)
})

test('with keys of their own devices have other seeds of their TPM, shared ones have that of the model', () => {
  const seeds = (keys: string) => {
    const devices = new FleetDevices(goodPlan(['seed: 7', `seed: 7\nkeys: ${keys}`]))
    return new Set(Array.from({ length: 12 }, (_, index) => devices.definition(index).tpm?.endorsementSeed)).size
  }
  expect([seeds('shared'), seeds('own')]).toEqual([2, 12])
})

test('a fault by name comes at a step that the seed chooses, and the same one each time', async () => {
  const plan = () => goodPlan(['seed: 7', 'faults: [{ fault: internet-away-for-two-minutes }]'])
  const prepared = await Promise.all([0, 1, 2, 3].map((index) => new FleetDevices(plan()).prepare(index)))
  const again = await Promise.all([0, 1, 2, 3].map((index) => new FleetDevices(plan()).prepare(index)))
  expect(prepared.map(({ sealed }) => sealed.spec.events)).toEqual(again.map(({ sealed }) => sealed.spec.events))
  expect(prepared.every(({ sealed }) => sealed.spec.events.length > 0)).toBe(true)
  expect(new Set(prepared.map(({ sealed }) => JSON.stringify(sealed.spec.events[0]))).size).toBeGreaterThan(1)
})
