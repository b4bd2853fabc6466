import { rgbOf } from '../look/colour.ts'
import type { Look } from '../look/look.ts'
import { painted, painted256 } from '../look/paint.ts'
import type { Row, Span } from '../rows/row.ts'
import { widthOf } from '../text-width.ts'
import { pixelsOfBlocks } from './blocks.ts'
import type { CellSize } from './pixels.ts'
import { type PictureKind, pictureSequence } from './ways.ts'

/** What a terminal takes pictures in, and how large its cells are. */
export interface Pictures {
  kind: PictureKind
  cell: CellSize
}

/** A picture on its cells; they count from 0. */
export interface Placed {
  column: number
  row: number
  columns: number
  rows: number
  /** Draws it from the cursor on. */
  sequence: string
}

interface Found {
  column: number
  row: number
  spans: Span[]
}

/**
 * The logo of a frame as a picture, and the frame with its cells kept free. As it is, where no logo is on it, where it is cut, and where it
 * is no drawing of blocks.
 */
export function withPicture(frame: Row[], look: Look, pictures: Pictures): { rows: Row[]; picture?: Placed } {
  const found = logoIn(frame)
  if (!found) return { rows: frame }
  const picture = placed(found, look, pictures)
  if (!picture) return { rows: frame }
  const rows = frame.map((row) =>
    row.map((part) => (part.isLogo ? { ...part, text: ' '.repeat(widthOf(part.text)) } : part)),
  )
  return { rows, picture }
}

/** Rows of one width, one below the other. */
function logoIn(frame: readonly Row[]): Found | undefined {
  let found: Found | undefined
  for (const [index, row] of frame.entries()) {
    const at = row.findIndex(({ isLogo }) => isLogo)
    if (at === -1) continue
    const part = row[at]!
    const column = row.slice(0, at).reduce((sum, { text }) => sum + widthOf(text), 0)
    found ??= { column, row: index, spans: [] }
    const isBelow = column === found.column && index === found.row + found.spans.length
    if (!isBelow || widthOf(part.text) !== widthOf(found.spans[0]?.text ?? part.text)) return undefined
    found.spans.push(part)
  }
  return found
}

/** The last one: it is encoded once for all frames that show it. */
let last: { key: string; sequence: string | undefined } = { key: '', sequence: undefined }

function placed({ column, row, spans }: Found, look: Look, { kind, cell }: Pictures): Placed | undefined {
  const lines = spans.map(({ text }) => text)
  const { ink, fill } = look.depth === '256' ? painted256(spans[0]!, look.theme) : painted(spans[0]!, look.theme)
  const size = { columns: widthOf(lines[0]!), rows: lines.length }
  const key = JSON.stringify([kind, cell, ink, fill, lines])
  if (key !== last.key) {
    const pixels = pixelsOfBlocks(lines, cell, rgbOf(ink), rgbOf(fill))
    last = { key, sequence: pixels && pictureSequence(kind, pixels, size) }
  }
  return last.sequence === undefined ? undefined : { column, row, ...size, sequence: last.sequence }
}
