import { expect, test } from 'vitest'
import { parseXml, XML_ATTRIBUTE_LENGTH_MAX, XML_DEPTH_MAX, XML_ELEMENTS_MAX } from '../../../src/protocols/xml/read.ts'
import { boundOf, growth } from '../../growth.ts'
import { refusal } from '../fuzz.ts'

const refused = (input: string | Uint8Array) => refusal(() => parseXml(input))
const bytes = (...values: number[]) => new Uint8Array(values)
const utf8 = (text: string) => new TextEncoder().encode(text)

test.each([
  ['alone', '<!DOCTYPE a><a/>'],
  ['in lower case', '<!doctype a><a/>'],
  [
    'behind a declaration, a comment and white space',
    '\ufeff<?xml version="1.0"?>\n<!-- c --><?p i?>\n<!DOCTYPE a><a/>',
  ],
  ['with nested entities', `<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "${'&b;'.repeat(10)}">]><a>&c;</a>`],
  ['with one long entity', `<!DOCTYPE a [<!ENTITY b "${'x'.repeat(9000)}">]><a>${'&b;'.repeat(20_000)}</a>`],
  ['with an external entity', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>'],
  ['with a parameter entity', '<!DOCTYPE a [<!ENTITY % b SYSTEM "http://127.0.0.1/"> %b;]><a/>'],
])('a document type declaration %s is refused before parsing', (_, document) => {
  expect(refused(document)).toBe('ERR_XML_DOCTYPE')
})

test('a document type declaration behind the root is not well-formed', () => {
  expect(refused('<a/><!DOCTYPE a>')).toBe('ERR_XML_MALFORMED')
})

test('50,000 nested elements stop at the depth limit, and take no more than their length', async () => {
  const nested = (levels: number) => () => refused('<a>'.repeat(levels))
  expect(nested(50_000)()).toBe('ERR_XML_TOO_DEEP')
  expect(await growth(nested(3_125), nested(50_000), boundOf(16))).toBeLessThanOrEqual(boundOf(16))
})

test('the deepest document that is allowed is read', () => {
  const deep = (levels: number) => '<a>'.repeat(levels) + '</a>'.repeat(levels)
  expect([parseXml(deep(XML_DEPTH_MAX)).local, refused(deep(XML_DEPTH_MAX + 1))]).toEqual(['a', 'ERR_XML_TOO_DEEP'])
})

test('200,000 attributes and one of a megabyte are refused at their limits', () => {
  const many = (count: number) => `<a ${Array.from({ length: count }, (_, index) => `a${index}="1"`).join(' ')}/>`
  expect([refused(many(200_000)), refused(many(257)), parseXml(many(256)).attributes.length]).toEqual([
    'ERR_XML_TOO_MANY_ATTRIBUTES',
    'ERR_XML_TOO_MANY_ATTRIBUTES',
    256,
  ])
  expect(refused(`<a b="${'x'.repeat(1_000_000)}"/>`)).toBe('ERR_XML_TOO_LARGE')
  expect(parseXml(`<a b="${'x'.repeat(XML_ATTRIBUTE_LENGTH_MAX)}"/>`).attributes.length).toBe(1)
})

test('15 MB of numeric references are refused by size', () => {
  expect(refused(`<a>${'&#65;'.repeat(3_000_000)}</a>`)).toBe('ERR_XML_TOO_LARGE')
})

test('too many elements are refused', () => {
  expect(refused(`<a>${'<b/>'.repeat(XML_ELEMENTS_MAX)}</a>`)).toBe('ERR_XML_TOO_LARGE')
})

test.each([
  ['UTF-16 with its mark', bytes(0xff, 0xfe, 0x3c, 0, 0x61, 0), 'ERR_XML_ENCODING'],
  ['UTF-16 without its mark', bytes(0x3c, 0, 0x61, 0, 0x2f, 0, 0x3e, 0), 'ERR_XML_MALFORMED'],
  ['a UTF-7 label', utf8('<?xml version="1.0" encoding="utf-7"?><a/>'), 'ERR_XML_ENCODING'],
  ['an overlong sequence', bytes(0x3c, 0x61, 0x3e, 0xc0, 0xbc), 'ERR_XML_ENCODING'],
  ['an encoded surrogate', bytes(0x3c, 0x61, 0x3e, 0xed, 0xa0, 0x80), 'ERR_XML_ENCODING'],
  ['a lone surrogate', '<a>\ud800</a>', 'ERR_XML_ENCODING'],
  ['NUL', '<a>\0</a>', 'ERR_XML_MALFORMED'],
  ['a reference to NUL', '<a>&#0;</a>', 'ERR_XML_MALFORMED'],
  ['an escape character', '<a b="\x1b[2J"/>', 'ERR_XML_MALFORMED'],
  ['a control character allowed in XML 1.1 alone', '<?xml version="1.1"?><a>&#1;</a>', 'ERR_XML_MALFORMED'],
])('%s is refused', (_, input, code) => {
  expect(refused(input)).toBe(code)
})

test('the error names the first byte that is not UTF-8', () => {
  expect(() => parseXml(bytes(0x3c, 0x61, 0x3e, 0xe9, 0x3c))).toThrow('1:1 not UTF-8: byte 3 (e9)')
})

test('errors start with line and column', () => {
  expect(() => parseXml('<a>\n  <b>\n</a>')).toThrow(/^3:\d+: unexpected close tag\.$/)
  expect(() => parseXml('<a>\n'.repeat(70))).toThrow(/^65:\d+ more than 64 levels$/)
})

test('an error is short, even when the name it quotes is not', () => {
  expect(() => parseXml(`<a></${'b'.repeat(100_000)}>`)).toThrow(/^.{1,200}$/)
})

test.each(['constructor', '__proto__', 'toString', 'nbsp', 'a'])('the entity %s is not defined', (name) => {
  expect(refused(`<a>&${name};</a>`)).toBe('ERR_XML_MALFORMED')
})

test('names of the object prototype are ordinary names', () => {
  const root = parseXml(
    '<__proto__ xmlns:constructor="urn:c" __proto__="1" constructor:toString="2"><hasOwnProperty/></__proto__>',
  )
  expect([root.local, root.attributes, root.children[0]?.local]).toEqual([
    '__proto__',
    [
      { local: '__proto__', uri: '', prefix: '', value: '1' },
      { local: 'toString', uri: 'urn:c', prefix: 'constructor', value: '2' },
    ],
    'hasOwnProperty',
  ])
  expect([Object.getPrototypeOf({}) === Object.prototype, ({} as Record<string, unknown>).local]).toEqual([
    true,
    undefined,
  ])
})

test.each([
  ['nothing', ''],
  ['white space', ' \n'],
  ['two roots', '<a/><b/>'],
  ['text behind the root', '<a/>b'],
  ['an attribute twice', '<a b="1" b="2"/>'],
  ['an attribute twice by namespace', '<a xmlns:x="u" xmlns:y="u" x:b="1" y:b="2"/>'],
])('%s is not well-formed', (_, document) => {
  expect(refused(document)).toBe('ERR_XML_MALFORMED')
})
