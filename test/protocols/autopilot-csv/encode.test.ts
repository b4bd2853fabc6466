import { expect, test } from 'vitest'
import { csvFieldTrouble, encodeAutopilotCsv } from '../../../src/protocols/autopilot-csv/encode.ts'

const text = (...given: Parameters<typeof encodeAutopilotCsv>) =>
  Buffer.from(encodeAutopilotCsv(...given)).toString('latin1')
const DEVICE = { serialNumber: 'SIM-1', hardwareHash: 'T0E=' }

test('a file has three columns, and those that are used', () => {
  expect(text([DEVICE])).toBe('Device Serial Number,Windows Product ID,Hardware Hash\r\nSIM-1,,T0E=\r\n')
  expect(text([DEVICE, { ...DEVICE, groupTag: 'Lab' }])).toBe(
    'Device Serial Number,Windows Product ID,Hardware Hash,Group Tag\r\nSIM-1,,T0E=,\r\nSIM-1,,T0E=,Lab\r\n',
  )
  expect(text([{ ...DEVICE, assignedUser: 'a@b.example' }])).toBe(
    'Device Serial Number,Windows Product ID,Hardware Hash,Group Tag,Assigned User\r\nSIM-1,,T0E=,,a@b.example\r\n',
  )
})

test('a file of a partner has his columns, and nothing of an administrator', () => {
  const row = { ...DEVICE, groupTag: 'Lab', manufacturer: 'Contoso', model: 'SimBook SE' }
  expect(text([row], 'partner')).toBe(
    'Device Serial Number,Windows Product ID,Hardware Hash,Manufacturer name,Device model\r\n' +
      'SIM-1,,T0E=,Contoso,SimBook SE\r\n',
  )
})

test('it is ANSI', () => {
  const bytes = encodeAutopilotCsv([{ ...DEVICE, groupTag: '\u00fc€' }])
  expect([...bytes.slice(-4)]).toEqual([0xfc, 0x80, 13, 10])
})

test.each([
  ['a,b', '"a,b" holds ",", which ends or breaks a field'],
  ['a"', '"a\\"" holds "\\"", which ends or breaks a field'],
  ['a\n', '"a\\n" holds "\\n", which ends or breaks a field'],
  ['a\u0081', '"a\u0081" holds "\u0081", which ends or breaks a field'],
  ['\u0416', '"\u0416" is not in ANSI (Windows-1252)'],
])('%j cannot stand in it', (groupTag, message) => {
  expect(csvFieldTrouble(groupTag)).toBe(message)
  expect(() => encodeAutopilotCsv([{ ...DEVICE, groupTag }])).toThrow(new RangeError(message))
})
