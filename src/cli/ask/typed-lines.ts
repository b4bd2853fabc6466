import type { Readable } from 'node:stream'

const [CTRL_C, CTRL_D, BACKSPACE, DELETE] = ['\u0003', '\u0004', '\b', '\u007f']

interface Input extends Readable {
  isTTY?: boolean
  setRawMode?(isRaw: boolean): unknown
}

/** Lines that a person types, or that a pipe brings, one at a time. In a terminal a secret is not shown while it is typed. */
export class TypedLines {
  readonly #input: Input
  readonly #onInterrupt: () => void
  readonly #lines: string[] = []
  #rest = ''
  #hasEnded = false
  #isHidden = false
  /** How the line before ended. */
  #after = ''
  #waiting: ((line: string | null) => void) | undefined
  readonly #listen = (chunk: string) => this.#take(chunk)
  readonly #end = () => this.#close()

  /** @param onInterrupt called for Ctrl+C while a secret is typed: the terminal makes no signal of it then */
  constructor(input: Input, onInterrupt: () => void) {
    this.#input = input
    this.#onInterrupt = onInterrupt
    input.setEncoding('utf8')
    input.on('data', this.#listen).on('end', this.#end).on('error', this.#end)
  }

  /** The next line; null when there will be none any more. One at a time. */
  next(isHidden: boolean): Promise<string | null> {
    this.#hide(isHidden)
    const line = this.#lines.shift()
    if (line !== undefined) return Promise.resolve(line)
    if (this.#hasEnded) return Promise.resolve(null)
    return new Promise((resolve) => {
      this.#waiting = resolve
    })
  }

  /** A line that came for a question that is gone is the answer to the next one. */
  unread(line: string | null): void {
    if (line !== null) this.#lines.unshift(line)
  }

  /** The question is gone: what waits for its answer gets none. */
  forget(): void {
    this.#hide(false)
    this.#waiting = undefined
  }

  release(): void {
    this.forget()
    this.#input.off('data', this.#listen).off('end', this.#end).off('error', this.#end)
    this.#input.pause()
  }

  #hide(isHidden: boolean): void {
    if (!this.#input.isTTY || isHidden === this.#isHidden) return
    this.#isHidden = isHidden
    this.#input.setRawMode?.(isHidden)
  }

  #take(chunk: string): void {
    for (const char of chunk) {
      if (char === '\n' || char === '\r') this.#line(char)
      else if (!this.#isHidden) this.#rest += char
      else if (char === CTRL_C) this.#onInterrupt()
      else if (char === CTRL_D) this.#close()
      else if (char === BACKSPACE || char === DELETE) this.#rest = [...this.#rest].slice(0, -1).join('')
      else this.#rest += char
    }
  }

  #line(char: string): void {
    // A line of Windows ends with both.
    const isSecondHalf = char === '\n' && this.#after === '\r' && this.#rest === ''
    this.#after = char
    if (isSecondHalf) {
      this.#after = ''
      return
    }
    const line = this.#rest
    this.#rest = ''
    this.#give(line)
  }

  #give(line: string | null): void {
    const waiting = this.#waiting
    this.#waiting = undefined
    if (waiting) waiting(line)
    else if (line !== null) this.#lines.push(line)
  }

  #close(): void {
    if (this.#rest !== '') this.#give(this.#rest)
    this.#rest = ''
    this.#hasEnded = true
    this.#give(null)
  }
}
