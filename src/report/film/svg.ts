import { escapeHtml } from '../../domain/html-text.ts'
import { PLAIN_LOOK } from '../../ui/look/look.ts'
import { painted } from '../../ui/look/paint.ts'
import type { Size } from '../../ui/model.ts'
import type { Row, Span } from '../../ui/rows/row.ts'
import { drawable, widthOf } from '../../ui/text-width.ts'
import type { TimedShot } from './pace.ts'

/** Of a cell, in units of the picture. */
const CELL = { width: 8.4, height: 16.5, baseline: 13 } as const
const MARGIN = 10
const { theme } = PLAIN_LOOK
const BACKGROUND = theme.fills.page
const TEXT = theme.inks.text

/** What the picture shows, for who does not see it. */
export interface Described {
  title: string
  description: string
}

/** One frame as a picture. */
export const stillSvg = (rows: readonly Row[], size: Size, about: Described): string => {
  const strip = new Strip()
  return picture(size, about, strip, `<g>${strip.frame(rows, 0)}</g>`)
}

/**
 * Frames that follow each other, as one picture that moves without a script: the frames lie below each other on a strip, which is moved a
 * frame at a time. Who asked for less motion sees the last one.
 */
export function animatedSvg(shots: readonly TimedShot[], size: Size, about: Described): string {
  const strip = new Strip()
  // What a glyph has below its line is never seen in the next frame.
  const height = frameHeight(size) + CELL.height
  const frames = shots.map(({ rows }, index) => strip.frame(rows, index * height)).join('')
  const last = shots.at(-1)
  const total = last ? last.from + last.forMs : 0
  const steps = shots.map(({ from }, index) => `${percent(from, total)}{transform:translateY(${-index * height}px)}`)
  const style = [
    `@keyframes film{${steps.join('')}}`,
    `#film{transform:translateY(${-(shots.length - 1) * height}px)}`,
    `@media (prefers-reduced-motion:no-preference){#film{animation:film ${total}ms step-end infinite}}`,
  ]
  return picture(size, about, strip, `<style>${style.join('')}</style><g id="film">${frames}</g>`)
}

const percent = (part: number, whole: number): string => `${Number(((part / whole) * 100).toFixed(4))}%`

const frameHeight = ({ rows }: Size): number => rows * CELL.height

/** Rows that many frames have are drawn once. */
class Strip {
  readonly #rows = new Map<string, string>()

  frame(rows: readonly Row[], y: number): string {
    return rows
      .map((row, index) => ({ drawn: drawRow(row), y: y + index * CELL.height }))
      .filter(({ drawn }) => drawn !== '')
      .map(({ drawn, y: top }) => `<use href="#${this.#idOf(drawn)}" y="${top}"/>`)
      .join('')
  }

  defs(): string {
    return [...this.#rows].map(([drawn, id]) => `<g id="${id}">${drawn}</g>`).join('')
  }

  #idOf(drawn: string): string {
    const known = this.#rows.get(drawn)
    if (known !== undefined) return known
    const id = `r${this.#rows.size}`
    this.#rows.set(drawn, id)
    return id
  }
}

function drawRow(row: Row): string {
  let column = 0
  let texts = ''
  const fills: { from: number; to: number; fill: string }[] = []
  for (const part of row) {
    const width = widthOf(part.text)
    const { ink, fill } = painted(part, theme)
    const last = fills.at(-1)
    if (last?.fill === fill && last.to === column) last.to += width
    else fills.push({ from: column, to: column + width, fill })
    texts += drawText(part, ink, column)
    column += width
  }
  return fills.map(drawFill).join('') + texts
}

/** What is behind neighbouring spans is one rectangle; the page is behind all of the picture. */
function drawFill({ from, to, fill }: { from: number; to: number; fill: string }): string {
  if (fill === BACKGROUND || to === from) return ''
  const x = round(from * CELL.width)
  return `<rect x="${x}" width="${round(to * CELL.width - x)}" height="${CELL.height}" fill="${fill}"/>`
}

function drawText({ text, bold, underline }: Span, ink: string, column: number): string {
  const bare = text.trim()
  if (bare === '') return ''
  const look = [
    ink === TEXT ? '' : ` fill="${ink}"`,
    bold ? ' font-weight="bold"' : '',
    underline ? ' text-decoration="underline"' : '',
  ].join('')
  // Fonts differ: the length keeps each cell in its column.
  const length = round(widthOf(bare) * CELL.width)
  const x = round((column + text.length - text.trimStart().length) * CELL.width)
  return `<text x="${x}" y="${CELL.baseline}" textLength="${length}"${look}>${escapeHtml(bare.replaceAll('  ', ' \u00a0'))}</text>`
}

const round = (value: number): number => Number(value.toFixed(1))

function picture(size: Size, { title, description }: Described, strip: Strip, body: string): string {
  const inner = { width: round(size.columns * CELL.width), height: frameHeight(size) }
  const width = inner.width + 2 * MARGIN
  const height = inner.height + 2 * MARGIN
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escapeHtml(drawable(title))}</title><desc>${escapeHtml(drawable(description))}</desc>`,
    `<rect width="${width}" height="${height}" rx="8" fill="${BACKGROUND}"/>`,
    `<svg x="${MARGIN}" y="${MARGIN}" width="${inner.width}" height="${inner.height}" overflow="hidden"`,
    ` font-family="'Cascadia Mono','DejaVu Sans Mono',Menlo,Consolas,monospace" font-size="14" fill="${TEXT}">`,
    `<defs>${strip.defs()}</defs>${body}</svg></svg>\n`,
  ].join('')
}
