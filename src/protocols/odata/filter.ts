import { DecodeError } from '../../domain/trouble.ts'

/**
 * `$filter` of OData 4.01 (Part 2, 5.1.1), as far as scripts use it: comparisons, `and`, `or`, `not`, parentheses, `in`,
 * `contains`, `startswith`, `endswith`, and paths such as `state/deviceImportStatus`. Texts are compared without case, as Microsoft Graph does.
 */
export type Filter = (item: unknown) => boolean

const LENGTH_MAX = 8_192
const DEPTH_MAX = 50
const FUNCTIONS = { contains: 'includes', startswith: 'startsWith', endswith: 'endsWith' } as const
const COMPARISONS = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'] as const
type Literal = string | number | boolean | null

const malformed = (at: number, text: string): DecodeError =>
  new DecodeError('ERR_ODATA_FILTER', `$filter, character ${at + 1}: ${text}`)

interface Token {
  kind: 'word' | 'string' | 'symbol' | 'end'
  text: string
  at: number
}

function tokensOf(filter: string): Token[] {
  if (filter.length > LENGTH_MAX) throw malformed(LENGTH_MAX, `at most ${LENGTH_MAX} characters`)
  const tokens: Token[] = []
  const pattern = /\s+|([A-Za-z0-9_@.:+-]+(?:\/[A-Za-z0-9_@.]+)*)|'((?:[^']|'')*)'|([(),])/y
  while (pattern.lastIndex < filter.length) {
    const at = pattern.lastIndex
    const match = pattern.exec(filter)
    if (!match)
      throw malformed(at, filter[at] === "'" ? 'this text is not closed' : `"${filter[at]}" has no meaning here`)
    const [, word, string, symbol] = match
    if (word !== undefined) tokens.push({ kind: 'word', text: word, at })
    else if (string !== undefined) tokens.push({ kind: 'string', text: string.replaceAll("''", "'"), at })
    else if (symbol !== undefined) tokens.push({ kind: 'symbol', text: symbol, at })
  }
  return [...tokens, { kind: 'end', text: 'the end', at: filter.length }]
}

/** @throws DecodeError `ERR_ODATA_FILTER`, with the character */
export function parseFilter(text: string): Filter {
  const parser = new Parser(tokensOf(text))
  const filter = parser.either(0)
  parser.end()
  return filter
}

class Parser {
  readonly #tokens: readonly Token[]
  #index = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  either(depth: number): Filter {
    const parts = [this.#both(depth)]
    while (this.#take('or')) parts.push(this.#both(depth))
    return parts.length === 1 ? parts[0]! : (item) => parts.some((part) => part(item))
  }

  end(): void {
    const { kind, text, at } = this.#peek()
    if (kind !== 'end') throw malformed(at, `expected "and", "or" or the end, not "${text}"`)
  }

  #both(depth: number): Filter {
    const parts = [this.#one(depth)]
    while (this.#take('and')) parts.push(this.#one(depth))
    return parts.length === 1 ? parts[0]! : (item) => parts.every((part) => part(item))
  }

  #one(depth: number): Filter {
    if (depth > DEPTH_MAX) throw malformed(this.#peek().at, `nested deeper than ${DEPTH_MAX}`)
    if (this.#take('not')) {
      const inner = this.#one(depth + 1)
      return (item) => !inner(item)
    }
    if (this.#take('(')) {
      const inner = this.either(depth + 1)
      this.#expect(')')
      return inner
    }
    return this.#condition()
  }

  #condition(): Filter {
    const { kind, text, at } = this.#next()
    if (kind !== 'word') throw malformed(at, `expected a property, not "${text}"`)
    if (Object.hasOwn(FUNCTIONS, text)) return this.#function(FUNCTIONS[text as keyof typeof FUNCTIONS])
    if (text.includes(':') || /\/(any|all)$/.test(text)) throw malformed(at, `"${text}" is not supported`)
    const path = text.split('/')
    const operator = this.#next()
    if (operator.text === 'in') {
      const list = this.#list()
      return (item) => list.some((literal) => equal(valueAt(item, path), literal))
    }
    const comparison = COMPARISONS.find((known) => known === operator.text)
    if (!comparison) throw malformed(operator.at, `"${operator.text}" is no operator`)
    const literal = this.#literal()
    return (item) => compare(valueAt(item, path), comparison, literal)
  }

  #function(method: 'includes' | 'startsWith' | 'endsWith'): Filter {
    this.#expect('(')
    const property = this.#next()
    if (property.kind !== 'word') throw malformed(property.at, 'expected a property')
    this.#expect(',')
    const wanted = this.#next()
    if (wanted.kind !== 'string') throw malformed(wanted.at, 'expected a text in single quotes')
    this.#expect(')')
    const path = property.text.split('/')
    return (item) => {
      const value = valueAt(item, path)
      return typeof value === 'string' && value.toLowerCase()[method](wanted.text.toLowerCase())
    }
  }

  #list(): Literal[] {
    this.#expect('(')
    const values = [this.#literal()]
    while (this.#take(',')) values.push(this.#literal())
    this.#expect(')')
    return values
  }

  #literal(): Literal {
    const { kind, text, at } = this.#next()
    if (kind === 'string') return text
    if (kind === 'word') {
      if (text === 'null') return null
      if (text === 'true' || text === 'false') return text === 'true'
      if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text)
      // Dates and GUIDs stand without quotes.
      if (/^\d{4}-\d\d-\d\dT|^[0-9a-f]{8}-/i.test(text)) return text
    }
    throw malformed(at, `expected a value, not "${text}"`)
  }

  #peek = (): Token => this.#tokens[this.#index]!

  #next(): Token {
    const token = this.#peek()
    if (token.kind !== 'end') this.#index++
    return token
  }

  #take(text: string): boolean {
    const token = this.#peek()
    if (token.kind === 'string' || token.kind === 'end' || token.text !== text) return false
    this.#index++
    return true
  }

  #expect(text: string): void {
    const { at, text: found } = this.#peek()
    if (!this.#take(text)) throw malformed(at, `expected "${text}", not "${found}"`)
  }
}

function valueAt(item: unknown, path: readonly string[]): unknown {
  let value = item
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return null
    value = (value as Record<string, unknown>)[name]
  }
  return value
}

const folded = (value: unknown): unknown => (typeof value === 'string' ? value.toLowerCase() : value)

const equal = (value: unknown, literal: Literal): boolean => folded(value ?? null) === folded(literal)

function compare(value: unknown, operator: (typeof COMPARISONS)[number], literal: Literal): boolean {
  if (operator === 'eq') return equal(value, literal)
  if (operator === 'ne') return !equal(value, literal)
  const [a, b] = [folded(value), folded(literal)]
  if (typeof a !== typeof b || (typeof a !== 'string' && typeof a !== 'number')) return false
  const order = a < (b as typeof a) ? -1 : a > (b as typeof a) ? 1 : 0
  return { gt: order > 0, ge: order >= 0, lt: order < 0, le: order <= 0 }[operator]
}
