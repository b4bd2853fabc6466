import { writtenOut } from '../rows/right-to-left.ts'
import { type Row, rowWidth, type Span } from '../rows/row.ts'
import { asciiOf } from './ascii.ts'
import { type Hex, hexOf256, indexOf256, isHex, readableOn, rgbOf } from './colour.ts'
import type { Look } from './look.ts'
import type { Fill, FillRole, Ink } from './roles.ts'
import { THEMES_16, type Theme } from './themes.ts'

const ESC = '\u001b['

/** A span's colours in a theme. */
export interface Painted {
  ink: Hex
  fill: Hex
}

/** The ink that a span has where it names none. */
export const inkOf = ({ color, dim }: Span): Ink => color ?? (dim === true ? 'detail' : 'text')

/** Which colours a span has in a theme; the page is behind what names no fill. A tenant's colour is a fill, never an ink. */
export function painted(span: Span, theme: Theme): Painted {
  const { fill, ink } = rolesOf(span, theme)
  const behind = isHex(fill) ? fill : theme.fills[fill]
  const written = ink === 'onBrand' ? readableOn(behind) : isHex(ink) ? ink : theme.inks[ink]
  return span.inverse === true ? { ink: behind, fill: written } : { ink: written, fill: behind }
}

function rolesOf(span: Span, theme: Theme): { fill: Fill; ink: Ink } {
  const fill = span.background ?? 'page'
  const ink = inkOf(span)
  return isHex(fill) && theme.isBrandless ? { fill: 'quietFill', ink: 'onQuiet' } : { fill, ink }
}

/** A row as a terminal takes it: `width` cells where there are colours, so that the page is behind all of them. */
export function paintRow(row: Row, look: Look, width: number): string {
  const rest = width - rowWidth(row)
  const whole: Row = look.depth === 'none' || rest <= 0 ? row : [...row, { text: ' '.repeat(rest) }]
  let out = ''
  let before = PLAIN
  for (const span of whole) {
    if (span.text === '') continue
    const style = { marks: marksOf(span, look).join(';'), ...colourCodes(span, look) }
    out += change(before, style) + (look.isAscii ? asciiOf(span.text) : writtenOut(span))
    before = style
  }
  return isSame(before, PLAIN) ? out : `${out}${ESC}0m`
}

interface Style {
  marks: string
  ink: string
  fill: string
}

const PLAIN: Style = { marks: '', ink: '', fill: '' }

const isSame = (one: Style, other: Style): boolean =>
  one.marks === other.marks && one.ink === other.ink && one.fill === other.fill

/** The codes from one style to the next: each byte is sent each second, on lines that may be slow. */
function change(before: Style, style: Style): string {
  if (isSame(before, style)) return ''
  const isKept = before.marks === style.marks && style.ink !== '' && style.fill !== '' && before !== PLAIN
  const codes = isKept
    ? [style.ink === before.ink ? '' : style.ink, style.fill === before.fill ? '' : style.fill]
    : ['0', style.marks, style.ink, style.fill]
  return `${ESC}${codes.filter((code) => code !== '').join(';')}m`
}

function marksOf({ bold, dim, underline, inverse }: Span, { depth }: Look): number[] {
  const isPlain = depth === 'none'
  return [
    ...(bold ? [1] : []),
    // Terminals dim to a contrast that only they know: where there are colours the theme has one for it.
    ...(isPlain && dim ? [2] : []),
    ...(underline ? [4] : []),
    ...(isPlain && inverse ? [7] : []),
  ]
}

function colourCodes(span: Span, { theme, depth }: Look): Pick<Style, 'ink' | 'fill'> {
  switch (depth) {
    case 'none':
      return { ink: '', fill: '' }
    case '16':
      return codes16(span, theme)
    case '256': {
      const { ink, fill } = painted256(span, theme)
      return { ink: `38;5;${indexOf256(ink)}`, fill: `48;5;${indexOf256(fill)}` }
    }
    case 'true': {
      const { ink, fill } = painted(span, theme)
      return { ink: `38;2;${rgbOf(ink).join(';')}`, fill: `48;2;${rgbOf(fill).join(';')}` }
    }
  }
}

/** The same where there are 256 colours: what is written on a school's colour is chosen for the colour that is shown. */
export function painted256(span: Span, theme: Theme): Painted {
  const rounded = (colour: Hex): Hex => hexOf256(indexOf256(colour))
  const fill = isHex(span.background) ? { background: rounded(span.background) } : {}
  const { ink, fill: behind } = painted({ ...span, ...fill }, theme)
  return { ink: rounded(ink), fill: rounded(behind) }
}

/** A school's colour has no likeness among sixteen: the accent is in its place. */
export function roles16(span: Span, theme: Theme): { ink: number; fill: number } {
  const { inks, fills } = THEMES_16[theme.name]
  const { fill, ink } = rolesOf(span, theme)
  const behind: FillRole = isHex(fill) ? 'accentFill' : fill
  const written = ink === 'onBrand' || isHex(ink) ? 'onAccent' : ink
  return span.inverse === true
    ? { ink: fills[behind], fill: inks[written] }
    : { ink: inks[written], fill: fills[behind] }
}

function codes16(span: Span, theme: Theme): Pick<Style, 'ink' | 'fill'> {
  const { ink, fill } = roles16(span, theme)
  const code = (index: number, first: number) => String(index < 8 ? first + index : first + 60 + index - 8)
  return { ink: code(ink, 30), fill: code(fill, 40) }
}

/** Only the rows that changed. */
export function ansiChange(
  before: readonly Row[] | undefined,
  rows: readonly Row[],
  look: Look,
  width: number,
): string {
  const paint = (row: Row) => paintRow(row, look, width)
  const old = before?.map(paint)
  const changed = rows.map(paint).flatMap((row, index) => {
    if (old && row === old[index]) return []
    return [`${ESC}${index + 1};1H${ESC}2K${row}`]
  })
  return (old ? '' : `${ESC}?25l${ESC}2J`) + changed.join('')
}

/** Puts a fill behind all of a row that has none. */
export const onFill = (row: Row, background: Fill): Row =>
  row.map((span) => (span.background === undefined ? { ...span, background } : span))
