import type { Fill, Ink } from '../look/roles.ts'
import { cut, widthOf } from '../text-width.ts'

export interface SpanStyle {
  /** What the text is: each theme has its colour. Left out: `text`, or `detail` when it is dim. */
  color?: Ink
  /** What is behind it. Left out: the page, or the card that it is in. */
  background?: Fill
  bold?: boolean
  dim?: boolean
  underline?: boolean
  inverse?: boolean
}

/** What of a page a span belongs to, for the mouse: a control, or an option of one. */
export interface Hit {
  control: string
  option?: string
}

export interface Span extends SpanStyle {
  text: string
  hit?: Hit
  /** Written from right to left: put between isolates where it is written out, so that a terminal reorders it alone. */
  isRightToLeft?: boolean
  /** A row of the school's logo: a picture is drawn over it where the terminal takes one. */
  isLogo?: boolean
}

/**
 * One terminal row. The inside of a card is built from rows and not from flex boxes, because what has to give way when
 * it does not fit (body text, never the controls) is a decision that no flex box makes.
 */
export type Row = Span[]

export const BLANK: Row = []

export const span = (text: string, style: SpanStyle = {}): Span => ({ ...style, text })

export const rowWidth = (row: Row): number => row.reduce((sum, { text }) => sum + widthOf(text), 0)

/** Cuts a row to a width; the span that crosses the edge ends in an ellipsis. */
export function cutRow(row: Row, width: number): Row {
  const out: Row = []
  let left = width
  for (const part of row) {
    if (left <= 0) break
    const text = cut(part.text, left)
    out.push({ ...part, text })
    left -= widthOf(text)
  }
  return out
}

/** `left` and `right` at the two ends of a row; `left` gives way. */
export function spread(left: Row, right: Row, width: number): Row {
  const rightFitted = cutRow(right, width)
  const room = width - rowWidth(rightFitted)
  const leftFitted = cutRow(left, rightFitted.length > 0 ? room - 1 : room)
  return [...leftFitted, span(' '.repeat(Math.max(0, room - rowWidth(leftFitted)))), ...rightFitted]
}

export const indent = (row: Row, cells: number): Row => [span(' '.repeat(cells)), ...row]

/** The same row, as part of a control. */
export const hitting = (row: Row, hit: Hit): Row => row.map((one) => ({ ...one, hit }))
