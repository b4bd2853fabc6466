import { expect, test } from 'vitest'
import { isOfFormat } from '../src/device/csp/node-value.ts'
import { parseDuration } from '../src/domain/duration.ts'
import { MOCK_ENDPOINTS } from '../src/domain/endpoints.ts'
import { safeText } from '../src/domain/safe-text.ts'
import { maskedText } from '../src/journal/mask-exchange.ts'
import { startTenant } from '../src/mock-service/connect.ts'
import { seededIds } from '../src/ports/ids.ts'
import { derivedKeys } from '../src/ports/rsa-keys.ts'
import { seededChance } from '../src/ports/seeded-chance.ts'
import { decodeAutopilotCsv } from '../src/protocols/autopilot-csv/decode.ts'
import { decodeForms, decodePageText } from '../src/protocols/entra/html-form.ts'
import { decodeLoginPage } from '../src/protocols/entra/login-page.ts'
import { inspectHardwareHash } from '../src/protocols/hardware-hash/inspect.ts'
import { decodeJwt } from '../src/protocols/jwt/jwt.ts'
import { parseLooseJson } from '../src/protocols/loose-json.ts'
import { parseMembershipRule } from '../src/protocols/membership-rule/parse.ts'
import { meetsSearchCriteria } from '../src/protocols/ms-mde2/search-criteria.ts'
import { parseFilter } from '../src/protocols/odata/filter.ts'
import { parseExpand, parseOrderBy, parseSearch } from '../src/protocols/odata/options.ts'
import { decodeSyncML } from '../src/protocols/syncml/decode.ts'
import { comparableMessage } from '../src/report/wire/comparable.ts'
import { readableBody } from '../src/report/wire/indent.ts'
import { loadTenantFile } from '../src/scenario/library.ts'
import { Cookies } from '../src/service/entra/cookies.ts'
import { boundOf, growth } from './growth.ts'

const LENGTH = 200_000
/** The longer text is so many times the shorter one. */
const FACTOR = 16
const BOUND = boundOf(FACTOR)

/** What is repeated, and what comes before it and after it. */
const PIECES: readonly (readonly [before: string, piece: string, after?: string])[] = [
  ...['<', 'a', ' ', '"', "'", '&', '=', ';', ',', '-', '\n', '\\', '.', '/', '%', '1', 'A', '\u0301'].map(
    (piece) => ['', piece] as const,
  ),
  ...[
    '<a',
    '<a ',
    '<a "',
    `<a '"`,
    '<a b=',
    '<!--',
    '<![CDATA[',
    '<script',
    '<title>',
    '</a',
    '<a x="<',
    '<form ',
    '<p',
    '<button>',
    '<a "<b \'',
  ].map((piece) => ['', piece] as const),
  ...['&#x4', '&amp;', '%25', '%27', "('", '(%27', 'a=b,', '"a":"', 'name="a" value="', 'eyJ', '1s', 'AAAA '].map(
    (piece) => ['', piece] as const,
  ),
  ['<', 'a'],
  ['</', 'a'],
  ['<a ', 'b'],
  ['<a ', ' '],
  ['<a b', ' '],
  ['<a b=', ' '],
  ['<form ', 'b="<a" '],
  ['<title>', ' ', '</title'],
  ['<title>x</title', ' '],
  ['&#', '1'],
  ['&', 'amp;'],
  ['%', '25'],
  ['AAAA', ' ', '!'],
  ['AA==', ' ', '!'],
  ['a', ' ', 'b'],
  ['"password"', ' '],
  ['"password": "', '\\"'],
  ['-----BEGIN ', 'PRIVATE KEY'],
  ['{"a":"', ' '],
  ['a=', 'a'],
  ['[', '['],
  ['{"a":', '{"a":'],
]

/** Functions on text from a server, a file or a person. What they refuse, they refuse in linear time. */
const READERS: Record<string, (text: string) => unknown> = {
  'forms of a page': decodeForms,
  'text of a page': decodePageText,
  'the page of a sign-in': decodeLoginPage,
  'a cookie': (text) => new Cookies().take(text, 'https://sts.contoso.example/adfs/ls'),
  'base64 of a node': (text) => isOfFormat('b64', text),
  'an integer of a node': (text) => isOfFormat('int', text),
  'a SyncML message': decodeSyncML,
  'a SyncML message with this text': (text) =>
    decodeSyncML(`<SyncML xmlns="SYNCML:SYNCML1.2"><SyncHdr/><SyncBody>${text}</SyncBody></SyncML>`),
  'a token': decodeJwt,
  'search criteria': (text) => meetsSearchCriteria([], 'System', `Subject=${text}`),
  'a CSV file': (text) => decodeAutopilotCsv(new TextEncoder().encode(text), { shape: 'intune' }),
  'a hardware hash': inspectHardwareHash,
  'a membership rule': parseMembershipRule,
  'an OData filter': parseFilter,
  'an OData filter within the lengths': (text) => parseFilter(text.slice(0, 8_000)),
  'an order of OData': parseOrderBy,
  'an expansion of OData': parseExpand,
  'a search of OData': parseSearch,
  'JSON with its liberties': (text) => parseLooseJson(text, 'ERR_TEST'),
  'a duration': parseDuration,
  'a text for the screen': (text) => safeText(text),
  'a body for the journal': maskedText,
  'a body for reading': (text) => readableBody(text),
  'a body to compare': (text) =>
    comparableMessage({ headers: { 'content-type': text }, body: text, bytes: text.length }),
}

async function slowOnes(read: (text: string) => unknown, length = LENGTH): Promise<string[]> {
  const slow: string[] = []
  for (const [before, piece, after = ''] of PIECES) {
    const run = (characters: number) => {
      const text = before + piece.repeat(Math.floor(characters / piece.length)) + after
      return async () => {
        try {
          await read(text)
        } catch {
          // It is about the time alone.
        }
      }
    }
    const factor = await growth(run(length / FACTOR), run(length), BOUND)
    if (factor > BOUND) slow.push(`${JSON.stringify([before, piece, after])}: ${factor.toFixed(1)} times`)
  }
  return slow
}

test.each(Object.entries(READERS))(
  '%s is read in linear time',
  async (_, read) => {
    expect(await slowOnes(read)).toEqual([])
  },
  300_000,
)

test('an address of the services is read in linear time', async () => {
  const { handle } = startTenant(
    {
      definition: loadTenantFile('contoso-school'),
      endpoints: MOCK_ENDPOINTS,
      keys: derivedKeys,
      ids: seededIds(seededChance(1, 'service')),
      registered: () => [],
    },
    () => 0,
  )
  const at = (origin: string, path: string) => (text: string) =>
    handle({ method: 'GET', url: `${origin}${path}${text}`, headers: {}, body: new Uint8Array() }, {})
  const { graph, discovery } = MOCK_ENDPOINTS
  expect(await slowOnes(at(graph, '/v1.0/groups'))).toEqual([])
  expect(await slowOnes(at(graph, '/v1.0/groups?$select='))).toEqual([])
  expect(await slowOnes((text) => at(new URL(discovery).origin, '/content/')(`${text}.b.msi`))).toEqual([])
}, 300_000)

test('a reader that is not linear is found', async () => {
  const backtracking = (characters: number) => () => /\s+$/.test(`${' '.repeat(characters)}b`)
  const length = 80_000
  expect(await growth(backtracking(length / FACTOR), backtracking(length), BOUND, 1)).toBeGreaterThan(BOUND)
})
