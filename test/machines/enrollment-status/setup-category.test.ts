import { expect, test } from 'vitest'
import { categoryOf, codeOf, currentStep, unknownProgress } from '../../../machines/enrollment-status/setup-category.ts'
import type { EspStep, EspStepId } from '../../../src/domain/esp.ts'
import type { CategoryState } from '../../../src/domain/screen.ts'
import { aProgress } from '../samples.ts'

const step = (id: EspStepId, state: CategoryState): EspStep => ({ id, state, status: { says: 'working' } })

test.each<[string, EspStep[], string | undefined]>([
  ['without steps', [], undefined],
  ['the first of all', [step('certificates', 'inProgress'), step('apps', 'notStarted')], 'certificates'],
  ['one that has not started counts', [step('certificates', 'succeeded'), step('apps', 'notStarted')], 'apps'],
  [
    'one that is not required is passed over',
    [step('certificates', 'notRequired'), step('apps', 'inProgress')],
    'apps',
  ],
  ['one that failed is where it stopped', [step('certificates', 'failed'), step('apps', 'notStarted')], 'certificates'],
  ['none when all is done', [step('certificates', 'succeeded'), step('apps', 'notRequired')], undefined],
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
    state: 'inProgress',
    status: { says: 'working' },
    steps: [],
  }
  expect(unknownProgress('deviceSetup')).toEqual(progress)
  expect(categoryOf('deviceSetup').context()).toEqual({ progress })
})
