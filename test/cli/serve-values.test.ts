import { expect, test } from 'vitest'
import { decodeValues, encodedValues, encodeValues } from '../../src/cli/serve/values.ts'

test('values come back as what they were', () => {
  const value = {
    map: new Map<unknown, unknown>([
      ['a', new Set([1, 'b', null])],
      [7, new Map()],
    ]),
    bytes: Uint8Array.of(0, 255, 128),
    buffer: new Uint8Array(Buffer.from('x')),
    numbers: [0, -0, 1.5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
    nothing: undefined,
    texts: ['', '\u0000\ud800"\\', '$'],
    $: 'a key',
    $$: 1,
    $map: 2,
    ['__proto__']: { polluted: true },
  }
  const read = decodeValues(encodeValues(value)) as typeof value
  expect(read).toStrictEqual(value)
  expect(Object.hasOwn(read, 'nothing')).toBe(true)
  expect(Object.hasOwn(read, '__proto__')).toBe(true)
  expect(Object.is(read.numbers[1], -0)).toBe(true)
})

test('one object in two places comes back as one, and is written once', () => {
  const shared = { name: 'x'.repeat(1_000) }
  const text = encodeValues({ first: [shared], second: new Map([['k', shared]]), third: new Set([shared]) })
  expect(text.length).toBeLessThan(1_200)
  const read = decodeValues(text) as { first: object[]; second: Map<string, object>; third: Set<object> }
  expect(read.second.get('k')).toBe(read.first[0])
  expect([...read.third][0]).toBe(read.first[0])
})

test.each([
  ['a function', () => 0],
  ['a date', new Date(0)],
  ['a class', new URL('https://localhost')],
])('what is no value is a bug of ours: %s', (_, value) => {
  expect(() => encodeValues({ value })).toThrow(/cannot be kept/)
})

test.each(['', '{', '{"$":"same","as":3}', '{"$":"odd"}', '{"$":"map","of":1}', '[{"$":"same","as":-1}]'])(
  'what was not written by this is refused: %s',
  (text) => {
    expect(() => decodeValues(text)).toThrow(expect.objectContaining({ code: 'ERR_VALUES' }))
  },
)

test('a large value is written in pieces that are the text of the small ones, and is read back', () => {
  const big = {
    list: Array.from({ length: 20_000 }, (_, index) => ({ index, text: `pupil ${index} 🎒 "ü"`, none: undefined })),
    nothing: [[], new Map(), new Set(), {}, new Uint8Array()],
    odd: JSON.parse('{"$x":{"$":1},"__proto__":{"a":[1]},"":0}') as unknown,
  }
  const pieces = encodedValues(big)
  expect(pieces.length).toBeGreaterThan(10)
  const text = Buffer.concat(pieces).toString('utf8')
  expect(text).toBe(encodeValues(big))
  expect(JSON.stringify(JSON.parse(text))).toBe(text)
  expect(decodeValues(text)).toEqual(big)
  const { odd } = decodeValues(text) as { odd: object }
  expect([Object.keys(odd), Object.getPrototypeOf(odd)]).toEqual([['$x', '__proto__', ''], Object.prototype])
})
