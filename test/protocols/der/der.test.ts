import { describe, expect, test } from 'vitest'
import { readDer } from '../../../src/protocols/der/reader.ts'
import {
  readBitBytes,
  readBoolean,
  readOid,
  readText,
  readTime,
  readUnsigned,
} from '../../../src/protocols/der/values.ts'
import * as der from '../../../src/protocols/der/writer.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const bytes = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'))
const node = (text: string) => readDer(bytes(text))
const trouble = (code: string, message: string) => expect.objectContaining({ name: 'DecodeError', code, message })

describe('a DER writer', () => {
  test.each<[string, Uint8Array, string]>([
    ['zero', der.integer(0), '020100'],
    ['a number with its high bit set', der.integer(128), '02020080'],
    ['a large number', der.integer(0x1_0000_0000n), '02050100000000'],
    ['a magnitude with zeros before it', der.integer(Uint8Array.of(0, 0, 0xff)), '020200ff'],
    ['an object identifier', der.oid('1.2.840.113549.1.1.11'), '06092a864886f70d01010b'],
    ['an arc over 47 under 2', der.oid('2.999.3'), '0603883703'],
    ['a long arc', der.oid('0.9.2342.19200300.100.1.25'), '060a0992268993f22c640119'],
    ['UTF-8', der.utf8String('ü'), '0c02c3bc'],
    ['printable text', der.printableString('CA'), '13024341'],
    ['a bit string', der.bitString(Uint8Array.of(0xa0), 5), '030205a0'],
    ['an empty bit string', der.bitString(new Uint8Array()), '030100'],
    ['octets', der.octetString(Uint8Array.of(1, 2)), '04020102'],
    ['true', der.boolean(true), '0101ff'],
    ['false', der.boolean(false), '010100'],
    ['null', der.nullValue(), '0500'],
    ['a constructed tag', der.contextTag(0, der.integer(2)), 'a003020102'],
    ['a primitive tag', der.contextTag(2, Uint8Array.of(7), false), '820107'],
    ['a set, sorted', der.set(der.integer(2), der.integer(1)), '3106020101020102'],
    ['a time', der.utcTime(new Date('2049-12-31T23:59:59.900Z')), '170d3439313233313233353935395a'],
    ['a long time', der.generalizedTime(new Date('2050-01-02T03:04:05Z')), '180f32303530303130323033303430355a'],
  ])('writes %s', (_, encoded, expected) => {
    expect(hex(encoded)).toBe(expected)
  })

  test('writes lengths in as few octets as they need', () => {
    const heads = [127, 128, 255, 256, 65_536].map((length) => hex(der.octetString(new Uint8Array(length)).slice(0, 5)))
    expect(heads).toEqual(['047f000000', '0481800000', '0481ff0000', '0482010000', '0483010000'])
  })

  test.each<[string, () => unknown]>([
    ['an asterisk in a PrintableString', () => der.printableString('*')],
    ['an umlaut in an IA5String', () => der.ia5String('ü')],
    ['a first arc of 3', () => der.oid('3.1')],
    ['a second arc of 40', () => der.oid('1.40')],
    ['a single arc', () => der.oid('1')],
    ['a negative number', () => der.integer(-1)],
    ['unused bits that are set', () => der.bitString(Uint8Array.of(1), 1)],
    ['unused bits of nothing', () => der.bitString(new Uint8Array(), 1)],
    ['a tag of 31', () => der.contextTag(31, new Uint8Array())],
    ['UTCTime in 2050', () => der.utcTime(new Date('2050-01-01T00:00:00Z'))],
    ['no date', () => der.utcTime(new Date(Number.NaN))],
  ])('refuses %s', (_, write) => {
    expect(write).toThrow(RangeError)
  })
})

describe('a DER reader', () => {
  test('gives tree, content and place of each value', () => {
    const input = bytes('3008 a003 020102 0c0161')
    const leaf = { content: bytes('02'), raw: bytes('020102'), offset: 4, tag: 0x02, children: [] }
    const tagged = { content: bytes('020102'), raw: bytes('a003020102'), offset: 2, tag: 0xa0, children: [leaf] }
    const text = { content: bytes('61'), raw: bytes('0c0161'), offset: 7, tag: 0x0c, children: [] }
    const content = input.slice(2)
    expect(readDer(input)).toEqual({ tag: 0x30, content, raw: input, offset: 0, children: [tagged, text] })
  })

  test('follows 32 levels and no more', () => {
    const nested = (levels: number) =>
      Array.from({ length: levels - 1 }).reduce<Uint8Array>((inner) => der.sequence(inner), der.sequence())
    expect(readDer(nested(32)).children).toHaveLength(1)
    expect(() => readDer(nested(33))).toThrow(trouble('ERR_DER_DEPTH', 'byte 64: more than 32 levels'))
  })

  test.each([
    ['nothing', '', 'ERR_DER_TRUNCATED', 'byte 0: no room for an identifier and a length'],
    ['a lone identifier', '30', 'ERR_DER_TRUNCATED', 'byte 0: no room for an identifier and a length'],
    ['a cut value', '040301', 'ERR_DER_TRUNCATED', 'byte 0: 3 bytes do not fit before byte 3'],
    ['a cut length', '048201', 'ERR_DER_TRUNCATED', 'byte 1: the length is cut'],
    [
      'a child that is longer than its parent',
      '30030403010203',
      'ERR_DER_TRUNCATED',
      'byte 2: 3 bytes do not fit before byte 5',
    ],
    ['bytes behind the value', '050000', 'ERR_DER_TRAILING', 'byte 2: bytes follow the value'],
    ['an indefinite length', '30800000', 'ERR_DER_LENGTH', 'byte 1: an indefinite length'],
    ['a length in long form without need', '04810101', 'ERR_DER_LENGTH', 'byte 1: a length is not minimal'],
    [
      'a length with a leading zero',
      `04820080${'00'.repeat(128)}`,
      'ERR_DER_LENGTH',
      'byte 1: a length is not minimal',
    ],
    ['a length of five octets', '04850100000000', 'ERR_DER_LENGTH', 'byte 1: a length of 5 octets'],
    ['a tag number over 30', '1f8101', 'ERR_DER_TAG', 'byte 0: a tag number over 30'],
  ])('refuses %s', (_, input, code, message) => {
    expect(() => node(input)).toThrow(trouble(code, message))
  })
})

describe('a value', () => {
  test('is what was written', () => {
    const ids = ['1.2.840.113549.1.1.11', '2.999.3', '0.9.2342.19200300.100.1.25', '2.5.29.15']
    expect(ids.map((id) => readOid(readDer(der.oid(id)), 'id'))).toEqual(ids)
    const times = ['1950-01-01T00:00:00.000Z', '1999-12-31T23:59:59.000Z', '2049-02-28T01:02:03.000Z']
    expect(times.map((time) => readTime(readDer(der.utcTime(new Date(time))), 'time').toISOString())).toEqual(times)
    const late = new Date('9999-12-31T23:59:59Z')
    expect(readTime(readDer(der.generalizedTime(late)), 'time')).toEqual(late)
    expect(readUnsigned(readDer(der.integer(128)), 'number')).toEqual(Uint8Array.of(128))
    expect(readBoolean(readDer(der.boolean(true)), 'flag')).toBe(true)
    expect(readBitBytes(readDer(der.bitString(Uint8Array.of(1, 2))), 'bits')).toEqual(Uint8Array.of(1, 2))
  })

  test('of text is read from every string type', () => {
    const texts = ['0c02c3bc', '130141', '160141', '1401fc', '1e0400fc0041'].map((text) => readText(node(text), 'text'))
    expect(texts).toEqual(['ü', 'A', 'A', 'ü', 'üA'])
  })

  test.each<[string, () => unknown, string, string]>([
    ['another type', () => readOid(node('0500'), 'id'), 'ERR_DER_TYPE', 'byte 0: id is not of type 0x6: it is 0x5'],
    ['no node', () => readOid(undefined, 'id'), 'ERR_DER_MISSING', 'id is missing'],
    [
      'a negative number',
      () => readUnsigned(node('0201ff'), 'n'),
      'ERR_DER_VALUE',
      'byte 0: n: not a minimal non-negative integer',
    ],
    [
      'a padded number',
      () => readUnsigned(node('02020001'), 'n'),
      'ERR_DER_VALUE',
      'byte 0: n: not a minimal non-negative integer',
    ],
    [
      'an empty number',
      () => readUnsigned(node('0200'), 'n'),
      'ERR_DER_VALUE',
      'byte 0: n: not a minimal non-negative integer',
    ],
    ['a cut arc', () => readOid(node('060186'), 'id'), 'ERR_DER_VALUE', 'byte 0: id: a cut object identifier'],
    ['a padded arc', () => readOid(node('06032a8001'), 'id'), 'ERR_DER_VALUE', 'byte 0: id: an arc is not minimal'],
    ['a truth of 1', () => readBoolean(node('010101'), 'flag'), 'ERR_DER_VALUE', 'byte 0: flag: no DER boolean'],
    [
      'loose bits',
      () => readBitBytes(node('030205a0'), 'bits'),
      'ERR_DER_VALUE',
      'byte 0: bits: not a bit string of whole bytes',
    ],
    ['broken UTF-8', () => readText(node('0c01ff'), 'text'), 'ERR_DER_VALUE', 'byte 0: text: not UTF-8'],
    ['half a character', () => readText(node('1e0141'), 'text'), 'ERR_DER_VALUE', 'byte 0: text: half a character'],
    [
      '31 February',
      () => readTime(node(hex(Buffer.from('\x17\x0d250231000000Z', 'latin1'))), 'time'),
      'ERR_DER_VALUE',
      'byte 0: time: no time',
    ],
    [
      'a time without seconds',
      () => readTime(node(hex(Buffer.from('\x17\x0b2501010000Z', 'latin1'))), 'time'),
      'ERR_DER_VALUE',
      'byte 0: time: no time',
    ],
  ])('is refused when it is %s', (_, read, code, message) => {
    expect(read).toThrow(trouble(code, message))
  })
})
