import { describe, expect, test } from 'vitest'
import { comparableMessage } from '../../../src/report/wire/comparable.ts'
import { VOLATILE_FIELDS } from '../../../src/report/wire/volatile.ts'

const message = (body: string, type = 'application/soap+xml; charset=utf-8', headers: Record<string, string> = {}) =>
  comparableMessage({ headers: { 'content-type': type, ...headers }, body, bytes: body.length })

describe('messages that mean the same are the same', () => {
  test.each([
    ['prefixes and declarations', '<a:x xmlns:a="urn:1"><a:y>1</a:y></a:x>', '<x xmlns="urn:1"><y>1</y></x>'],
    ['indentation and a declaration', '<x><y>1</y></x>', '\ufeff<?xml version="1.0"?>\r\n<x>\r\n  <y> 1 </y>\r\n</x>'],
    ['the order of attributes', '<x a="1" b="2"/>', '<x b="2" a="1"/>'],
    ['ids of messages', '<x><MessageID>1</MessageID></x>', '<x><MessageID>2</MessageID></x>'],
    ['numbers of commands', '<Add><CmdID>2</CmdID><Data>x</Data></Add>', '<Add><CmdID>17</CmdID><Data>x</Data></Add>'],
    ['where a service lives', '<Url>https://a.test/x?api=1</Url>', '<Url>https://b.example:8443/y?api=1</Url>'],
    ['CDATA', '<x>&lt;&amp;</x>', '<x><![CDATA[<&]]></x>'],
  ])('%s', (_, left, right) => {
    expect(message(left)).toEqual(message(right))
  })

  test('hidden fields of a form of the sign-in page', () => {
    const form = (ctx: string) => `<form><input type="hidden" name="ctx" value="${ctx}"><p>AADSTS50126</p></form>`
    expect(message(form('a'), 'text/html')).toEqual(message(form('b'), 'text/html'))
    expect(message(form('a'), 'text/html')).not.toEqual(message(form('a').replace('50126', '50053'), 'text/html'))
  })

  test('JSON in another order', () => {
    const type = 'application/json'
    expect(message('{"a":1,"b":{"c":[1,2]}}', type)).toEqual(message('{ "b": {"c":[1,2]}, "a": 1 }', type))
  })

  test('provisioning documents in another order, with another encoding of the same', () => {
    const document = (...characteristics: string[]) =>
      `<t>${Buffer.from(`<wap-provisioningdoc>${characteristics.join('\n')}</wap-provisioningdoc>`).toString('base64')}</t>`
    const [a, b] = [
      '<characteristic type="A"><parm name="x" value="1"/></characteristic>',
      '<characteristic type="B"/>',
    ]
    expect(message(document(a!, b!))).toEqual(message(document(b!, a!)))
    expect(message(document(a!))).not.toEqual(message(document(a!.replace('"1"', '"2"'))))
  })

  test('headers in the order and letters of another server', () => {
    expect(message('', 'Application/SOAP+XML;charset="UTF-8"', { date: 'now', server: 'x' })).toEqual(
      message('', 'application/soap+xml; charset=utf-8', { connection: 'close' }),
    )
  })
})

describe('messages that mean something else differ', () => {
  test.each([
    ['a namespace', '<x xmlns="urn:1"/>', '<x xmlns="urn:2"/>'],
    ['a value', '<x><y>1</y></x>', '<x><y>2</y></x>'],
    ['an attribute', '<x a="1"/>', '<x a="2"/>'],
    ['an element more', '<x><y/></x>', '<x><y/><y/></x>'],
    ['the order of commands', '<x><Add>1</Add><Get>2</Get></x>', '<x><Get>2</Get><Add>1</Add></x>'],
    ['an action', '<Action>http://schemas.microsoft.com/a</Action>', '<Action>http://schemas.microsoft.com/b</Action>'],
    ['what an address asks', '<Url>https://a.test/x?api=1</Url>', '<Url>https://a.test/x?api=2</Url>'],
    ['what is no XML', '<x', '<y'],
  ])('%s', (_, left, right) => {
    expect(message(left)).not.toEqual(message(right))
  })

  test('an item is named by its node', () => {
    expect(message('<Item><Target><LocURI>./DevInfo/Man</LocURI></Target><Data>x</Data></Item>')).toContain(
      'Item[./DevInfo/Man]/Data = x',
    )
  })

  test('a form and a header', () => {
    const type = 'application/x-www-form-urlencoded'
    expect(message('a=1&b=2', type)).not.toEqual(message('a=1&b=3', type))
    expect(message('', 'x', { 'retry-after': '1' })).not.toEqual(message('', 'x', { 'retry-after': '2' }))
  })
})

test('what is not compared is declared once, with its reason', () => {
  const names = VOLATILE_FIELDS.flatMap(({ where, names: of }) => of.map((name) => `${where} ${name.toLowerCase()}`))
  expect(names.filter((name, index) => names.indexOf(name) !== index && name !== 'field thumbprint')).toEqual([])
  expect(VOLATILE_FIELDS.every(({ why }) => why.length > 5)).toBe(true)
})

test.each([
  ['objects', `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`],
  ['arrays', '['.repeat(15_000) + ']'.repeat(15_000)],
])('JSON of %s nested too deep is compared as it is', (_, text) => {
  expect(message(text, 'application/json')).toContain(text)
})

test('a document of any number of lines within a document is compared', () => {
  const inner = Buffer.from(`<wap-provisioningdoc${'\n'.repeat(200_000)}`).toString('base64')
  expect(message(`<t>${inner}</t>`).length).toBeGreaterThan(1)
})
