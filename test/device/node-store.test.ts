import { beforeEach, expect, test } from 'vitest'
import { NodeStore } from '../../src/device/csp/node-store.ts'
import { seededChance } from '../../src/ports/seeded-chance.ts'

let store: NodeStore<string>
beforeEach(() => {
  store = new NodeStore()
})

test('names come in the order in which they came, interior ones too', () => {
  for (const key of ['./b/x', './a', './b/w/1', './c/x']) store.set(key, '')
  expect([store.names('.'), store.names('./b'), store.names('./a')]).toEqual([['b', 'a', 'c'], ['x', 'w'], []])
})

test('what has nothing at it or below it any more is gone, with the keys above it', () => {
  for (const key of ['./a/b/c', './a/b/d', './a/e']) store.set(key, key)
  expect(store.take('./a/b')).toEqual([
    ['./a/b/c', './a/b/c'],
    ['./a/b/d', './a/b/d'],
  ])
  expect([store.has('./a/b'), store.names('./a'), store.has('./a')]).toEqual([false, ['e'], true])
  store.take('./a/e')
  expect([store.has('./a'), store.names('.'), store.keys()]).toEqual([false, [], []])
})

test('a rollback puts back what was there, and where it was', () => {
  for (const key of ['./a/x', './b', './c']) store.set(key, 'before')
  store.begin()
  store.set('./a/y', 'new')
  store.set('./b', 'other')
  store.take('./a')
  store.set('./d/e', 'new')
  store.set('./a', 'new')
  store.rollBack()
  expect([store.names('.'), store.names('./a'), store.get('./a'), store.get('./b')]).toEqual([
    ['a', 'b', 'c'],
    ['x'],
    undefined,
    'before',
  ])
  store.set('./b', 'kept')
  expect(store.get('./b')).toBe('kept')
})

test('is a map of keys, whatever is set, taken and rolled back', () => {
  const chance = seededChance(7, 'timing')
  const pick = <T>(of: readonly T[]): T => of[Math.floor(chance.number() * of.length)]!
  const keyAt = () =>
    ['.', ...Array.from({ length: 1 + Math.floor(chance.number() * 3) }, () => pick(['a', 'b', 'c']))].join('/')
  let plain = new Map<string, string>()
  for (let step = 0; step < 5_000; step++) {
    const isHeld = chance.number() < 0.2
    const before = new Map(plain)
    if (isHeld) store.begin()
    for (let change = 0; change < (isHeld ? 4 : 1); change++) {
      const key = keyAt()
      if (chance.number() < 0.6) {
        store.set(key, String(step))
        plain.set(key, String(step))
      } else {
        store.take(key)
        for (const other of [...plain.keys()]) if (other === key || other.startsWith(`${key}/`)) plain.delete(other)
      }
    }
    if (isHeld && chance.number() < 0.5) {
      store.rollBack()
      plain = before
    } else store.keep()
    const asked = keyAt()
    const below = [...plain.keys()].filter((key) => key.startsWith(`${asked}/`))
    expect([store.get(asked), store.has(asked), store.names(asked).sort()]).toEqual([
      plain.get(asked),
      plain.has(asked) || below.length > 0,
      [...new Set(below.map((key) => key.slice(asked.length + 1).split('/')[0]!))].sort(),
    ])
  }
  expect(store.keys().sort()).toEqual([...plain.keys()].sort())
})
