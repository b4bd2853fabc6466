import { expect, test } from 'vitest'
import { Secret } from '../../src/domain/secret.ts'
import { plainValue } from '../../src/inspect/plain-value.ts'

const mask = (text: string) => text.replaceAll('hush', '•••')

test.each<[string, unknown, unknown]>([
  ['plain values', { a: 1, b: true, c: null, d: 'x' }, { a: 1, b: true, c: null, d: 'x' }],
  ['texts, and names', { hush: ['say hush'] }, { '•••': ['say •••'] }],
  ['secrets', { field: new Secret('anything') }, { field: '•••' }],
  ['what is called a secret', { password: 'plain', key: ['k'], other: 1 }, { password: '•••', key: ['•••'], other: 1 }],
  [
    'bytes',
    { bytes: Buffer.from('hush'), view: new Uint16Array(3), raw: new ArrayBuffer(5) },
    { bytes: '4 bytes', view: '6 bytes', raw: '5 bytes' },
  ],
  ['errors', new TypeError('no hush'), { name: 'TypeError', message: 'no •••' }],
  ['maps and sets', { map: new Map([['a', 'hush']]), set: new Set([1n]) }, { map: [['a', '•••']], set: ['1'] }],
  [
    'what makes itself JSON',
    { at: new Date(0), url: new URL('https://a.test/hush') },
    { at: '1970-01-01T00:00:00.000Z', url: 'https://a.test/•••' },
  ],
  ['functions', { guard: function isKnown() {} }, { guard: { type: 'isKnown' } }],
  ['symbols, and what is undefined', { a: Symbol('hush'), b: undefined }, {}],
])('%s become JSON', (_, value, json) => {
  expect(JSON.parse(JSON.stringify(plainValue(value, mask)))).toEqual(json)
})

test('a circle ends; what is there twice is shown twice', () => {
  const shared = { x: 1 }
  const circle: Record<string, unknown> = { one: shared, two: shared }
  circle.self = circle
  expect(plainValue(circle, mask)).toEqual({ one: { x: 1 }, two: { x: 1 }, self: '[Circular]' })
})
