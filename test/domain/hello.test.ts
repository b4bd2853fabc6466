import { expect, test } from 'vitest'
import { PIN_DEFAULTS, type PinRules, pinFault } from '../../src/domain/hello.ts'

const rules = (over: Partial<PinRules>): PinRules => ({ ...PIN_DEFAULTS, ...over })

test.each<[string, Partial<PinRules>, string | undefined]>([
  ['482915', {}, undefined],
  ['48291', {}, 'tooShort'],
  ['48291', { minimumLength: 4 }, undefined],
  ['4829157', { maximumLength: 6 }, 'tooLong'],
  ['48291a', {}, 'forbidsLowercase'],
  ['48291A', {}, 'forbidsUppercase'],
  ['48291!', {}, 'forbidsSpecial'],
  ['48291ä', {}, 'forbidsSpecial'],
  ['48291a', { lowercase: 'allowed' }, undefined],
  ['482915', { lowercase: 'required' }, 'needsLowercase'],
  ['482915', { uppercase: 'required' }, 'needsUppercase'],
  ['482915', { special: 'required' }, 'needsSpecial'],
  ['abcdef', { lowercase: 'allowed' }, 'needsDigits'],
  ['48291a', { lowercase: 'required', digits: 'disallowed' }, 'forbidsDigits'],
  // Microsoft's own examples of what has the same step from digit to digit, and of what has not.
  ['1111', { minimumLength: 4 }, 'tooSimple'],
  ['1234', { minimumLength: 4 }, 'tooSimple'],
  ['1357', { minimumLength: 4 }, 'tooSimple'],
  ['9630', { minimumLength: 4 }, 'tooSimple'],
  ['1593', { minimumLength: 4 }, 'tooSimple'],
  ['7036', { minimumLength: 4 }, 'tooSimple'],
  ['1231', { minimumLength: 4 }, undefined],
  ['1872', { minimumLength: 4 }, undefined],
  ['111111a', { lowercase: 'allowed' }, undefined],
])('%s by %o: %s', (pin, over, fault) => {
  expect(pinFault(pin, pin, rules(over))).toBe(fault)
})

test('the second time has to be as the first, whatever else is wrong', () => {
  expect(pinFault('1', '2', PIN_DEFAULTS)).toBe('differs')
})
