import { StringDecoder } from 'node:string_decoder'
import type { Hex } from './look/colour.ts'
import { Sequences } from './sequences.ts'

/** What a terminal says of itself. */
export interface TerminalFacts {
  /** What is behind its text, where it says so. */
  background?: Hex
  /** It knows the kitty keyboard protocol. */
  isKitty: boolean
}

export interface AskedTerminal {
  stdin: NodeJS.ReadableStream & { setRawMode?(isRaw: boolean): unknown; unshift(chunk: string): void }
  stdout: { write(data: string): unknown }
}

/** Its background (OSC 11), the kitty protocol, and last what each terminal answers (DA1). */
const QUESTIONS = '\u001b]11;?\u001b\\\u001b[?u\u001b[c'

/**
 * Asks a terminal for its background and its keyboard. Other work may be done meanwhile: keys that come before the answer are kept, and
 * read later. The terminal stays in raw mode, so that no answer is echoed.
 *
 * @param limit resolves when there is no more time to wait
 */
export function askTerminal({ stdin, stdout }: AskedTerminal, limit: Promise<void>): Promise<TerminalFacts> {
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
        else if (part.kind === 'attributes') isLast = true
      }
      if (isLast) end()
    }
    stdin.setRawMode?.(true)
    stdin.on('data', onData)
    stdin.on('end', end)
    stdin.resume()
    stdout.write(QUESTIONS)
    void limit.then(end)
  })
}
