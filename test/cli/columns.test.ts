import { expect, test } from 'vitest'
import { columns } from '../../src/cli/columns.ts'

test('a cell can neither forge a line nor turn one around, and the columns stay straight', () => {
  expect(
    columns([
      ['NAME', 'KIND'],
      ['a\nb', 'x'],
      ['\u202egpj', 'y'],
      ['\u001b[2J', 'z'],
    ]),
  ).toEqual(['NAME  KIND', 'a␊b   x', '�gpj  y', '␛[2J  z'])
})

test('a cell that is too long moves only its own line', () => {
  expect(
    columns(
      [
        ['a', 'b'],
        ['cccc', 'd'],
        ['ee', 'f'],
      ],
      2,
    ),
  ).toEqual(['a   b', 'cccc  d', 'ee  f'])
})
