import { expect, test } from 'vitest'
import { countRun, type Detail } from '../../src/coverage/count-run.ts'
import { detailOf } from '../../src/coverage/detail.ts'
import { edgesBy } from '../../src/coverage/edges.ts'
import { outcomesOf, outcomeTable } from '../../src/coverage/outcomes.ts'
import { LAMP, line, OVEN } from './lamp.ts'

const detail: Detail = { ...detailOf([]), outcomes: outcomeTable([LAMP, OVEN]) }
const outcomesIn = (...facts: object[]) => {
  const counts = countRun(
    facts.map((fact, seq) => line(seq, fact)),
    edgesBy([LAMP, OVEN]),
    detail,
  )
  return Object.fromEntries(Object.entries(counts).filter(([id]) => /^(guard|actor|delay) /.test(id)))
}
const step = (machine: string, fact: object) => ({ kind: 'transition', machine, event: 'x', ...fact })

test('there are the outcomes that a journal can tell', () => {
  expect(outcomesOf(LAMP).guards).toEqual(['guard lamp [isLate]: true', 'guard lamp [isLate]: false'])
  expect(outcomesOf(OVEN)).toEqual({
    // No later branch says that `isLocked` said no.
    guards: ['guard oven [isHot]: true', 'guard oven [isHot]: false', 'guard oven [isLocked]: true'],
    actors: ['actor oven.heating runs heat: done', 'actor oven.heating runs heat: stopped'],
    delays: ['delay oven.heating after(patience): came', 'delay oven.heating after(patience): left before'],
  })
})

test('a later branch tells that the guard of an earlier one said no', () => {
  expect(outcomesIn(step('lamp', { taken: [2] }))).toEqual({ 'guard lamp [isLate]: false': 1 })
  expect(outcomesIn(step('lamp', { taken: [1], from: 'on.bright', to: 'off' }))).toEqual({
    'guard lamp [isLate]: true': 1,
  })
})

test('an actor that ended is not stopped when its state is left; the delay was left before it came', () => {
  expect(outcomesIn(step('oven', { to: 'heating' }), step('oven', { from: 'heating', to: 'hot', taken: [1] }))).toEqual(
    {
      'guard oven [isHot]: false': 1,
      'actor oven.heating runs heat: done': 1,
      'delay oven.heating after(patience): left before': 1,
    },
  )
})

test('a delay that came stops the actor', () => {
  expect(outcomesIn(step('oven', { to: 'heating' }), step('oven', { from: 'heating', to: 'off', taken: [2] }))).toEqual(
    {
      'guard oven [isHot]: false': 1,
      'actor oven.heating runs heat: stopped': 1,
      'delay oven.heating after(patience): came': 1,
    },
  )
})

test.each([
  ['the power goes', { kind: 'power', event: 'cut', boot: 1 }],
  ['the statechart around it ends it', step('lamp', { ended: ['oven'] })],
])('%s: what ran is stopped', (_, fact) => {
  expect(outcomesIn(step('oven', { to: 'heating' }), fact)).toEqual({
    'actor oven.heating runs heat: stopped': 1,
    'delay oven.heating after(patience): left before': 1,
  })
})

test('the counters of runs without tables have none of it', () => {
  const lines = [
    line(0, step('oven', { to: 'heating' })),
    line(1, step('oven', { from: 'heating', to: 'hot', taken: [1] })),
  ]
  expect(Object.keys(countRun(lines, edgesBy([OVEN]))).filter((id) => !/^(state|transition) /.test(id))).toEqual([])
})
