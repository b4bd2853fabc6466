import { expect, test } from 'vitest'
import { parseXml } from '../../../src/protocols/xml/read.ts'
import { element, escapeAttribute, escapeText, joinXml, leaf, text } from '../../../src/protocols/xml/write.ts'

test('text and attributes are escaped by construction', () => {
  const out = element('a', { b: `<&>"'\t\n\r`, c: undefined }, text('<&>"\r\n]]>'), leaf('d', 7))
  expect(out).toBe('<a b="&lt;&amp;&gt;&quot;\'&#x9;&#xA;&#xD;">&lt;&amp;&gt;"&#xD;\n]]&gt;<d>7</d></a>')
})

test('what is written is read back unchanged', () => {
  const value = ` <&>"'\t\n\r ]]> \uf000 \u{1f600} é `
  const root = parseXml(element('a', { b: value }, text(value)))
  expect([root.text, root.attributes]).toEqual([value, [{ local: 'b', uri: '', prefix: '', value }]])
})

test('an element without a children argument is an empty-element tag, one with an empty text is not', () => {
  expect(joinXml(element('a'), element('b', {}, text('')), element('c', {}, undefined), element('d', {}, []))).toBe(
    '<a/><b></b><c></c><d></d>',
  )
})

test('what XML 1.0 cannot carry becomes a replacement character', () => {
  expect(escapeText('a\0b\x1bc\ud800d\uffffe\u{1f600}')).toBe('a\ufffdb\ufffdc\ufffdd\ufffde\u{1f600}')
  expect(escapeAttribute('\x08')).toBe('\ufffd')
})

test('the list separator is written as a reference', () => {
  expect(leaf('Data', 'a\uf000b')).toBe('<Data>a&#xF000;b</Data>')
})

test('a name that is no XML name is a mistake of the programmer', () => {
  expect(() => element('a b')).toThrow('Not an XML name: "a b"')
  expect(() => element('a', { 'b="': 'c' })).toThrow('Not an XML name')
})
