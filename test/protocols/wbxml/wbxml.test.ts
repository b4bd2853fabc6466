import { performance } from 'node:perf_hooks'
import { expect, test } from 'vitest'
import { decodeWbxml } from '../../../src/protocols/wbxml/decode.ts'
import { encodeWbxml } from '../../../src/protocols/wbxml/encode.ts'
import { XML_DEPTH_MAX, XML_ELEMENTS_MAX, XML_SIZE_MAX } from '../../../src/protocols/xml/limits.ts'
import { parseXml } from '../../../src/protocols/xml/read.ts'
import { fuzz, refusal } from '../fuzz.ts'
import { ANSWER, PACKAGE } from './samples.ts'

/** Header of SyncML 1.2 in WBXML 1.2, without a string table. */
const HEADER = [0x02, 0xa4, 0x01, 0x6a, 0x00]
const bytes = (...values: (number | number[] | string)[]) =>
  new Uint8Array(
    Buffer.concat(values.map((one) => (typeof one === 'string' ? Buffer.from(one) : Buffer.from([one].flat())))),
  )
const refused = (...values: (number | number[] | string)[]) => refusal(() => decodeWbxml(bytes(...values)))
/** With a string table in its header. */
const tabled = (table: string, ...body: (number | number[] | string)[]) =>
  bytes(0x02, 0xa4, 0x01, 0x6a, Buffer.byteLength(table), table, ...body)

test('a message is a third of its XML, and comes back', () => {
  for (const xml of [PACKAGE, ANSWER]) {
    const wbxml = encodeWbxml(parseXml(xml))
    expect(decodeWbxml(wbxml)).toEqual(parseXml(xml))
    expect(wbxml.length).toBeLessThan(xml.length / 2)
  }
})

test('the header is that of SyncML 1.2, and pages are switched for Meta', () => {
  const xml = '<SyncML xmlns="SYNCML:SYNCML1.2"><Meta><Type xmlns="syncml:metinf">a</Type></Meta><Final/></SyncML>'
  expect(Buffer.from(encodeWbxml(parseXml(xml)))).toEqual(
    Buffer.from(bytes(HEADER, 0x6d, 0x5a, 0, 1, 0x53, 3, 'a', 0, 1, 1, 0, 0, 0x12, 1)),
  )
})

test('elements and attributes that have no token are written out, with their namespaces', () => {
  const data = '<Data m:e="1" xmlns:m="urn:m" plain="&lt;"><m:a/><b/><c xmlns="urn:c"><d/></c></Data>'
  const root = parseXml(`<SyncML xmlns="SYNCML:SYNCML1.2"><SyncBody>${data}<Final/></SyncBody></SyncML>`)
  expect(decodeWbxml(encodeWbxml(root))).toEqual(root)
})

test('texts of all kinds: inline, of the table, opaque, a character', () => {
  const read = decodeWbxml(tabled('ab\0c\0', 0x6d, 0x83, 0, 0x83, 3, 3, 'd', 0, 0xc3, 2, '<e', 2, 0x87, 0x68, 1))
  expect(read).toMatchObject({ local: 'SyncML', text: 'abcd<e\u03e8' })
  expect(decodeWbxml(tabled('xy\0', 0x44, 0, 1)).local).toBe('xy')
})

test('a document type by name, an unknown one, and other charsets of ASCII are read', () => {
  const name = '-//SYNCML//DTD SyncML 1.2//EN\0'
  expect(decodeWbxml(bytes(3, 0, 0, 0x6a, name.length, name, 0x2d)).local).toBe('SyncML')
  expect(decodeWbxml(bytes(3, 1, 3, 0, 0x2d)).local).toBe('SyncML')
  expect(refused(3, 0, 0, 0x6a, 2, 'a\0', 0x2d)).toBe('ERR_WBXML_HEADER')
})

test.each<[string, string, (number | number[] | string)[]]>([
  ['nothing', 'ERR_WBXML_TRUNCATED', []],
  ['XML', 'ERR_WBXML_HEADER', ['<SyncML/>']],
  ['version 1.0', 'ERR_WBXML_HEADER', [0, 1, 0x6d]],
  ['another document type', 'ERR_WBXML_HEADER', [3, 4, 0x6a, 0, 0x6d]],
  ['another charset', 'ERR_WBXML_HEADER', [2, 0xa4, 1, 0x87, 0x77, 0, 0x6d]],
  ['a string table beyond the end', 'ERR_WBXML_TRUNCATED', [2, 0xa4, 1, 0x6a, 0x8f, 0xff, 0xff, 0xff, 0x7f]],
  ['an integer of six bytes', 'ERR_WBXML_INTEGER', [2, 0x80, 0x80, 0x80, 0x80, 0x80, 1]],
  ['an integer of 33 bits', 'ERR_WBXML_INTEGER', [2, 0x90, 0x80, 0x80, 0x80, 0]],
  ['no root', 'ERR_WBXML_TRUNCATED', [HEADER]],
  ['an end before the root', 'ERR_WBXML_TOKEN', [HEADER, 1]],
  ['text before the root', 'ERR_WBXML_TOKEN', [HEADER, 3, 'a', 0]],
  ['an element without its end', 'ERR_WBXML_TRUNCATED', [HEADER, 0x6d]],
  ['a second root', 'ERR_WBXML_TRAILING', [HEADER, 0x2d, 0x2d]],
  ['a token of no element', 'ERR_WBXML_TOKEN', [HEADER, 0x6d, 0x30, 1]],
  ['a code page that is not there', 'ERR_WBXML_TOKEN', [HEADER, 0, 2, 0x6d, 1]],
  ['an extension', 'ERR_WBXML_TOKEN', [HEADER, 0x6d, 0xc0, 1]],
  ['a processing instruction', 'ERR_WBXML_TOKEN', [HEADER, 0x43, 4, 0, 1]],
  ['a text without its end', 'ERR_WBXML_STRING', [HEADER, 0x6d, 3, 'abc']],
  ['a text beyond the string table', 'ERR_WBXML_STRING', [HEADER, 0x6d, 0x83, 5, 1]],
  ['an opaque text that is too long', 'ERR_WBXML_TRUNCATED', [HEADER, 0x6d, 0xc3, 9, 'a', 1]],
  ['a text that is not UTF-8', 'ERR_WBXML_ENCODING', [HEADER, 0x6d, 3, 0xff, 0, 1]],
  ['a text that XML cannot have', 'ERR_WBXML_ENCODING', [HEADER, 0x6d, 3, 7, 0, 1]],
  ['an opaque zero byte', 'ERR_WBXML_ENCODING', [HEADER, 0x6d, 0xc3, 1, 0, 1]],
  ['half a surrogate pair', 'ERR_WBXML_ENCODING', [HEADER, 0x6d, 2, 0x83, 0xb0, 0, 1]],
  ['a character beyond Unicode', 'ERR_WBXML_ENCODING', [HEADER, 0x6d, 2, 0xc4, 0x80, 0, 1]],
  ['a value before its attribute', 'ERR_WBXML_TOKEN', [HEADER, 0xad, 3, 'a', 0, 1]],
  ['an attribute token', 'ERR_WBXML_TOKEN', [HEADER, 0xad, 5, 1]],
])('%s is refused with %s', (_, code, document) => {
  expect(refused(...document)).toBe(code)
})

test.each([
  ['that is none', tabled('a b\0', 0x44, 0, 1), 'ERR_WBXML_NAME'],
  ['that is empty', tabled('\0', 0x44, 0, 1), 'ERR_WBXML_NAME'],
  ['of an attribute, twice', tabled('a\0', 0xad, 4, 0, 4, 0, 1), 'ERR_WBXML_NAME'],
])('a name %s is refused', (_, document, code) => {
  expect(refusal(() => decodeWbxml(document))).toBe(code)
})

test('size, depth, elements, attributes and what the string table may become are bounded', () => {
  const fill = (token: number, count: number) => Array.from<number>({ length: count }).fill(token)
  expect(refused(HEADER, fill(0x6d, 50_000))).toBe('ERR_WBXML_TOO_DEEP')
  expect(decodeWbxml(bytes(HEADER, fill(0x6d, XML_DEPTH_MAX), fill(1, XML_DEPTH_MAX))).local).toBe('SyncML')
  expect(refused(HEADER, 0x6d, fill(0x12, XML_ELEMENTS_MAX))).toBe('ERR_WBXML_TOO_LARGE')
  expect(refusal(() => decodeWbxml(new Uint8Array(XML_SIZE_MAX + 1)))).toBe('ERR_WBXML_TOO_LARGE')
  const names = Array.from({ length: 300 }, (_, index) => `a${index}`)
  const table = `${names.join('\0')}\0`
  const size = Buffer.byteLength(table)
  const attributes = names.flatMap((_, index) => {
    const at = table.indexOf(names[index]!)
    return [4, 0x80 | (at >> 7), at & 0x7f]
  })
  const header = bytes(0x02, 0xa4, 0x01, 0x6a, 0x80 | (size >> 7), size & 0x7f, table)
  expect(refused([...header], 0xad, attributes, 1)).toBe('ERR_WBXML_TOO_LARGE')
  const long = 'x'.repeat(1_000_000)
  const bomb = bytes(
    0x02,
    0xa4,
    0x01,
    0x6a,
    0xbd,
    0x84,
    0x41,
    long,
    0,
    0x6d,
    fill(0x83, 200).flatMap((token) => [token, 0]),
  )
  const start = performance.now()
  expect(refusal(() => decodeWbxml(bomb))).toBe('ERR_WBXML_TOO_LARGE')
  expect(performance.now() - start).toBeLessThan(1_000)
})

test.each([
  ['a package', PACKAGE],
  ['an answer', ANSWER],
])('%s with bytes changed is a document, or refused', (_, xml) => {
  const valid = Buffer.from(encodeWbxml(parseXml(xml))).toString('latin1')
  const { values, refused: count, other } = fuzz(valid, (text) => decodeWbxml(Buffer.from(text, 'latin1')), 2_000)
  expect(other).toEqual([])
  expect([values > 0, count > 0]).toEqual([true, true])
})
