import { expect, test } from 'vitest'
import { decodeLogo, LOGO_TEXT, logoRows } from '../../../src/protocols/entra/logo-text.ts'

test('a logo comes back in rows, without the empty one of a YAML block', () => {
  const logo = ' ▄▄▄\n▀███▀\n'
  expect(logoRows(logo)).toEqual([' ▄▄▄', '▀███▀'])
  expect(decodeLogo(`${LOGO_TEXT}${encodeURIComponent(logo)}`)).toEqual([' ▄▄▄', '▀███▀'])
})

test.each([
  ['the address of an image', 'https://aadcdn.example/logo.png'],
  ['a broken escape sequence', `${LOGO_TEXT}%E0%A4%A`],
  ['an image in the address', 'data:image/png;base64,AAAA'],
])('%s is no logo of characters', (_, tile) => {
  expect(decodeLogo(tile)).toBeUndefined()
})

test('of a logo that is too high, as many rows as fit', () => {
  expect(decodeLogo(`${LOGO_TEXT}${encodeURIComponent('x\n'.repeat(1_000))}`)).toHaveLength(6)
})
