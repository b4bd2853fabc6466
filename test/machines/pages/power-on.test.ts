import { expect, test } from 'vitest'
import { powerOnMachine } from '../../../machines/pages/power-on.ts'
import { everyOutcome, outcomeOf, play, stateOf } from '../scene.ts'

test.each([
  [0, 'showingLogo'],
  [3_999, 'showingLogo'],
  [4_000, 'started'],
])('after %i ms it is %s', async (ms, state) => {
  expect(stateOf(await play(powerOnMachine, {}, ms))).toBe(state)
})

everyOutcome(powerOnMachine, { started: async () => outcomeOf(await play(powerOnMachine, {}, 4_000)) })
