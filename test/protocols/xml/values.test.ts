import { expect, test } from 'vitest'
import { decodeBase64, encodeBase64 } from '../../../src/protocols/xml/base64.ts'
import { parseXml } from '../../../src/protocols/xml/read.ts'
import { compact, decodeBoolean, decodeInteger, required } from '../../../src/protocols/xml/schema-values.ts'
import { serializeContent } from '../../../src/protocols/xml/serialize.ts'
import { refusal } from '../fuzz.ts'

test('base64 goes both ways, lines and missing padding included', () => {
  expect(encodeBase64(new Uint8Array([0, 255, 16]))).toBe('AP8Q')
  expect([...decodeBase64(' AP\r\n8Q ', 'ERR_X', 'it')]).toEqual([0, 255, 16])
  expect([...decodeBase64('/w', 'ERR_X', 'it')]).toEqual([255])
})

test.each(['a', '-_-_', 'AA=A', 'A===', '%'])('%s is not base64', (value) => {
  expect(refusal(() => decodeBase64(value, 'ERR_X', 'it'))).toBe('ERR_X')
})

test('booleans come in several spellings', () => {
  const spellings = ['true', 'True', '1', '-1', 'false', 'FALSE', '0', '', undefined]
  expect(spellings.map((one) => decodeBoolean(one, 'ERR_X', 'it'))).toEqual([
    ...[true, true, true, true],
    ...[false, false, false],
    ...[undefined, undefined],
  ])
  expect(refusal(() => decodeBoolean('yes', 'ERR_X', 'it'))).toBe('ERR_X')
})

test('integers are decimal and exact', () => {
  expect(['0', '-7', '+7', '9007199254740991', ''].map((one) => decodeInteger(one, 'ERR_X', 'it'))).toEqual([
    ...[0, -7, 7, 9007199254740991],
    undefined,
  ])
  expect(
    ['1.5', '0x10', '1e3', ' 1', '9007199254740993'].map((one) => refusal(() => decodeInteger(one, 'ERR_X', 'it'))),
  ).toEqual(Array(5).fill('ERR_X'))
})

test('a required part is there or refused, an optional one is there or absent', () => {
  expect(required('', 'ERR_X', 'it')).toBe('')
  expect(refusal(() => required(undefined, 'ERR_X', 'it'))).toBe('ERR_X')
  expect(Object.keys(compact({ a: 1, b: undefined, c: '' }))).toEqual(['a', 'c'])
})

test('content is written back in order, with the namespaces it needs', () => {
  const root = parseXml(
    '<d xmlns="urn:d" xmlns:p="urn:p">one <e f="&quot;&#xA;">&lt;two&gt;</e><p:g p:h="3" xml:lang="de"/><i xmlns=""><j/></i><!-- k --></d>',
  )
  const written = serializeContent(root)
  expect(written).toBe(
    'one <e f="&quot;&#xA;">&lt;two&gt;</e><p:g xmlns:p="urn:p" p:h="3" xml:lang="de"/><i xmlns=""><j/></i>',
  )
  expect(parseXml(`<d xmlns="urn:d">${written}</d>`)).toEqual(root)
})
