import { expect, test } from 'vitest'
import { powerOnMachine } from '../../../machines/pages/power-on.ts'
import { everyOutcome, outcomeOf, play, stateOf } from '../scene.ts'

const ordinary = { isFinishingUpdates: false }
const afterUpdates = { isFinishingUpdates: true }

test.each([
  [ordinary, 0, 'showingLogo'],
  [ordinary, 3_999, 'showingLogo'],
  [ordinary, 4_000, 'started'],
  [afterUpdates, 4_000, 'finishingUpdates'],
])('%j after %i ms: %s', async (input, ms, state) => {
  expect(stateOf(await play(powerOnMachine, input, ms))).toBe(state)
})

everyOutcome(powerOnMachine, {
  started: async () => outcomeOf(await play(powerOnMachine, ordinary, 4_000)),
  updated: async () => outcomeOf(await play(powerOnMachine, afterUpdates, 4_000, 45_000)),
})
