import { expect, test } from 'vitest'
import { delayMs } from '../../src/charts/delays.ts'
import type { View } from '../../src/domain/view.ts'

const viewOf = (machine: string, ...contexts: object[]): View =>
  contexts.map((context) => ({ machine, value: '', context })) as unknown as View

test('a delay that is a constant, and a number in the chart', () => {
  expect(delayMs('powerOn', 'logo')).toBe(4_000)
  expect(delayMs('powerOn', '1500')).toBe(1_500)
})

test('one that the context says is known of a run that is under way, where one statechart of the kind runs', () => {
  const context = { timeoutMs: 3_600_000 }
  const limit = (view?: View) => delayMs('providerLimit', 'timeLimit', view)
  expect(limit()).toBeUndefined()
  expect(limit(viewOf('providerLimit', context))).toBe(3_600_000)
  expect(limit(viewOf('providerLimit', context, context))).toBeUndefined()
  expect(limit(viewOf('powerOn', context))).toBeUndefined()
})

test('what no statechart has is not known', () => {
  expect(delayMs('powerOn', 'lunch')).toBeUndefined()
  expect(delayMs('lunch', 'logo')).toBeUndefined()
})
