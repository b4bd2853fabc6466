import { describe, expect, test } from 'vitest'
import {
  whatIsWrongWithComputerName,
  whatIsWrongWithDeviceName,
  whatIsWrongWithNameTemplate,
} from '../../src/domain/device-names.ts'
import { whatIsWrongWithProfileName } from '../../src/domain/profile-names.ts'

const MACROS = 'it knows %SERIAL% and %RAND:x%, in capitals, with x from 1 to 15'
const CHARACTERS = 'a device name has letters from A to Z, digits and hyphens'

describe('a template of device names', () => {
  test.each([
    '',
    '%SERIAL%',
    'CLS-%SERIAL%',
    'LIB-%RAND:5%',
    'ABCDEFG%SERIAL%',
    // Too long with any serial number, which is cut from its beginning.
    'Test-Device-%SERIAL%',
    'TEN-LETTER%RAND:5%',
    'x%RAND:14%',
    'PC01',
    '2024-%RAND:4%',
  ])('%j is taken', (template) => {
    expect(whatIsWrongWithNameTemplate(template)).toBeUndefined()
  })

  test.each([
    ['MYCOMPANY-LAPTOP-%RAND:5%', 'makes names of 22 characters: 15 are possible'],
    ['ELEVENCHARS%RAND:5%', 'makes names of 16 characters: 15 are possible'],
    ['SIXTEEN-LETTERS-%SERIAL%', 'makes names of 16 characters: 15 are possible'],
    ['%RAND:16%', 'makes names of 16 characters: 15 are possible'],
    ['%RAND:5%', 'makes names of digits alone'],
    ['20%RAND:5%', 'makes names of digits alone'],
    ['12345', 'makes names of digits alone'],
    ['PC %SERIAL%', `may not hold " ": ${CHARACTERS}`],
    ['PC_%SERIAL%', `may not hold "_": ${CHARACTERS}`],
    ['Klaß-%SERIAL%', `may not hold "ß": ${CHARACTERS}`],
    ['100%-%SERIAL', `has the unknown macro "%-%": ${MACROS}`],
    ['PC%SERIAL', `may not hold "%": ${CHARACTERS}`],
    ['PC-%USERNAME%', `has the unknown macro "%USERNAME%": ${MACROS}`],
    ['%serial%', `has the unknown macro "%serial%": ${MACROS}`],
    ['PC-%rand:4%', `has the unknown macro "%rand:4%": ${MACROS}`],
    ['PC-%RAND:0%', `has the unknown macro "%RAND:0%": ${MACROS}`],
    ['PC-%RAND:%', `has the unknown macro "%RAND:%": ${MACROS}`],
    ['PC-%RAND:-1%', `has the unknown macro "%RAND:-1%": ${MACROS}`],
    ['PC-%RAND:100%', `has the unknown macro "%RAND:100%": ${MACROS}`],
    ['%SERIAL%%RAND:3%', 'has 2 macros: it may have one, %SERIAL% or %RAND:x%'],
    ['A%RAND:3%-%RAND:3%', 'has 2 macros: it may have one, %SERIAL% or %RAND:x%'],
  ])('%j is refused: it %s', (template, wrong) => {
    expect(whatIsWrongWithNameTemplate(template)).toBe(wrong)
  })
})

test.each([
  ['PC-001', undefined],
  ['FIFTEEN-LETTERS', undefined],
  ['THIS-NAME-IS-MUCH-TOO-LONG-01', 'has 29 characters: 15 are possible'],
  ['PC 001', `may not hold " ": ${CHARACTERS}`],
  ['PC-%SERIAL%', `may not hold "%": ${CHARACTERS}`],
  ['123456', 'has digits alone'],
  ['', 'is empty'],
])('of the device name %j is wrong: %s', (name, wrong) => {
  expect(whatIsWrongWithDeviceName(name)).toBe(wrong)
})

test.each([
  ['%SERIAL%-%RAND:3%', undefined],
  ['PC%RAND:2%%RAND:2%', undefined],
  ['%RAND:5%%RAND:5%', 'makes names of digits alone'],
  ['', 'is empty'],
])('the Accounts CSP takes more than one macro: of %j is wrong: %s', (name, wrong) => {
  expect(whatIsWrongWithComputerName(name)).toBe(wrong)
})

const LIST = 'the name of a profile has letters, digits, spaces and : " ? . @ $ & _ [ ] { } | \\'

test.each([
  ['Classroom laptops', undefined],
  ['Klassen 5 bis 10: Zürich & "Süd" [neu] {a} | b\\c? x@y $1 _', undefined],
  ['n'.repeat(200), undefined],
  ['n'.repeat(201), 'has 1 to 200 characters'],
  ['', 'has 1 to 200 characters'],
  ['  ', 'has 1 to 200 characters'],
  ['Year-one', `may not hold "-": ${LIST}`],
  ['Laptops (EU)', `may not hold "(": ${LIST}`],
  ['a/b', `may not hold "/": ${LIST}`],
  ['smile 😀', `may not hold "😀": ${LIST}`],
])('of the profile name %j is wrong: %s', (name, wrong) => {
  expect(whatIsWrongWithProfileName(name)).toBe(wrong)
})
