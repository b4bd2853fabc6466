import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { formatDuration, parseDuration } from '../../src/domain/duration.ts'
import { PAGES, type PageDefinition } from '../../src/domain/pages.ts'
import { safeText } from '../../src/domain/safe-text.ts'
import { Secret } from '../../src/domain/secret.ts'

test.each([
  ['a clipboard write', '\u001b]52;c;cHduZWQ=\u0007', '␛]52;c;cHduZWQ=␇'],
  ['CR, backspace, NUL', 'a\rb\bc\0', 'a␍b␈c␀'],
  ['8-bit controls', '\u009b31m\u0090', '�31m�'],
  ['a bidi override', 'abc\u202edef', 'abc�def'],
  ['zero-width and tag characters', 'a\u200bb\u{e0041}', 'a�b�'],
  ['a lone surrogate', 'a\ud800b', 'a�b'],
  ['ordinary text of all languages', 'École 学校 مدرسة', 'École 学校 مدرسة'],
])('%s is inert', (_, text, expected) => {
  expect(safeText(text)).toBe(expected)
})

test('combining marks are cut and the length is capped', () => {
  expect(safeText(`a${'\u0301'.repeat(10_000)}b`)).toBe(`a${'\u0301'.repeat(3)}b`)
  expect(safeText('x'.repeat(1_000_000))).toHaveLength(401)
})

test('nothing that a terminal acts on survives, whatever the input', () => {
  const all = Array.from({ length: 0x300 }, (_, code) => String.fromCodePoint(code)).join('')
  expect(safeText(all, 10_000)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e]/)
})

test('a secret is shown on the wire only', () => {
  const secret = new Secret('correct-horse')
  expect([String(secret), JSON.stringify({ secret }), inspect(secret)].join()).not.toContain('horse')
  expect(secret.reveal()).toBe('correct-horse')
})

test.each([
  ['250ms', 250],
  ['40s', 40_000],
  ['45m', 2_700_000],
  ['1h30m', 5_400_000],
  ['2d', 172_800_000],
  ['1.5s', 1_500],
  ['', undefined],
  ['45', undefined],
  ['-3s', undefined],
  ['3 s', undefined],
])('the duration %s is %s ms', (text, ms) => {
  expect(parseDuration(text)).toBe(ms)
})

test.each([
  [999, '1.0s'],
  [61_000, '1:01'],
  [3_723_000, '1:02:03'],
])('%i ms is shown as %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text)
})

test('every step of the seed document has a page', () => {
  const steps = Object.values<PageDefinition>(PAGES).flatMap(({ seedStep }) =>
    seedStep === undefined ? [] : [seedStep],
  )
  expect(new Set(steps)).toEqual(new Set([1, 2, 3, 4, 5, 6, 7]))
})
