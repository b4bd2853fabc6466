import { StringDecoder } from 'node:string_decoder'
import type { Hex } from './look/colour.ts'
import type { CellSize } from './picture/pixels.ts'
import { QUERY_ID, Sequences } from './sequences.ts'

/** What a terminal says of itself. */
export interface TerminalFacts {
  /** What is behind its text, where it says so. */
  background?: Hex
  /** It knows the kitty keyboard protocol. */
  isKitty: boolean
  /** It takes pictures by the kitty graphics protocol, and as sixels. */
  hasGraphics?: true
  hasSixel?: true
  /** Its name and version, and how large its cells are. */
  name?: string
  cell?: CellSize
}

export interface AskedTerminal {
  stdin: NodeJS.ReadableStream & { setRawMode?(isRaw: boolean): unknown; unshift(chunk: string): void }
  stdout: { write(data: string): unknown }
}

/** The height and the width of a cell, in pixels. Source: xterm control sequences, "Window manipulation", 16. */
export const ASK_CELL = '\u001b[16t'
/** Its background (OSC 11), the kitty protocol, and last what each terminal answers (DA1). */
const QUESTIONS = '\u001b]11;?\u001b\\\u001b[?u'
/** Its name (XTVERSION), the size of a cell, and whether it would take a picture of one pixel. */
const PICTURE_QUESTIONS = `\u001b[>q${ASK_CELL}\u001b_Gi=${QUERY_ID},s=1,v=1,a=q,t=d,f=24;AAAA\u001b\\`
const ATTRIBUTES = '\u001b[c'

/**
 * Asks a terminal for its background and its keyboard, and for pictures. Other work may be done meanwhile: keys that come before the answer are kept, and
 * read later. The terminal stays in raw mode, so that no answer is echoed.
 *
 * @param limit resolves when there is no more time to wait
 * @param asksForPictures there are terminals that write the question, or take it for their title
 */
export function askTerminal(
  { stdin, stdout }: AskedTerminal,
  limit: Promise<void>,
  asksForPictures = false,
): Promise<TerminalFacts> {
  const sequences = new Sequences()
  const decoder = new StringDecoder('utf8')
  const facts: TerminalFacts = { isKitty: false }
  let keys = ''
  let isOver = false
  return new Promise((resolve) => {
    const end = () => {
      if (isOver) return
      isOver = true
      stdin.off('data', onData)
      stdin.off('end', end)
      stdin.pause()
      // What has not been read to its end is the beginning of a key.
      if (keys !== '') stdin.unshift(keys)
      keys = ''
      resolve(facts)
    }
    const onData = (chunk: Buffer | string) => {
      let isLast = false
      for (const part of sequences.take(typeof chunk === 'string' ? chunk : decoder.write(chunk))) {
        if (typeof part === 'string') keys += part
        else if (part.kind === 'background') facts.background = part.colour
        else if (part.kind === 'kitty') facts.isKitty = true
        else if (part.kind === 'graphics') facts.hasGraphics = true
        else if (part.kind === 'name') facts.name = part.text
        else if (part.kind === 'cell') facts.cell = part.size
        else if (part.kind === 'attributes') {
          isLast = true
          if (part.hasSixel) facts.hasSixel = true
        }
      }
      if (isLast) end()
    }
    stdin.setRawMode?.(true)
    stdin.on('data', onData)
    stdin.on('end', end)
    stdin.resume()
    stdout.write(QUESTIONS + (asksForPictures ? PICTURE_QUESTIONS : '') + ATTRIBUTES)
    void limit.then(end)
  })
}
