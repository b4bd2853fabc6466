import { describe, expect, test } from 'vitest'
import { asciiOf } from '../../../src/ui/look/ascii.ts'
import { depthOf, isAsciiLocale, isPlainPlace, lookOf, PLAIN_LOOK } from '../../../src/ui/look/look.ts'
import { paintRow } from '../../../src/ui/look/paint.ts'
import { span } from '../../../src/ui/rows/row.ts'
import { widthOf } from '../../../src/ui/text-width.ts'
import { GLYPHS, SPINNER } from '../../../src/ui/theme.ts'

const ESC = '\u001b['

test.each([
  [{ TERM: 'xterm-256color' }, '256'],
  [{ TERM: 'xterm-256color', COLORTERM: 'truecolor' }, 'true'],
  [{ TERM: 'xterm-kitty' }, 'true'],
  [{ TERM: 'linux' }, '16'],
  [{ TERM: 'dumb' }, 'none'],
  [{}, '16'],
  [{ TERM: 'xterm-256color', NO_COLOR: '1' }, 'none'],
  [{ TERM: 'xterm-256color', NO_COLOR: '' }, '256'],
  [{ NO_COLOR: '1', FORCE_COLOR: '3' }, 'true'],
  [{ COLORTERM: 'truecolor', FORCE_COLOR: '0' }, 'none'],
  [{ COLORTERM: 'truecolor', FORCE_COLOR: 'false' }, 'none'],
  [{ COLORTERM: 'truecolor', FORCE_COLOR: '1' }, '16'],
  [{ COLORTERM: 'truecolor', FORCE_COLOR: '2' }, '256'],
] as const)('colours by %j: %s', (env, depth) => {
  expect(depthOf(env, 'linux')).toBe(depth)
})

test('a console of Windows sets none of the variables', () => {
  expect(depthOf({}, 'win32')).toBe('true')
})

test.each([
  [{ LANG: 'C.UTF-8' }, false],
  [{ LANG: 'de_DE.utf8' }, false],
  [{ LANG: 'de_DE.ISO-8859-1' }, true],
  [{ LC_ALL: 'C', LANG: 'en_US.UTF-8' }, true],
  [{ LC_CTYPE: 'POSIX' }, true],
  [{ LANG: 'ja_JP' }, false],
  [{}, false],
])('characters by %j: ASCII %s', (env, isAscii) => {
  expect(isAsciiLocale(env)).toBe(isAscii)
})

test.each([
  [{ TERM: 'dumb' }, true],
  [{ TERM: 'xterm', CI: 'true' }, true],
  [{ TERM: 'xterm', CI: 'false' }, false],
  [{ TERM: 'xterm', CI: '' }, false],
  [{ TERM: 'xterm' }, false],
])('plain lines by %j: %s', (env, isPlain) => {
  expect(isPlainPlace(env)).toBe(isPlain)
})

describe('the theme', () => {
  const env = { COLORTERM: 'truecolor' }
  const nameOf = (choice: Parameters<typeof lookOf>[0]) => lookOf(choice, env, 'linux').theme.name

  test('is that of the terminal', () => {
    expect(nameOf({ background: '#fdf6e3' })).toBe('light')
    expect(nameOf({ background: '#002b36' })).toBe('dark')
    expect(nameOf({})).toBe('dark')
  })

  test('or what was asked for', () => {
    expect(nameOf({ name: 'dark', background: '#ffffff' })).toBe('dark')
    expect(nameOf({ name: 'contrast' })).toBe('contrast')
    expect(lookOf({ name: 'none' }, env, 'linux').depth).toBe('none')
    expect(lookOf({ isAscii: true }, env, 'linux').isAscii).toBe(true)
  })
})

describe('a row', () => {
  const row = [span('Hi ', { bold: true }), span('you', { dim: true }), span('!', { color: 'error', inverse: true })]

  test('has the page behind all of its cells', () => {
    const painted = paintRow(row, PLAIN_LOOK, 9)
    expect(painted).toContain(`${ESC}0;1;38;2;240;240;240;48;2;31;31;31mHi `)
    expect(painted).toContain(`${ESC}0;38;2;180;180;180;48;2;31;31;31myou`)
    expect(painted).toMatch(/m {2}\u001b\[0m$/)
  })

  test('says only what changes', () => {
    const same = [span('a'), span('b', { color: 'accent' }), span('c', { color: 'accent' }), span('d', { bold: true })]
    expect(paintRow(same, { ...PLAIN_LOOK, depth: '16' }, 4)).toBe(
      `${ESC}0;97;40ma${ESC}96mbc${ESC}0;1;97;40md${ESC}0m`,
    )
  })

  test('has no colours, and keeps what else a terminal can do', () => {
    expect(paintRow(row, { ...PLAIN_LOOK, depth: 'none' }, 9)).toBe(`${ESC}0;1mHi ${ESC}0;2myou${ESC}0;7m!${ESC}0m`)
  })

  test('has two codes of sixteen colours', () => {
    expect(paintRow([span('x')], { ...PLAIN_LOOK, depth: '16' }, 1)).toBe(`${ESC}0;97;40mx${ESC}0m`)
  })
})

test('each glyph has one of ASCII that is as wide', () => {
  const all = [...Object.values(GLYPHS), ...SPINNER, '╭─╮│╰╯ ○ ⇄ ▂▄▆█ · – — × » ’ “” ↑ ↓ … ▀▄█']
  for (const text of all) {
    expect(asciiOf(text), text).toMatch(/^[\x20-\x7e]*$/)
    expect(widthOf(asciiOf(text))).toBe(widthOf(text))
  }
  expect(asciiOf('Ärger 漢字')).toBe('Ärger 漢字')
})
