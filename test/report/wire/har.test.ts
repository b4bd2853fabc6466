import { expect, test } from 'vitest'
import type { JournalFact } from '../../../src/domain/journal.ts'
import { exchangesOf } from '../../../src/journal/wire.ts'
import { Journal } from '../../../src/journal/writer.ts'
import { harOf } from '../../../src/report/wire/har.ts'
import { exchangeLine, readableExchange } from '../../../src/report/wire/readable.ts'

let at = 0
const journalOf = (...facts: JournalFact[]) => {
  at = 0
  const journal = new Journal(() => (at += 100))
  for (const fact of facts) journal.write(fact)
  return journal.entries
}

const asked = (id: number, changes: object = {}): JournalFact => ({
  kind: 'request',
  id,
  method: 'POST',
  url: 'https://mdm.test/x?a=1&b=%20',
  bytes: 3,
  operation: 'test',
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: '{}\n',
  ...changes,
})
const STARTS_AT = Date.parse('2024-11-04T08:00:00.000Z')

const exchanges = exchangesOf(
  journalOf(
    asked(0, { certificate: 'ab12' }),
    asked(1),
    { kind: 'response', id: 1, trouble: '0x80072efe' },
    {
      kind: 'response',
      id: 0,
      status: 302,
      bytes: 2,
      headers: { location: 'https://x.test/' },
      body: { base64: '/wA=' },
    },
    asked(2, { body: { beginning: 'abc', missing: 5 } }),
    { kind: 'response', id: 9, status: 200, bytes: 0 },
  ),
)

test('requests and what became of them are one exchange, however they interleave', () => {
  expect(exchanges).toMatchObject([
    { id: 0, at: 100, tookMs: 300, response: { status: 302, bytes: 2 } },
    { id: 1, at: 200, tookMs: 100, trouble: '0x80072efe' },
    { id: 2, at: 500 },
  ])
  expect(exchanges[2]).not.toHaveProperty('tookMs')
})

test('an HTTP Archive has an entry for each, at the device’s own time', () => {
  const { entries, version } = harOf(exchanges, STARTS_AT, '1.0.0').log
  expect(version).toBe('1.2')
  expect(entries[0]).toMatchObject({
    startedDateTime: '2024-11-04T08:00:00.100Z',
    time: 300,
    comment: 'test',
    request: {
      method: 'POST',
      queryString: [
        { name: 'a', value: '1' },
        { name: 'b', value: ' ' },
      ],
      postData: { mimeType: 'application/json', text: '{}\n' },
      bodySize: 3,
    },
    response: {
      status: 302,
      redirectURL: 'https://x.test/',
      content: { size: 2, text: '/wA=', encoding: 'base64', mimeType: 'x-unknown' },
    },
    timings: { send: 0, wait: 300, receive: 0 },
  })
  expect(entries[1]!.response).toMatchObject({ status: 0, _error: '0x80072efe' })
  expect(entries[2]).toMatchObject({
    time: 0,
    request: { postData: { text: 'abc' } },
    response: { status: 0, _error: 'the run ended before an answer came' },
  })
})

test('a person reads what was said, and what became of it', () => {
  expect(readableExchange(exchanges[0]!)).toEqual([
    '#0  0.1s  test',
    '→ POST https://mdm.test/x?a=1&b=%20',
    '  (client certificate ab12)',
    '  content-type: application/json; charset=utf-8',
    '',
    '  {}',
    '',
    '← 302 after 300 ms, 2 bytes',
    '  location: https://x.test/',
    '',
    '  no text: /wA= in base64',
    '',
  ])
  expect(readableExchange(exchanges[1]!).at(-1)).toBe('← no answer after 100 ms: 0x80072efe')
  expect(readableExchange(exchanges[2]!).slice(-5)).toEqual([
    '',
    '  abc',
    '  … 5 more bytes were not kept',
    '',
    '← the run ended before an answer came',
  ])
  expect(exchangeLine(exchanges[1]!)).toContain('0x80072efe  test  POST https://mdm.test/x')
})

test('nothing that a service sent reaches a terminal as an escape', () => {
  const [hostile] = exchangesOf(
    journalOf(
      asked(0, {
        body: '<a>\u001b]0;x\u0007</a>\u202e',
        headers: { 'x-a': '\u001b[2J' },
        url: 'https://a.test/\u009b',
      }),
    ),
  )
  expect(readableExchange(hostile!, { isFull: true }).join('')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/)
  expect(exchangeLine(hostile!)).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/)
})

test('journals of earlier versions have exchanges without headers and bodies', () => {
  const { headers: _, body: __, ...old } = asked(0) as unknown as Record<string, unknown>
  const [exchange] = exchangesOf(journalOf(old as unknown as JournalFact))
  expect(exchange).toMatchObject({ request: { headers: {}, bytes: 3 } })
})
