/**
 * How many cells text takes. Terminals disagree about emoji, flags and joined characters; a cluster whose width is not
 * beyond doubt is drawn as one placeholder cell, so that no frame is ever wider than the terminal.
 */

const PLACEHOLDER = '□'
const ELLIPSIS = '…'

/** Latin, punctuation, arrows, boxes, blocks, geometric shapes, Braille: one code unit, one cell. */
const PLAIN = /^[\x20-\x7e\xa1-\xac\xae-\u02ff\u2010-\u2027\u2190-\u21ff\u2500-\u25f0\u2713\u2717\u2800-\u28ff]*$/
const UNDRAWABLE = /^[\p{C}\p{Zl}\p{Zp}\p{M}\p{Default_Ignorable_Code_Point}\p{Emoji_Presentation}]/u
const MARKS_ONLY = /^\p{Mn}*$/u
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\u3247\u3250-\u4dbf\u4e00-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })

interface Cluster {
  text: string
  width: 1 | 2
}

function clusterOf(raw: string): Cluster {
  const text = raw.normalize('NFC')
  const [base = '', ...rest] = text
  const code = base.codePointAt(0) ?? 0
  const isOddPlane = code > 0xffff && !(code >= 0x20000 && code <= 0x3fffd)
  if (isOddPlane || UNDRAWABLE.test(base) || !MARKS_ONLY.test(rest.join(''))) return { text: PLACEHOLDER, width: 1 }
  return { text, width: WIDE.test(base) ? 2 : 1 }
}

function* clusters(text: string): Generator<Cluster> {
  for (const { segment } of segmenter.segment(text)) yield clusterOf(segment)
}

/** The same text with every cluster of doubtful width replaced. */
export function drawable(text: string): string {
  if (PLAIN.test(text)) return text
  let out = ''
  for (const cluster of clusters(text)) out += cluster.text
  return out
}

export function widthOf(text: string): number {
  if (PLAIN.test(text)) return text.length
  let width = 0
  for (const cluster of clusters(text)) width += cluster.width
  return width
}

/** The text in at most `width` cells, with an ellipsis where it had to end early. */
export function cut(text: string, width: number): string {
  const clean = drawable(text)
  if (widthOf(clean) <= width) return clean
  return width < 1 ? '' : takeStart(clean, width - 1).trimEnd() + ELLIPSIS
}

/** The last `width` cells of the text: what a field shows while a person types at its end. */
export function takeEnd(text: string, width: number): string {
  const all = [...clusters(text)]
  let used = 0
  let first = all.length
  while (first > 0 && used + all[first - 1]!.width <= width) used += all[--first]!.width
  return all
    .slice(first)
    .map((cluster) => cluster.text)
    .join('')
}

export function takeStart(text: string, width: number): string {
  let out = ''
  let used = 0
  for (const cluster of clusters(text)) {
    if (used + cluster.width > width) break
    used += cluster.width
    out += cluster.text
  }
  return out
}

export const pad = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)))

/** Lines of one width: that of the widest. */
export function evenly(lines: readonly string[]): string[] {
  const width = Math.max(0, ...lines.map(widthOf))
  return lines.map((line) => pad(line, width))
}

/** What no line begins with, and what none ends with, in Chinese and Japanese. */
const CLOSES =
  /^[\u3001\u3002\uff0c\uff0e\uff01\uff1f\uff1a\uff1b\uff09\u300d\u300f\u3011\u2019\u201d\u2026\u30fc\u3041\u3043\u3045\u3047\u3049\u3063\u3083\u3085\u3087\u30a1\u30a3\u30a5\u30a7\u30a9\u30c3\u30e3\u30e5\u30e7)!,.:;?%]/
const OPENS = /[\uff08\u300c\u300e\u3010\u2018\u201c([]$/

/** Parts of a word between which a line may break: next to a wide character, since Chinese and Japanese have no spaces. */
function partsOf(word: string): string[] {
  const parts: string[] = []
  let isWide = false
  for (const { text, width } of clusters(word)) {
    const last = parts.at(-1)
    const mayBreak = last !== undefined && (isWide || width === 2) && !CLOSES.test(text) && !OPENS.test(last)
    if (last === undefined || mayBreak) parts.push(text)
    else parts[parts.length - 1] = last + text
    isWide = width === 2
  }
  return parts
}

interface Piece {
  text: string
  /** A space is before it, where it does not begin a line. */
  isSpaced: boolean
}

const piecesOf = (text: string): Piece[] =>
  text
    .split(' ')
    .flatMap((word) =>
      PLAIN.test(word)
        ? [{ text: word, isSpaced: true }]
        : partsOf(word).map((part, index) => ({ text: part, isSpaced: index === 0 })),
    )

/** Breaks text at spaces and beside wide characters, and inside a word only when the word alone is wider than a line. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of piecesOf(drawable(text))) {
    let word = piece.text
    const candidate = line === '' ? word : `${line}${piece.isSpaced ? ' ' : ''}${word}`
    if (widthOf(candidate) <= width) {
      line = candidate
      continue
    }
    if (line !== '') lines.push(line)
    while (widthOf(word) > width) {
      const head = takeStart(word, width)
      if (head === '') break
      lines.push(head)
      word = drawable(word).slice(head.length)
    }
    line = word
  }
  return [...lines, line]
}
