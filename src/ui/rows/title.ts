import type { Screen } from '../../domain/screen.ts'
import type { FrameWords } from '../../texts/frame-words.ts'
import { cut, evenly, widthOf, wrap } from '../text-width.ts'
import { chip, GLYPHS, THEME, TONES } from '../theme.ts'
import { cutRow, type Row, type Span, span } from './row.ts'
import { fixed, type Section } from './section.ts'

const TITLE_ROWS_MAX = 2

/** The school's background, across the card, with its logo and its name on it. */
function brandRows({ name, color, logo = [] }: NonNullable<Screen['brand']>, width: number): Row[] {
  const style = chip(color)
  const drawn = evenly(logo.map((row) => cut(row, width - 2)))
  const inBand = (part: Span): Row => [
    span(' ', style),
    part,
    span(' '.repeat(Math.max(0, width - 1 - widthOf(part.text))), style),
  ]
  return [
    ...drawn.map((row) => inBand({ ...span(row, style), isLogo: true })),
    inBand(span(cut(name, width - 2), style)),
  ]
}

export function titleSection(screen: Screen, width: number): Section {
  const { brand } = screen
  const rows: Row[] = brand ? brandRows(brand, width) : []
  for (const line of wrap(screen.title, width).slice(0, TITLE_ROWS_MAX)) rows.push([span(line, { bold: true })])
  return fixed(rows)
}

export function failureSection(failure: NonNullable<Screen['failure']>, { frame }: FrameWords, width: number): Section {
  const [first = '', ...rest] = wrap(failure.text, width - 2).slice(0, 3)
  const room = width - widthOf(frame.errorCode) - 3
  return fixed([
    [span(`${GLYPHS.error} ${first}`, { color: THEME.error })],
    ...rest.map((line) => [span(`  ${line}`, { color: THEME.error })]),
    [span(`  ${frame.errorCode} `, { dim: true }), span(cut(failure.code, room), { bold: true })],
  ])
}

/** Body text gives way first; what a person has to correct gives way last. */
export function bodySection(screen: Screen, width: number): Section | null {
  // What the failure says is above it already.
  const lines = screen.body.filter(({ text }) => text !== screen.failure?.text)
  const signInText = screen.brand?.signInPageText
  if (signInText && !lines.some(({ text }) => text === signInText)) lines.push({ text: signInText, tone: 'detail' })
  const rows = lines.flatMap(({ text, tone = 'normal' }) => {
    const { prefix, style } = TONES[tone]
    return wrap(text, width - prefix.length).map((part, index) => ({
      isError: tone === 'error',
      row: [span((index === 0 ? prefix : ' '.repeat(prefix.length)) + part, style)],
    }))
  })
  if (rows.length === 0) return null
  const errors = rows.filter(({ isError }) => isError).length
  return {
    min: Math.min(errors, 3),
    max: rows.length,
    priority: 0,
    draw(height) {
      let others = height - Math.min(errors, height)
      const kept = rows.filter(({ isError }) => isError || others-- > 0).slice(0, height)
      if (kept.length < rows.length) {
        const last = kept.findLast(({ isError }) => !isError)
        if (last) last.row = [...cutRow(last.row, width - 2), span(' …', { dim: true })]
      }
      return kept.map(({ row }) => row)
    },
  }
}
