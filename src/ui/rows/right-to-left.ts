import { type Row, rowWidth, type Span, span } from './row.ts'

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/

/** What points to one side, on the other one. */
const MIRRORED: Readonly<Record<string, string>> = {
  '▸': '◂',
  '◂': '▸',
  '▹': '◃',
  '[': ']',
  ']': '[',
  '├': '┤',
  '└': '┘',
}

/** A row that is read from right to left: its parts in the other order. */
export const reversed = (row: Row): Row => row.toReversed().map(turned)

/** The same on a page: at the right edge. */
export const mirrored = (row: Row, width: number): Row =>
  row.length === 0 ? row : [span(' '.repeat(Math.max(0, width - rowWidth(row)))), ...reversed(row)]

/** The letters stay in the order in which they are read; spaces and signs around them change sides. */
function turned(part: Span): Span {
  if (part.isLogo) return part
  const [, before = '', text = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(part.text)!
  const isLetters = RIGHT_TO_LEFT.test(text)
  return {
    ...part,
    text: `${after}${MIRRORED[text] ?? text}${before}`,
    ...(isLetters ? { isRightToLeft: true } : {}),
  }
}

const [ISOLATE, POP] = ['\u2067', '\u2069']

/** The text of a part as it is written out. A terminal or a page that reorders letters reorders them inside of it alone. */
export const writtenOut = ({ text, isRightToLeft }: Span): string =>
  isRightToLeft ? text.replace(/\S.*\S|\S/s, (letters) => `${ISOLATE}${letters}${POP}`) : text
