import { expect, test } from 'vitest'
import { nameFrom } from '../../../src/protocols/x509/name-text.ts'
import { refusal } from '../fuzz.ts'

test.each([
  ['CN=CLS-1', [['CN', 'CLS-1']]],
  // Written from the most special on, and encoded from the most general on.
  [
    'CN=alice@contoso.example, OU=Pupils, O=Contoso School',
    [
      ['O', 'Contoso School'],
      ['OU', 'Pupils'],
      ['CN', 'alice@contoso.example'],
    ],
  ],
  [
    'CN="Room 1, east";ou=Lab',
    [
      ['OU', 'Lab'],
      ['CN', 'Room 1, east'],
    ],
  ],
  ['CN=Room 1\\, east', [['CN', 'Room 1, east']]],
  ['1.2.3.4=x', [['1.2.3.4', 'x']]],
  ['E=a@b.example', [['1.2.840.113549.1.9.1', 'a@b.example']]],
  ['', []],
])('%j', (text, attributes) => {
  expect(nameFrom(text).map(({ type, value }) => [type, value])).toEqual(attributes)
})

test.each(['alice', 'CN', 'CN=a,,', 'XX=a', 'CN="a', '=a'])('%j is refused', (text) => {
  expect(refusal(() => nameFrom(text))).toBe('ERR_X509_NAME')
})
