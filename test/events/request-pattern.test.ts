import { expect, test } from 'vitest'
import { matchesRequest, requestPattern } from '../../src/events/request-pattern.ts'

const get = (url: string) => ({ method: 'GET' as const, url, headers: {}, body: new Uint8Array() })

test.each([
  ['*sync*', true],
  ['https://a.test/sync', true],
  ['GET *SYNC', true],
  ['POST *sync', false],
  ['https://a.test/', false],
  ['https://a?test/sync', false],
  ['*', true],
  ['*a.test*sync*', true],
  ['*sync*a.test*', false],
  ['https://a.test/sync*sync', false],
  ['https://a.test/sy*ync', false],
])('the pattern %s matches: %s', (pattern, isMatch) => {
  expect(matchesRequest(requestPattern(pattern), get('https://a.test/sync'))).toBe(isMatch)
})

test('a pattern of many stars does not go back over what it has passed', () => {
  const url = `https://a.test/${'ab'.repeat(200_000)}`
  expect(matchesRequest(requestPattern(`${'*a'.repeat(20_000)}*c`), get(url))).toBe(false)
})
