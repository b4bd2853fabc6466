import * as v from 'valibot'
import { expect, test } from 'vitest'
import { addressesIn, MOCK_ENDPOINTS } from '../../src/domain/endpoints.ts'
import { meansHost } from '../../src/domain/host-pattern.ts'
import { PRODUCTION_NAMES, productionNamesOf } from '../../src/domain/service-hosts.ts'
import { hostPattern } from '../../src/events/values.ts'

test.each([
  ['a.example', 'a.example', true],
  ['A.Example.', 'a.example', true],
  ['a.example', 'b.a.example', false],
  ['*.example', 'a.example', true],
  ['*.example', 'a.b.example', true],
  ['*.example', 'example', false],
  ['*example', 'cdn-example', true],
  ['a*b', 'ab', true],
  ['ab*ba', 'aba', false],
  ['a*b*c', 'a1b2c', true],
  ['a*b*c', 'a1c', false],
  ['*', 'a.example', true],
  ['10.0.0.1', '10.0.0.1', true],
  ['[::1]', '[::1]', true],
])('%s and the host %s: %s', (rule, host, means) => {
  expect(meansHost(rule, host)).toBe(means)
})

test('an authority of the attestation service keeps its label', () => {
  const host = 'ifx-keyid-00.microsoftaik.azure.test'
  expect(productionNamesOf(host)).toEqual(['ifx-keyid-00.microsoftaik.azure.net'])
  expect([meansHost('*.microsoftaik.azure.net', host), meansHost('ntc-keyid-00.microsoftaik.azure.net', host)]).toEqual(
    [true, false],
  )
})

test('each service of the mock has its row, and a real host has no other name', () => {
  expect(Object.keys(PRODUCTION_NAMES)).toHaveLength(addressesIn(MOCK_ENDPOINTS).length)
  expect(productionNamesOf('mdm.school.example')).toEqual([])
})

test('a rule of many stars is quick', () => {
  const start = process.cpuUsage().user
  expect(meansHost('a*'.repeat(120), `${'a'.repeat(250)}b`)).toBe(true)
  expect(meansHost(`${'a*'.repeat(120)}c`, `${'a'.repeat(250)}b`)).toBe(false)
  expect(process.cpuUsage().user - start).toBeLessThan(1_000_000)
})

test.each(['https://a.example', 'a.example/path', 'a.example:443', 'a b', ''])('a file cannot block %j', (text) => {
  expect(v.safeParse(hostPattern, text).success).toBe(false)
})
