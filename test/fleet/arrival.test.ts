import { expect, test } from 'vitest'
import { type Arrival, intendedStart } from '../../src/fleet/arrival.ts'

const starts = (arrival: Arrival, count: number, seed = 1) =>
  Array.from({ length: count }, (_, device) => intendedStart(arrival, device, count, seed)!)

test('a constant rate starts one device after the other', () => {
  expect(starts({ kind: 'constant', rate: 5 / 1_000 }, 4)).toEqual([0, 200, 400, 600])
})

test('a ramp starts as many devices as lie below its line, and keeps the last rate', () => {
  const ramp: Arrival = { kind: 'ramp', from: 1 / 1_000, to: 9 / 1_000, overMs: 10_000 }
  const all = starts(ramp, 100)
  // On the way the rate is 5/s in the mean: 50 devices, half of the way 15 of them.
  expect(all.filter((at) => at < 5_000).length).toBe(15)
  expect(all.filter((at) => at < 10_000).length).toBe(50)
  expect(all[59]! - all[50]!).toBeCloseTo(1_000)
})

test('a ramp that falls, and one that begins with nothing', () => {
  const falling = starts({ kind: 'ramp', from: 9 / 1_000, to: 1 / 1_000, overMs: 10_000 }, 60)
  expect(falling.filter((at) => at < 5_000).length).toBe(35)
  expect(starts({ kind: 'ramp', from: 0, to: 2 / 1_000, overMs: 1_000 }, 3)).toEqual([0, 1_000, 1_500])
})

test('a burst starts a group at one moment', () => {
  expect(starts({ kind: 'burst', size: 2, everyMs: 30_000 }, 5)).toEqual([0, 0, 30_000, 30_000, 60_000])
})

test('a herd starts within its time, spread by the seed, in the order of the devices', () => {
  const herd: Arrival = { kind: 'herd', withinMs: 5_000 }
  const one = starts(herd, 200)
  expect(one).toEqual(one.toSorted((a, b) => a - b))
  expect(one.every((at) => at >= 0 && at < 5_000)).toBe(true)
  expect(starts(herd, 200)).toEqual(one)
  expect(starts(herd, 200, 2)).not.toEqual(one)
})

test('with a fixed number at once no device has its time', () => {
  expect(intendedStart({ kind: 'closed', atOnce: 3 }, 7, 10, 1)).toBeUndefined()
})
