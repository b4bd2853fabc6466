import { expect, test } from 'vitest'
import { seededChance } from '../../../src/ports/seeded-chance.ts'
import { align, reunite } from '../../../src/report/wire/align.ts'

const own2 = ({ letter }: { letter: string }): string => letter
const own = (text: string) => text

test('the same is side by side, what is new or gone alone', () => {
  expect(align([...'abcd'], [...'axcd'], own)).toEqual([
    { left: 'a', right: 'a' },
    { left: 'b' },
    { right: 'x' },
    { left: 'c', right: 'c' },
    { left: 'd', right: 'd' },
  ])
  expect(align([], [...'ab'], own)).toEqual([{ right: 'a' }, { right: 'b' }])
  expect(align([...'aa'], [...'a'], own).filter((pair) => 'left' in pair && 'right' in pair)).toHaveLength(1)
})

/** The length of the longest common subsequence, by trying. */
function longest(left: string, right: string): number {
  if (left === '' || right === '') return 0
  if (left[0] === right[0]) return 1 + longest(left.slice(1), right.slice(1))
  return Math.max(longest(left.slice(1), right), longest(left, right.slice(1)))
}

test('both sequences are kept whole, in order, and no better alignment exists', () => {
  const chance = seededChance(5, 'payload')
  const word = () => Array.from({ length: chance.integer(8) }, () => 'abc'[chance.integer(3)]).join('')
  for (let round = 0; round < 500; round++) {
    const [left, right] = [word(), word()]
    const pairs = align([...left], [...right], own)
    expect(pairs.map((pair) => ('left' in pair ? pair.left : '')).join('')).toBe(left)
    expect(pairs.map((pair) => ('right' in pair ? pair.right : '')).join('')).toBe(right)
    expect(pairs.filter((pair) => 'left' in pair && 'right' in pair)).toHaveLength(longest(left, right))
  }
})

test('sequences too long for a table still come out whole', () => {
  const [left, right] = [
    Array.from({ length: 5_000 }, (_, i) => `l${i}`),
    Array.from({ length: 5_000 }, (_, i) => `r${i}`),
  ]
  expect(align(['x', ...left], ['x', ...right], own)).toHaveLength(10_001)
})

test('what is alone on both sides meets, in the order of its side', () => {
  const met = reunite(align([...'xabx'], [...'bxax'], own), own)
  expect(met.every((pair) => 'left' in pair && 'right' in pair)).toBe(true)
  expect(met.map((pair) => ('left' in pair ? pair.left : '')).join('')).toBe('xabx')
  const numbered = (word: string) => [...word].map((letter, index) => ({ letter, index }))
  const pairs = reunite(align(numbered('aab'), numbered('baac'), own2), own2)
  expect(pairs.filter((pair) => 'left' in pair && 'right' in pair)).toHaveLength(3)
  expect(pairs.at(-1)).toEqual({ right: { letter: 'c', index: 3 } })
})

test('sequences of any length are laid side by side', () => {
  const of = (letter: string) => Array.from({ length: 100_000 }, (_, index) => `${letter}${index}`)
  const same = of('s')
  expect(align([...of('l'), ...same], [...of('r'), ...same], own)).toHaveLength(300_000)
})
