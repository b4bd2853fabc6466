import { DecodeError } from '../domain/trouble.ts'

/** Deep enough for what a script writes, and too flat to exhaust the stack. */
const DEPTH_MAX = 100
const SPACE = /[ \t\r\n]*/y
/** OData's reader takes letters, digits, underscores and dollar signs without quotes. */
const BARE_NAME = /[\p{L}\p{N}_$]+/uy
const WORD = /true|false|null/y
const NUMBER = /-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y
const PLAIN = { "'": /[^'\\]*/y, '"': /[^"\\]*/y } as const
const ESCAPES: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }
const CONSTANTS: Record<string, unknown> = { true: true, false: false, null: null }

/**
 * JSON as the OData reader of .NET takes it (Microsoft.OData.Core, JsonReader, with its remarks "COMPAT" [V]): names without quotes,
 * single quotes, line breaks in texts, numbers that begin with a point. It takes no comma before a closing bracket, and no comment.
 *
 * @throws DecodeError with the given code
 */
export function parseLooseJson(text: string, code: string): unknown {
  const reader = new Reader(text, code)
  const value = reader.value(0)
  reader.end()
  return value
}

class Reader {
  readonly #text: string
  readonly #code: string
  #at = 0

  constructor(text: string, code: string) {
    this.#text = text
    this.#code = code
  }

  end(): void {
    this.#take(SPACE)
    if (this.#at < this.#text.length) throw this.#refusal('expected the end')
  }

  value(depth: number): unknown {
    if (depth > DEPTH_MAX) throw this.#refusal(`nested deeper than ${DEPTH_MAX}`)
    this.#take(SPACE)
    const character = this.#text[this.#at]
    if (character === '{') return this.#object(depth)
    if (character === '[') return this.#array(depth)
    if (character === '"' || character === "'") return this.#string(character)
    const word = this.#take(WORD)
    if (word !== '') return CONSTANTS[word]
    const number = this.#take(NUMBER)
    if (number === '') throw this.#refusal('expected a value')
    return Number(number)
  }

  #object(depth: number): Record<string, unknown> {
    const entries: [string, unknown][] = []
    this.#at++
    if (this.#sees('}')) return {}
    do {
      this.#take(SPACE)
      const character = this.#text[this.#at]
      const name = character === '"' || character === "'" ? this.#string(character) : this.#take(BARE_NAME)
      if (name === '') throw this.#refusal('expected a name')
      if (!this.#sees(':')) throw this.#refusal('expected ":"')
      entries.push([name, this.value(depth + 1)])
    } while (this.#sees(','))
    if (!this.#sees('}')) throw this.#refusal('expected "," or "}"')
    return Object.fromEntries(entries)
  }

  #array(depth: number): unknown[] {
    const values: unknown[] = []
    this.#at++
    if (this.#sees(']')) return values
    do values.push(this.value(depth + 1))
    while (this.#sees(','))
    if (!this.#sees(']')) throw this.#refusal('expected "," or "]"')
    return values
  }

  #string(quote: '"' | "'"): string {
    const parts: string[] = []
    this.#at++
    for (;;) {
      parts.push(this.#take(PLAIN[quote]))
      const character = this.#text[this.#at++]
      if (character === quote) return parts.join('')
      if (character === undefined) throw this.#refusal('a text is not closed')
      parts.push(this.#escape())
    }
  }

  #escape(): string {
    const character = this.#text[this.#at++] ?? ''
    if (character === 'u') {
      const hex = this.#text.slice(this.#at, this.#at + 4)
      if (!/^[0-9a-f]{4}$/i.test(hex)) throw this.#refusal('expected four hexadecimal digits')
      this.#at += 4
      return String.fromCharCode(Number.parseInt(hex, 16))
    }
    if (character !== '' && `\\"'/`.includes(character)) return character
    const meant = ESCAPES[character]
    if (meant === undefined) throw this.#refusal('an escape that JSON does not have')
    return meant
  }

  /** What the pattern takes here; empty when it takes nothing. */
  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at
    const text = pattern.exec(this.#text)?.[0] ?? ''
    this.#at += text.length
    return text
  }

  #sees(character: string): boolean {
    this.#take(SPACE)
    if (this.#text[this.#at] !== character) return false
    this.#at++
    return true
  }

  #refusal = (what: string): DecodeError =>
    new DecodeError(this.#code, `the document is not JSON: character ${this.#at + 1}: ${what}`)
}
