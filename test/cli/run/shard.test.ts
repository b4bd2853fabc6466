import { describe, expect, test } from 'vitest'
import { inShard, parseShard } from '../../../src/cli/run/shard.ts'

const cases = Array.from({ length: 23 }, (_, index) => ({ name: `case-${index}` }))
const parts = (count: number, times: Record<string, number> = {}) =>
  Array.from({ length: count }, (_, index) =>
    inShard(cases, { index: index + 1, count }, times).map(({ name }) => name),
  )

describe('shards', () => {
  test.each([1, 2, 3, 5, 22, 23, 40])('of %i hold each case once, in their order', (count) => {
    const all = parts(count, { 'case-3': 5_000, 'case-7': 10 })
    expect(all.flat().sort()).toEqual(cases.map(({ name }) => name).sort())
    const place = (name: string) => cases.findIndex((one) => one.name === name)
    for (const part of all) expect(part).toEqual([...part].sort((a, b) => place(a) - place(b)))
  })

  test('have as many cases without times', () => {
    expect(parts(4).map((part) => part.length)).toEqual([6, 6, 6, 5])
  })

  test('take about the same time with times: the longest case has a part for itself', () => {
    const times = Object.fromEntries(cases.map(({ name }, index) => [name, index === 11 ? 9_000 : 400]))
    const all = parts(2, times)
    const sums = all.map((part) => part.reduce((sum, name) => sum + times[name]!, 0))
    expect(all.find((part) => part.includes('case-11'))).toEqual(['case-11'])
    expect(sums).toEqual([9_000, 8_800])
  })

  test('of a case without a time count it as the mean of the others', () => {
    const times = Object.fromEntries(cases.slice(1).map(({ name }) => [name, 100]))
    expect(parts(2, times).map((part) => part.length)).toEqual([12, 11])
  })
})

test.each(['0/3', '4/3', '1/0', '1', '1/', 'a/b', '-1/3', '1/3/5', '1.5/3', ''])('"%s" is no shard', (text) => {
  expect(() => parseShard(text)).toThrow(`"${text}" is no shard`)
})

test('2/3 is one', () => expect(parseShard('2/3')).toEqual({ index: 2, count: 3 }))
