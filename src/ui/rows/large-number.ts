import type { Screen } from '../../domain/screen.ts'
import { THEME } from '../theme.ts'
import { type Row, span } from './row.ts'
import type { Section } from './section.ts'

/** Three by five points for each digit, row by row. */
const DIGITS: Readonly<Record<string, string>> = {
  0: '###' + '#.#' + '#.#' + '#.#' + '###',
  1: '.#.' + '##.' + '.#.' + '.#.' + '###',
  2: '###' + '..#' + '###' + '#..' + '###',
  3: '###' + '..#' + '###' + '..#' + '###',
  4: '#.#' + '#.#' + '###' + '..#' + '..#',
  5: '###' + '#..' + '###' + '..#' + '###',
  6: '###' + '#..' + '###' + '#.#' + '###',
  7: '###' + '..#' + '..#' + '..#' + '..#',
  8: '###' + '#.#' + '###' + '#.#' + '###',
  9: '###' + '#.#' + '###' + '..#' + '###',
}

const POINTS = { columns: 3, rows: 5 } as const

/** Rows of blocks; a point is two cells wide, so that digits have the shape that they have on paper. */
export const largeDigits = (digits: string): string[] =>
  Array.from({ length: POINTS.rows }, (_, row) =>
    [...digits]
      .map((digit) => DIGITS[digit]!.slice(row * POINTS.columns, (row + 1) * POINTS.columns))
      .map((points) => points.replaceAll('#', '██').replaceAll('.', '  '))
      .join('  '),
  )

/** A line that is nothing but a number is there to be matched, read across a room. */
const TO_MATCH = /^\d{1,6}$/

/** The number to match, as the largest thing on its page; it gives way to all that can be acted on. */
export function largeNumberSection(screen: Screen, width: number): Section | null {
  const number = screen.body.find(({ text, tone = 'normal' }) => tone === 'normal' && TO_MATCH.test(text))?.text
  if (number === undefined) return null
  const lines = largeDigits(number)
  const left = Math.max(0, Math.floor((width - lines[0]!.length) / 2))
  return {
    min: 0,
    max: lines.length,
    priority: 0,
    draw: (height) =>
      height < lines.length
        ? []
        : lines.map((line): Row => [span(' '.repeat(left)), span(line, { color: THEME.accentLight })]),
  }
}
