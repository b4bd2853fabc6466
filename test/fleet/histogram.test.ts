import { expect, test } from 'vitest'
import { Histogram } from '../../src/fleet/histogram.ts'
import { seededChance } from '../../src/ports/seeded-chance.ts'

const chance = seededChance(1, 'fleet')
const values = Array.from({ length: 5_000 }, () => Math.floor(10 ** (chance.number() * 8)))
const sorted = values.toSorted((a, b) => a - b)

const filled = (some: readonly number[]): Histogram => {
  const histogram = new Histogram()
  for (const value of some) histogram.add(value)
  return histogram
}

test.each([0.01, 0.5, 0.9, 0.95, 0.99, 1])('the quantile %d is off by less than 0.8 %%, and never too low', (share) => {
  const exact = sorted[Math.ceil(share * sorted.length) - 1]!
  const found = filled(values).quantile(share)!
  expect(found).toBeGreaterThanOrEqual(exact)
  expect(found).toBeLessThanOrEqual(exact * 1.008 + 1)
})

test('count, sum, least and most are exact', () => {
  const histogram = filled(values)
  expect([histogram.count, histogram.sum, histogram.min, histogram.max]).toEqual([
    5_000,
    values.reduce((sum, value) => sum + value, 0),
    sorted[0],
    sorted.at(-1),
  ])
})

test('parts that are merged in any order, also as JSON, are the whole', () => {
  const parts = [values.slice(0, 700), values.slice(700, 702), [], values.slice(702)].map(filled)
  const merged = new Histogram()
  for (const part of parts.toReversed()) merged.merge(Histogram.from(JSON.parse(JSON.stringify(part))))
  expect(merged.toJSON()).toEqual(filled(values).toJSON())
})

test('every value up to 100,000 is in a bucket that holds it, and powers of two begin one', () => {
  const wrong: number[] = []
  for (let value = 0; value < 100_000; value++) {
    const histogram = new Histogram()
    histogram.add(value)
    histogram.add(2 ** 40)
    const upper = histogram.quantile(0.5)!
    if (upper < value || upper > value * 1.008 + 1) wrong.push(value)
  }
  expect(wrong).toEqual([])
})

test('an empty one has no quantile, and what is below 0 counts as 0', () => {
  const histogram = new Histogram()
  expect([histogram.quantile(0.5), histogram.min, histogram.mean]).toEqual([undefined, undefined, undefined])
  histogram.add(-5)
  expect([histogram.quantile(1), histogram.max]).toEqual([0, 0])
})
