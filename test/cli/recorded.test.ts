import { expect, test } from 'vitest'
import { lineOf, type Recorded, readLine } from '../../src/cli/serve/recorded.ts'

const recorded = (from?: string): Recorded => ({
  at: Date.parse('2026-11-02T08:00:00Z'),
  request: { method: 'GET', url: 'https://localhost:8443/v1.0/users', headers: {}, body: new Uint8Array() },
  peer: from === undefined ? {} : { from: { address: from } },
})

test.each([undefined, '203.0.113.7', '2001:db8::7'])('a request from %s is read as it was written', (from) => {
  expect(readLine(lineOf(recorded(from), 1))).toEqual({ kind: 'request', recorded: recorded(from), number: 1 })
})

test('a line with a place that is no address is damaged', () => {
  expect(readLine(lineOf(recorded('the library'), 1)).kind).toBe('damaged')
})
