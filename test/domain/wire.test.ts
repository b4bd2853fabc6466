import { expect, test } from 'vitest'
import { wireBody, wireHeaders } from '../../src/domain/wire.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

test('a body is kept as text, anything else in base64, and nothing of what is empty', () => {
  expect(wireBody(bytes('grüß\n'))).toBe('grüß\n')
  expect(wireBody(bytes('\ufeff<a/>'))).toBe('\ufeff<a/>')
  expect(wireBody(new Uint8Array([0xff, 0x00]))).toEqual({ base64: '/wA=' })
  expect(wireBody(new Uint8Array())).toBeUndefined()
})

test('of a body that is too long the beginning is kept, and how much is missing', () => {
  const kept = wireBody(bytes('é'.repeat(100_000)))
  expect(kept).toEqual({ beginning: 'é'.repeat(65_536), missing: 200_000 - 131_072 })
  expect(wireBody(bytes('a'.repeat(131_072)))).toHaveLength(131_072)
})

test('headers stand in the order of their names', () => {
  expect(Object.keys(wireHeaders({ b: '1', 'a-c': '2', a: '3' }))).toEqual(['a', 'a-c', 'b'])
})
