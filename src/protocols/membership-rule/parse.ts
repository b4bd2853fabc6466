import { compilePattern } from './pattern.ts'
import {
  COLLECTION_PROPERTIES,
  COMPARED_WHOLE,
  type CollectionProperty,
  type Comparison,
  denied,
  OPERATORS,
  type Operator,
  type Rule,
  SCALAR_PROPERTIES,
  type ScalarProperty,
  type Value,
} from './rule.ts'
import { malformed, type Token, tokensOf } from './tokens.ts'

/** Deep enough for every rule that a person writes, and too flat to exhaust the stack. */
const DEPTH_MAX = 64

/**
 * Reads the rule of a dynamic device group (Microsoft Entra, "Manage rules for dynamic membership groups"). Operators
 * work with and without their hyphen; -not binds tighter than -and, -and tighter than -or. Property and operator names are read in
 * any case: the documentation itself writes `devicePhysicalIds` in two ways.
 *
 * @throws DecodeError `ERR_MEMBERSHIP_RULE_MALFORMED`, with the column
 */
export function parseMembershipRule(text: string): Rule {
  const parser = new Parser(tokensOf(text))
  const rule = parser.either(0)
  parser.expectEnd()
  // "You can't use other operators with memberOf."
  if (parser.memberOfAt !== undefined && rule.kind !== 'memberOf') {
    throw malformed(parser.memberOfAt, 'memberOf has to be the only condition of its rule')
  }
  return rule
}

const sameWord = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

class Parser {
  readonly #tokens: readonly Token[]
  #at = 0
  /** Inside -any or -all, where `_` has a meaning. */
  #inCollection = false
  /** Column of the first `memberOf`. */
  memberOfAt: number | undefined

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  either(depth: number): Rule {
    let left = this.#both(depth)
    while (this.#takeWord('or')) left = { kind: 'or', left, right: this.#both(depth) }
    return left
  }

  expectEnd(): void {
    const { kind, text, column } = this.#peek()
    if (kind === 'end') return
    if (text === ')') throw malformed(column, 'this parenthesis closes none')
    throw malformed(column, `expected -and, -or or the end, not "${text}"`)
  }

  #both(depth: number): Rule {
    let left = this.#one(depth)
    while (this.#takeWord('and')) left = { kind: 'and', left, right: this.#one(depth) }
    return left
  }

  #one(depth: number): Rule {
    const { column } = this.#peek()
    if (depth > DEPTH_MAX) throw malformed(column, `nested deeper than ${DEPTH_MAX}`)
    if (this.#takeWord('not')) return { kind: 'not', rule: this.#one(depth + 1) }
    if (!this.#takeSymbol('(')) return this.#condition(depth)
    const rule = this.either(depth + 1)
    this.#close(column)
    return rule
  }

  #condition(depth: number): Rule {
    const start = this.#peek()
    if (sameWord(start.text, 'device.memberOf')) return this.#memberOf()
    const property = this.#property()
    if (property.collection === undefined) return this.#comparison(property.scalar)
    const { text, column } = this.#peek()
    if (COMPARED_WHOLE.includes(property.collection) && !sameWord(text, 'any') && !sameWord(text, 'all')) {
      return { kind: 'quantified', quantifier: 'any', property: property.collection, rule: this.#comparison('_') }
    }
    this.#next()
    const quantifier = sameWord(text, 'any') ? 'any' : sameWord(text, 'all') ? 'all' : undefined
    if (quantifier === undefined) {
      throw malformed(column, `${property.collection} is a collection: it needs -any or -all, not "${text}"`)
    }
    this.#inCollection = true
    // The documentation shows the condition with and without parentheses.
    const open = this.#peek()
    const isOpen = this.#takeSymbol('(')
    const rule = isOpen ? this.either(depth + 1) : this.#one(depth + 1)
    if (isOpen) this.#close(open.column)
    this.#inCollection = false
    return { kind: 'quantified', quantifier, property: property.collection, rule }
  }

  #memberOf(): Rule {
    const { column } = this.#next()
    this.memberOfAt ??= column
    const expect = (word: string) => {
      const { text, column } = this.#next()
      if (sameWord(text, word)) return
      throw malformed(column, "memberOf is written device.memberOf -any (group.objectId -in ['ID'])")
    }
    expect('any')
    const open = this.#peek()
    expect('(')
    expect('group.objectId')
    expect('in')
    const groups = this.#list('in')
    this.#close(open.column)
    return { kind: 'memberOf', groups }
  }

  #property(): { scalar: ScalarProperty | '_'; collection?: undefined } | { collection: CollectionProperty } {
    const { kind, text, column } = this.#next()
    if (kind !== 'name') {
      throw malformed(column, kind === 'end' ? 'the rule ends here' : `expected a property, not "${text}"`)
    }
    if (this.#inCollection) {
      if (text === '_') return { scalar: '_' }
      throw malformed(column, `inside -any and -all the item is "_", not "${text}"`)
    }
    if (text === '_') throw malformed(column, '"_" has a meaning only inside -any and -all')
    const [object, name, ...more] = text.split('.')
    if (object === undefined || !sameWord(object, 'device') || name === undefined || more.length > 0) {
      const hint = sameWord(object ?? '', 'user') ? 'a rule for devices cannot look at users' : 'expected device.NAME'
      throw malformed(column, `${hint}: "${text}"`)
    }
    const collection = COLLECTION_PROPERTIES.find((known) => sameWord(known, name))
    if (collection) return { collection }
    const scalar = SCALAR_PROPERTIES.find((known) => sameWord(known, name))
    if (!scalar) throw malformed(column + object.length + 1, `a device has no property "${name}"`)
    return { scalar }
  }

  #comparison(property: ScalarProperty | '_'): Comparison {
    const { kind, text, column } = this.#next()
    const operator = kind === 'operator' || kind === 'name' ? OPERATORS.find((op) => sameWord(op, text)) : undefined
    if (!operator) {
      throw malformed(
        column,
        kind === 'end'
          ? 'an operator is missing'
          : `"${text}" is no operator; there are -eq, -ne, -startsWith, -endsWith, -contains, -match, -in and their -not forms`,
      )
    }
    return { kind: 'comparison', property, operator, value: this.#value(operator) }
  }

  #value(operator: Operator): Value {
    const positive = denied(operator) ?? operator
    const { column } = this.#peek()
    if (positive === 'in') return this.#list(operator)
    const token = this.#next()
    if (positive === 'match') {
      if (token.kind !== 'string') throw malformed(column, `-${operator} needs a text in quotes`)
      return compilePattern(token.text, column + 1)
    }
    const literal = literalOf(token)
    if (literal === undefined) {
      throw malformed(
        column,
        token.kind === 'end' ? 'a value is missing' : `"${token.text}" is no value; write a text in quotes`,
      )
    }
    if (positive !== 'eq' && typeof literal !== 'string') throw malformed(column, `-${operator} needs a text in quotes`)
    return literal
  }

  #list(operator: Operator): string[] {
    const open = this.#peek()
    if (!this.#takeSymbol('[')) throw malformed(open.column, `-${operator} needs a list: ["a", "b"]`)
    const values: string[] = []
    do {
      const { kind, text, column } = this.#next()
      if (kind !== 'string' && kind !== 'number') throw malformed(column, 'expected a text in quotes')
      values.push(text)
    } while (this.#takeSymbol(','))
    if (!this.#takeSymbol(']')) throw malformed(open.column, 'this list is not closed')
    return values
  }

  #close(openedAt: number): void {
    if (this.#takeSymbol(')')) return
    const { kind, text, column } = this.#peek()
    if (kind === 'end') throw malformed(openedAt, 'this parenthesis is not closed')
    throw malformed(column, `expected -and, -or or ")", not "${text}"`)
  }

  #peek = (): Token => this.#tokens[this.#at]!

  #next(): Token {
    const token = this.#peek()
    if (token.kind !== 'end') this.#at++
    return token
  }

  #takeSymbol(text: string): boolean {
    const token = this.#peek()
    if (token.kind !== 'symbol' || token.text !== text) return false
    this.#at++
    return true
  }

  #takeWord(text: string): boolean {
    const token = this.#peek()
    if ((token.kind !== 'operator' && token.kind !== 'name') || !sameWord(token.text, text)) return false
    this.#at++
    return true
  }
}

function literalOf({ kind, text }: Token): string | number | boolean | null | undefined {
  if (kind === 'string') return text
  if (kind === 'number') return Number(text)
  if (kind !== 'name') return undefined
  switch (text.toLowerCase()) {
    case 'null':
    case '$null':
      return null
    case 'true':
      return true
    case 'false':
      return false
    default:
      return undefined
  }
}
