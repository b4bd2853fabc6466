import { expect, test } from 'vitest'
import { pageSentence, SENTENCED_CODES } from '../../src/domain/windows-codes/page-sentences.ts'
import { CODE } from '../../src/domain/windows-codes.ts'
import { errorLines } from '../../src/screens/error-lines.ts'
import { ENGLISH } from '../../src/texts/en.ts'

const textsOf = (code: string, text = '') => errorLines({ code, text }, ENGLISH).map((line) => line.text)

test('a code of the table has its sentence, and what the server said beside it', () => {
  expect(textsOf(CODE.enrollmentUserLicense, 'the user has no licence')).toEqual([
    `There was an error with your license. You can try to do this again or contact your system administrator with the error code ${CODE.enrollmentUserLicense}.`,
    'Server error code: 80180018',
    'Correlation ID: Not available',
    'Server message: the user has no licence',
    'More information: https://www.microsoft.com/mdmerrors',
  ])
})

test('35 codes of Microsoft have a sentence, and each shows its code', () => {
  expect(SENTENCED_CODES).toHaveLength(35)
  for (const code of SENTENCED_CODES) expect(textsOf(code).join(' ')).toContain(code)
})

test.each([
  [CODE.joinDeviceLimit, 'tooMany'],
  [CODE.joinNotAuthorized, 'notAuthorized'],
  [CODE.deviceNotSupported, 'notSupported'],
  [CODE.alreadyEnrolled, 'alreadyEnrolled'],
  [CODE.nameNotResolved, undefined],
])('%s: %s', (code, sentence) => {
  expect(pageSentence(code)).toBe(sentence)
})

test('a code without a sentence shows what is known of it', () => {
  expect(textsOf(CODE.nameNotResolved, 'no such host')).toEqual(['no such host', CODE.nameNotResolved])
})
