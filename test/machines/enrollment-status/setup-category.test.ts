import { expect, test } from 'vitest'
import { categoryOf, codeOf, currentStep, unknownProgress } from '../../../machines/enrollment-status/setup-category.ts'
import type { CategoryState, StepProgress } from '../../../src/domain/screen.ts'
import { aProgress } from '../samples.ts'

const step = (id: string, state: CategoryState): StepProgress => ({ id, label: id, state, status: '' })

test.each<[string, StepProgress[], string | undefined]>([
  ['without steps', [], undefined],
  ['the first of all', [step('a', 'inProgress'), step('b', 'notStarted')], 'a'],
  ['one that has not started counts', [step('a', 'succeeded'), step('b', 'notStarted')], 'b'],
  ['one that is not required is passed over', [step('a', 'notRequired'), step('b', 'inProgress')], 'b'],
  ['one that failed is where it stopped', [step('a', 'failed'), step('b', 'notStarted')], 'a'],
  ['none when all is done', [step('a', 'succeeded'), step('b', 'notRequired')], undefined],
])('the current step: %s', (_, steps, current) => {
  expect(currentStep(aProgress('deviceSetup', { steps }))).toBe(current)
})

test('a failure without a code has the unspecified one', () => {
  expect(codeOf(aProgress('deviceSetup'))).toBe('0x80004005')
  expect(codeOf(aProgress('deviceSetup', { code: '0x87d1041c' }))).toBe('0x87d1041c')
})

test('a category begins without knowing anything', () => {
  const progress = {
    id: 'deviceSetup',
    label: 'Device setup',
    state: 'inProgress',
    status: 'Working on it...',
    steps: [],
  }
  expect(unknownProgress('deviceSetup', 'Device setup')).toEqual(progress)
  expect(categoryOf('deviceSetup', 'Device setup').context()).toEqual({ progress, reached: 0 })
})
