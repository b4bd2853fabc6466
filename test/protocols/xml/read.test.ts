import { expect, test } from 'vitest'
import {
  attribute,
  child,
  children,
  filledTextOf,
  isNil,
  parseXml,
  path,
  textOf,
} from '../../../src/protocols/xml/read.ts'
import { fuzz } from '../fuzz.ts'

test('a document becomes a tree with namespaces, and declarations are no attributes', () => {
  const root = parseXml(
    '<?xml version="1.0"?>\r\n<p:a xmlns:p="urn:p" xmlns="urn:d" p:x="1" y="2">t<b/><![CDATA[<u>]]></p:a>',
  )
  const b = { local: 'b', uri: 'urn:d', prefix: '', attributes: [], children: [], text: '', content: [] }
  expect(root).toEqual({
    local: 'a',
    uri: 'urn:p',
    prefix: 'p',
    attributes: [
      { local: 'x', uri: 'urn:p', prefix: 'p', value: '1' },
      { local: 'y', uri: '', prefix: '', value: '2' },
    ],
    children: [b],
    text: 't<u>',
    content: ['t', b, '<u>'],
  })
})

test('bytes are read as UTF-8, with or without a byte order mark', () => {
  const bytes = new TextEncoder().encode('\ufeff<?xml version="1.0" encoding="UTF-8"?><a>é\u{1f600}</a>')
  expect(parseXml(bytes).text).toBe('é\u{1f600}')
})

test('the helpers find by local name, and by namespace when asked', () => {
  const root = parseXml('<a xmlns:n="urn:n" xmlns:i="urn:i"><b>1</b><n:b> 2 </n:b><c><d i:nil="true"> </d></c></a>')
  const d = path(root, 'c', 'd')
  expect([
    child(root, 'b')?.text,
    child(root, 'b', 'urn:n')?.text,
    child(root, 'b', 'urn:other'),
    children(root, 'b').length,
    textOf(root, 'b'),
    textOf(root, 'c', 'd'),
    textOf(root, 'c', 'missing'),
    filledTextOf(root, 'c'),
    d && isNil(d),
    attribute(d, 'nil'),
    path(root, 'x', 'y'),
    child(undefined, 'a'),
  ]).toEqual(['1', ' 2 ', undefined, 2, '1', undefined, undefined, undefined, true, 'true', undefined, undefined])
})

test('an undeclared prefix is refused, unless it is to be tolerated', () => {
  expect(() => parseXml('<a><x:b x:c="1"/></a>')).toThrow(/^1:\d+: unbound namespace prefix: "x"\.$/)
  const b = parseXml('<a><x:b x:c="1"/></a>', { tolerateUndeclaredPrefix: true }).children[0]
  expect([b?.local, b?.uri, b?.prefix, b?.attributes]).toEqual([
    'b',
    '',
    'x',
    [{ local: 'c', uri: '', prefix: 'x', value: '1' }],
  ])
})

test('mutations of a document are read or refused, and nothing else is thrown', () => {
  const valid = '<a xmlns:n="urn:n"><n:b c="1">text &amp; more</n:b><![CDATA[x]]><!-- y --><d/></a>'
  const { values, refused, other } = fuzz(valid, (text) => parseXml(text), 600)
  expect(other).toEqual([])
  expect(values > 0 && refused > 0).toBe(true)
})
