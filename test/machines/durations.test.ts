import { expect, test } from 'vitest'
import { DURATIONS } from '../../machines/durations.ts'
import { MACHINES } from './every-machine.ts'

/** Fixed delays of all charts, as `chart.delay`. */
const fixed = MACHINES.flatMap(({ id, implementations }) =>
  Object.entries(implementations.delays)
    .filter(([, delay]) => typeof delay === 'number')
    .map(([name]) => `${id}.${name}`),
)

test('each fixed duration has its certainty, and no other has one', () => {
  expect([...new Set(fixed)].sort()).toEqual(Object.keys(DURATIONS).sort())
})
