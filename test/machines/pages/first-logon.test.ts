import { expect, test } from 'vitest'
import { firstLogonMachine } from '../../../machines/pages/first-logon.ts'
import { contextOf, everyOutcome, outcomeOf, play, stateOf } from '../scene.ts'

const input = { displayName: 'Alex Rivera' }

test.each<[number[], string]>([
  [[0], 'greeting'],
  [[1_999], 'greeting'],
  [[2_000], 'gettingReady'],
  [[2_000, 19_999], 'gettingReady'],
  [[2_000, 20_000], 'ready'],
])('after %j ms it is %s', async (waits, state) => {
  expect(stateOf(await play(firstLogonMachine, input, ...waits))).toBe(state)
})

test('the page knows whom it greets', async () => {
  expect(contextOf(await play(firstLogonMachine, input))).toEqual(input)
})

everyOutcome(firstLogonMachine, {
  ready: async () => outcomeOf(await play(firstLogonMachine, input, 2_000, 20_000)),
})
