import { malformed, type Token, tokensOf } from './tokens.ts'
import type { Literal } from './values.ts'

/** Goes through the words of a filter. */
export class Cursor {
  readonly #tokens: readonly Token[]
  #index = 0
  #unread: Token | undefined

  constructor(text: string) {
    this.#tokens = tokensOf(text)
  }

  peek(): Token {
    return this.#unread ?? this.#tokens[this.#index]!
  }

  next(): Token {
    const token = this.peek()
    if (this.#unread) this.#unread = undefined
    else if (token.kind !== 'end') this.#index++
    return token
  }

  /** A part of the word that was read last: it comes next. */
  unread(token: Token): void {
    this.#unread = token
  }

  /** Whether a parenthesis follows the word that comes next. */
  opens(): boolean {
    const following = this.#tokens[this.#index + (this.#unread ? 0 : 1)]
    return following?.kind === 'symbol' && following.text === '('
  }

  take(symbol: string): boolean {
    const { kind, text } = this.peek()
    if (kind !== 'symbol' || text !== symbol) return false
    this.next()
    return true
  }

  /** @param word In lower case: it is taken in any. */
  takeWord(word: string): boolean {
    const { kind, text } = this.peek()
    if (kind !== 'word' || text.toLowerCase() !== word) return false
    this.next()
    return true
  }

  expect(symbol: string): void {
    const { at, text } = this.peek()
    if (!this.take(symbol)) throw malformed(at, `expected "${symbol}", not "${text}"`)
  }

  list(): Literal[] {
    this.expect('(')
    const values = [this.literal()]
    while (this.take(',')) values.push(this.literal())
    this.expect(')')
    return values
  }

  literal(): Literal {
    const { kind, text, at } = this.next()
    if (kind === 'string') return text
    if (kind === 'word') {
      const word = text.toLowerCase()
      if (word === 'null') return null
      if (word === 'true' || word === 'false') return word === 'true'
      if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text)
      // Dates and GUIDs need no quotes.
      if (/^\d{4}-\d\d-\d\d(T|$)|^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text)) return text
    }
    throw malformed(at, `expected a value, not "${text}"`)
  }
}
