import { describe, expect, test } from 'vitest'
import { decodeJson, decodeLooseJson } from '../../src/protocols/json.ts'
import { parseLooseJson } from '../../src/protocols/loose-json.ts'
import { fuzz, refusal } from './fuzz.ts'

const read = (text: string) => parseLooseJson(text, 'ERR_TEST')

describe("JSON as OData's reader takes it", () => {
  test.each<[string, unknown]>([
    ['{ groupTag: "HYBRID" }', { groupTag: 'HYBRID' }],
    ["{'a':'b','c':[true,false,null]}", { a: 'b', c: [true, false, null] }],
    ['{_a$1:-1.5e2,b:.5}', { _a$1: -150, b: 0.5 }],
    [String.raw`{"a":"\"\'\u00e9\n\/"}`, { a: `"'é\n/` }],
    ['{a:"one\ntwo"}', { a: 'one\ntwo' }],
    [' [ ] ', []],
    ['{"__proto__":{"a":1}}', JSON.parse('{"__proto__":{"a":1}}')],
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  test.each([
    '{a:1,}',
    '[1,]',
    '[,]',
    '{a 1}',
    '{a-b:1}',
    '{@odata.type:1}',
    '{a:b}',
    '{a:1} x',
    '{a:1 b:2}',
    '/* x */ {a:1}',
    '{a:1 // x\n}',
    '{a:"b}',
    String.raw`{a:"\q"}`,
    String.raw`{a:"\u12"}`,
    '{"":1',
    '',
    '{:1}',
    '+1',
    'NaN',
  ])('%s is refused', (text) => {
    expect(refusal(() => read(text))).toBe('ERR_TEST')
  })

  test('what it makes of a damaged text is a value or a refusal, and depth has a bound', () => {
    const { other } = fuzz('{a:[1,"b",{c:\'d\'}],"e":null}', read, 1500)
    expect(other).toEqual([])
    expect(refusal(() => read('['.repeat(50_000)))).toBe('ERR_TEST')
  })

  test('strict JSON stays strict; a UTF-8 mark is taken by both', () => {
    const bytes = (text: string) => new TextEncoder().encode(text)
    expect(refusal(() => decodeJson(bytes('{a:1}'), 'ERR_TEST'))).toBe('ERR_TEST')
    expect(decodeLooseJson(bytes('{a:1}'), 'ERR_TEST').number('a')).toBe(1)
    expect(decodeJson(bytes('\ufeff{"a":1}'), 'ERR_TEST').number('a')).toBe(1)
    expect(decodeLooseJson(bytes('\ufeff{a:1}'), 'ERR_TEST').number('a')).toBe(1)
    expect(refusal(() => decodeLooseJson(bytes('[1]'), 'ERR_TEST'))).toBe('ERR_TEST')
  })
})
