import { expect, test } from 'vitest'
import { WORKLOAD_STATES, type WorkloadState, whyNotPrepared } from '../../src/domain/device-preparation.ts'

test.each<[string, string, string | undefined]>([
  ['48', '10.0.26100.4652', undefined],
  ['164', '10.0.26300.9457', undefined],
  ['164', '10.0.22631.3374', undefined],
  ['164', '10.0.22621.3374', undefined],
  [
    '164',
    '10.0.22631.3296',
    'build 22631.3296 is too old for device preparation: it needs KB5035942, which is build 22631.3374',
  ],
  ['164', '10.0.22000.9999', 'build 22000.9999 is too old for device preparation'],
  ['203', '10.0.26100.4652', 'Windows 11 SE is no edition of device preparation'],
  ['121', '10.0.26100.4652', undefined],
  ['4', '10.0.28000.1', undefined],
  ['101', '10.0.26100.4652', 'Windows 11 Home is no edition of device preparation'],
  ['999', '10.0.26100.4652', 'product type 999 is no edition of device preparation'],
])('product type %s, build %s', (productType, version, why) => {
  expect(whyNotPrepared(productType, version)).toBe(why)
})

test('states of workloads have the numbers 0 to 7', () => {
  const states = ['notStarted', 'completed', 'skipped', 'failed', 'rebootRequired', 'cancelled'] as const
  expect(states.map(numberOf)).toEqual([0, 1, 2, 4, 6, 7])
})

const numberOf = (name: WorkloadState) => WORKLOAD_STATES.indexOf(name)
