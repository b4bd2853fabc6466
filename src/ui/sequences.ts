import { type Hex, isHex } from './look/colour.ts'
import { type CellSize, isCellSize } from './picture/pixels.ts'

/** What a terminal sends besides keys. */
export type Told =
  /** The colour behind its text. */
  | { kind: 'background'; colour: Hex }
  /** It knows the kitty keyboard protocol. */
  | { kind: 'kitty' }
  /** What it is: each terminal answers this, so nothing that was asked before is still to come. */
  | { kind: 'attributes'; hasSixel: boolean }
  /** It takes pictures by the kitty graphics protocol. */
  | { kind: 'graphics' }
  /** Its name and version. */
  | { kind: 'name'; text: string }
  /** How large its cells are. */
  | { kind: 'cell'; size: CellSize }
  /** A button of the mouse, and where; cells count from 0. */
  | { kind: 'mouse'; button: number; isPress: boolean; column: number; row: number }
  /** A key in the kitty protocol: its code point, and 1 shift, 2 Alt, 4 Ctrl. */
  | { kind: 'key'; code: number; modifiers: number }

/** What the question for the kitty graphics protocol is called in its answer. */
export const QUERY_ID = 31

const ESC = '\u001b'
const PASTE_START = `${ESC}[200~`
const PASTE_END = `${ESC}[201~`
/** Longer than any answer: what is held back for so long was none. */
const HELD_MAX = 256

/** Whole sequences, each with what it says. */
const FORMS: readonly (readonly [RegExp, (match: RegExpExecArray) => Told | null])[] = [
  // An answer for a colour ends with ST or BEL. Other operating system commands mean nothing here.
  [/^\u001b\]([^\u0007\u001b]*)(?:\u0007|\u001b\\)/, ([, text = '']) => backgroundIn(text)],
  [
    /^\u001b\[<(\d{1,5});(\d{1,5});(\d{1,5})([Mm])/,
    ([, button, column, row, end]) => ({
      kind: 'mouse',
      button: Number(button),
      isPress: end === 'M',
      column: Number(column) - 1,
      row: Number(row) - 1,
    }),
  ],
  [/^\u001b\[\?[\d;]*u/, () => ({ kind: 'kitty' })],
  // 4: sixel graphics. Source: xterm control sequences, "Send Device Attributes (Primary DA)".
  [
    /^\u001b\[\?([\d;]*)c/,
    ([, list = '']) => ({ kind: 'attributes', hasSixel: list.split(';').slice(1).includes('4') }),
  ],
  // An answer of the kitty graphics protocol, and of XTVERSION. Both end with ST.
  [/^\u001b_G([^\u001b]*)\u001b\\/, ([, text = '']) => (text === GRAPHICS_OK ? { kind: 'graphics' } : null)],
  [/^\u001bP>\|([^\u001b]*)\u001b\\/, ([, text = '']) => ({ kind: 'name', text })],
  [
    /^\u001b\[6;(\d{1,5});(\d{1,5})t/,
    ([, height, width]) => {
      const size = { width: Number(width), height: Number(height) }
      return isCellSize(size) ? { kind: 'cell', size } : null
    },
  ],
  [
    /^\u001b\[(\d{1,7})(?::\d*)*(?:;(\d{1,3})(?::(\d))?)?(?:;[\d:]*)?u/,
    ([, code, modifiers = '1', event]) =>
      // A key that is let go says nothing new.
      event === '3' ? null : { kind: 'key', code: Number(code), modifiers: Number(modifiers) - 1 },
  ],
]

/** The beginning of one of them. */
const BEGUN =
  /^\u001b(?:\][^\u0007\u001b]*\u001b?|_(?:G[^\u001b]*\u001b?)?|P(?:>(?:\|[^\u001b]*\u001b?)?)?|\[(?:<[\d;]*|\?[\d;]*|[\d;:]*)?)$/

const GRAPHICS_OK = `i=${QUERY_ID};OK`

/** `11;rgb:1f1f/1f1f/1f1f`, with one to four digits for each part. */
function backgroundIn(text: string): Told | null {
  const match = /^11;rgba?:([\da-f]{1,4})\/([\da-f]{1,4})\/([\da-f]{1,4})/i.exec(text)
  if (!match) return null
  const parts = match.slice(1, 4).map((part) => Math.round((Number.parseInt(part, 16) / (16 ** part.length - 1)) * 255))
  const colour = `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`
  return isHex(colour) ? { kind: 'background', colour } : null
}

/**
 * Takes what is no key out of what a terminal sends, wherever a read ends. What is left is text and keys of old, in order; inside of a
 * paste all is text.
 */
export class Sequences {
  #held = ''
  #isPasting = false

  take(read: string): (string | Told)[] {
    const parts: (string | Told)[] = []
    let rest = this.#held + read
    this.#held = ''
    let text = ''
    const flush = () => {
      if (text !== '') parts.push(text)
      text = ''
    }
    while (rest !== '') {
      const at = rest.indexOf(ESC)
      if (at !== 0) {
        text += at === -1 ? rest : rest.slice(0, at)
        rest = at === -1 ? '' : rest.slice(at)
        continue
      }
      const found = this.#isPasting ? undefined : formAt(rest)
      if (found) {
        flush()
        if (found.told) parts.push(found.told)
        rest = rest.slice(found.length)
      } else if (!this.#isPasting && rest.length <= HELD_MAX && rest !== ESC && BEGUN.test(rest)) {
        this.#held = rest
        rest = ''
      } else {
        if (rest.startsWith(PASTE_START)) this.#isPasting = true
        if (rest.startsWith(PASTE_END)) this.#isPasting = false
        text += ESC
        rest = rest.slice(1)
      }
    }
    flush()
    return parts
  }
}

function formAt(text: string): { length: number; told: Told | null } | undefined {
  for (const [form, read] of FORMS) {
    const match = form.exec(text)
    if (match) return { length: match[0].length, told: read(match) }
  }
  return undefined
}
