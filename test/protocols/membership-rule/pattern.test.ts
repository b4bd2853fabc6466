import { describe, expect, test } from 'vitest'
import { compilePattern } from '../../../src/protocols/membership-rule/pattern.ts'
import { lcg } from '../fuzz.ts'

const matches = (pattern: string, text: string) => compilePattern(pattern, 1).test(text)

/** Small patterns and texts over few letters, so that many match. */
function patternFrom(below: (limit: number) => number, depth: number): string {
  const atoms = ['a', 'b', '.', '[ab]', '[^a]', '\\d', '\\w', '1']
  const inner = () => patternFrom(below, depth - 1)
  const part = () => {
    if (depth === 0) return atoms[below(atoms.length)]!
    const atom = [atoms[below(atoms.length)]!, `(${inner()})`, `(?:${inner()}|${inner()})`][below(3)]!
    return atom + ['', '', '*', '+', '?', '{1,2}', '*?', '{2}'][below(8)]!
  }
  const body = Array.from({ length: 1 + below(3) }, part).join('')
  return depth === 2 ? `${['', '^'][below(2)]}${body}${['', '$'][below(2)]}` : body
}

describe('a pattern of -match', () => {
  test('finds what the platform finds, over random patterns and texts', () => {
    const below = lcg(7)
    const found = { yes: 0, no: 0 }
    for (let round = 0; round < 4000; round++) {
      const pattern = patternFrom(below, 2)
      const text = Array.from({ length: below(7) }, () => 'aabB1x'[below(6)]!).join('')
      const expected = new RegExp(pattern, 'i').test(text)
      expect({ pattern, text, found: matches(pattern, text) }).toEqual({ pattern, text, found: expected })
      found[expected ? 'yes' : 'no']++
    }
    expect(Math.min(found.yes, found.no)).toBeGreaterThan(500)
  })

  test.each<[string, string, boolean]>([
    ['[A-C]', 'b', true],
    ['[a-c-]', '-', true],
    ['[]a]', ']', true],
    ['\\[ZTDId\\]', '[ztdid]:1', true],
    ['a{', 'a{', true],
    ['\\S+\\s\\S+', 'a b', true],
    ['^$', '', true],
    ['(a*)*b', 'aac', false],
    ['a|', 'x', true],
  ])('%s in %s: %s', (pattern, text, expected) => {
    expect(matches(pattern, text)).toBe(expected)
  })

  test('is not slowed down by large classes either, and has a bounded size', () => {
    const letters = Array.from({ length: 1400 }, (_, index) => String.fromCharCode(0x4e00 + index)).join('')
    expect(matches(`([${letters}]?){600}z$`, '[OrderID]:'.repeat(50))).toBe(false)
    expect(() => matches('(([a]?){1000}){6}z$', '')).toThrow('too large')
  })

  test('is not slowed down by what makes others backtrack', () => {
    // Backtracking would take 2^5000 steps.
    expect(matches('^(a+)+b$', 'a'.repeat(5000))).toBe(false)
    expect(matches('(a|aa)*c', 'a'.repeat(5000))).toBe(false)
  })
})
