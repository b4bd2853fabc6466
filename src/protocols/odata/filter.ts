import { Cursor } from './cursor.ts'
import { malformed } from './tokens.ts'
import { COMPARISONS, type Comparison, compare, equal, valueAt } from './values.ts'

/**
 * `$filter` of OData 4.01 (Part 2, 5.1.1), as far as scripts use it: comparisons, `and`, `or`, `not`, parentheses, `in`, `contains`,
 * `startswith`, `endswith`, `tolower`, `toupper`, `length`, `isof`, the lambdas `any` and `all`, `$count` of a collection, and paths such as
 * `state/deviceImportStatus`. Operators, functions and properties are taken in any letter case; texts are compared without it.
 */
export type Filter = (item: unknown) => boolean

/** A filter, and what it looks at. */
export interface ReadFilter {
  test: Filter
  /** First names of the paths: `state` of `state/deviceImportStatus`. */
  properties: ReadonlySet<string>
  /** Operators and functions, in lower case. */
  operators: ReadonlySet<string>
}

const DEPTH_MAX = 50
/** Each one within another multiplies the work. */
const LAMBDAS_MAX = 3
/** Variables that lambdas have declared, and what they are just now. */
type Scope = ReadonlyMap<string, { value: unknown }>
type Operand = (item: unknown) => unknown

const TEXT_TESTS: Record<string, (text: string, wanted: string) => boolean> = {
  contains: (text, wanted) => text.includes(wanted),
  startswith: (text, wanted) => text.startsWith(wanted),
  endswith: (text, wanted) => text.endsWith(wanted),
}
const TEXT_FUNCTIONS: Record<string, (text: string) => unknown> = {
  tolower: (text) => text.toLowerCase(),
  toupper: (text) => text.toUpperCase(),
  trim: (text) => text.trim(),
  length: (text) => text.length,
}

/** @throws DecodeError `ERR_ODATA_FILTER`, with the character */
export const parseFilter = (text: string): Filter => readFilter(text).test

/** @throws DecodeError `ERR_ODATA_FILTER`, with the character */
export function readFilter(text: string): ReadFilter {
  const parser = new Parser(text)
  const test = parser.either(0, new Map())
  parser.end()
  return { test, properties: parser.properties, operators: parser.operators }
}

class Parser {
  readonly properties = new Set<string>()
  readonly operators = new Set<string>()
  readonly #cursor: Cursor

  constructor(text: string) {
    this.#cursor = new Cursor(text)
  }

  either(depth: number, scope: Scope): Filter {
    const parts = [this.#both(depth, scope)]
    while (this.#cursor.takeWord('or')) parts.push(this.#both(depth, scope))
    return parts.length === 1 ? parts[0]! : (item) => parts.some((part) => part(item))
  }

  end(): void {
    const { kind, text, at } = this.#cursor.peek()
    if (kind !== 'end') throw malformed(at, `expected "and", "or" or the end, not "${text}"`)
  }

  #both(depth: number, scope: Scope): Filter {
    const parts = [this.#one(depth, scope)]
    while (this.#cursor.takeWord('and')) parts.push(this.#one(depth, scope))
    return parts.length === 1 ? parts[0]! : (item) => parts.every((part) => part(item))
  }

  #one(depth: number, scope: Scope): Filter {
    if (depth > DEPTH_MAX) throw malformed(this.#cursor.peek().at, `nested deeper than ${DEPTH_MAX}`)
    if (this.#cursor.takeWord('not')) {
      this.operators.add('not')
      const inner = this.#one(depth + 1, scope)
      return (item) => !inner(item)
    }
    if (this.#cursor.take('(')) {
      const inner = this.either(depth + 1, scope)
      this.#cursor.expect(')')
      return inner
    }
    return this.#condition(depth, scope)
  }

  #condition(depth: number, scope: Scope): Filter {
    const { kind, text } = this.#cursor.peek()
    const name = text.toLowerCase()
    if (kind === 'word' && this.#cursor.opens()) {
      if (Object.hasOwn(TEXT_TESTS, name)) return this.#textTest(name, scope, depth)
      if (name === 'isof') return this.#typeTest()
      const lambda = /^(.+)\/(any|all)$/i.exec(text)
      if (lambda) return this.#lambda(lambda[1]!, lambda[2]!.toLowerCase() === 'any', depth, scope)
    }
    const value = this.#operand(depth, scope)
    const operator = this.#cursor.next()
    const meant = operator.kind === 'word' ? operator.text.toLowerCase() : ''
    if (meant === 'in') {
      this.operators.add('in')
      const list = this.#cursor.list()
      return (item) => {
        const found = value(item)
        return list.some((literal) => equal(found, literal))
      }
    }
    if (!isComparison(meant)) throw malformed(operator.at, `"${operator.text}" is no operator`)
    this.operators.add(meant)
    const literal = this.#cursor.literal()
    return (item) => compare(value(item), meant, literal)
  }

  /** A property's path, a variable's, or a function of one. */
  #operand(depth: number, scope: Scope): Operand {
    if (depth > DEPTH_MAX) throw malformed(this.#cursor.peek().at, `nested deeper than ${DEPTH_MAX}`)
    const { kind, text, at } = this.#cursor.next()
    if (kind !== 'word') throw malformed(at, `expected a property, not "${text}"`)
    if (this.#cursor.take('(')) {
      const change = TEXT_FUNCTIONS[text.toLowerCase()]
      if (!change) throw malformed(at, `"${text}" is no function that is known here`)
      this.operators.add(text.toLowerCase())
      const inner = this.#operand(depth + 1, scope)
      this.#cursor.expect(')')
      return (item) => {
        const value = inner(item)
        return typeof value === 'string' ? change(value) : null
      }
    }
    if (text.includes(':')) throw malformed(at, `"${text}" has no meaning here`)
    return this.#path(text, scope)
  }

  #path(text: string, scope: Scope): Operand {
    const path = text.split('/')
    const isCount = path.at(-1)?.toLowerCase() === '$count'
    if (isCount) {
      path.pop()
      this.operators.add('$count')
    }
    const variable = scope.get(path[0]!)
    if (!variable) this.properties.add(path[0]!)
    const steps = variable ? path.slice(1) : path
    return (item) => {
      const value = valueAt(variable ? variable.value : item, steps)
      return isCount ? (Array.isArray(value) ? value.length : 0) : value
    }
  }

  #textTest(name: string, scope: Scope, depth: number): Filter {
    this.operators.add(name)
    this.#cursor.next()
    this.#cursor.expect('(')
    const value = this.#operand(depth + 1, scope)
    this.#cursor.expect(',')
    const wanted = this.#cursor.next()
    if (wanted.kind !== 'string') throw malformed(wanted.at, 'expected a text in single quotes')
    this.#cursor.expect(')')
    const [test, folded] = [TEXT_TESTS[name]!, wanted.text.toLowerCase()]
    const isTrue = (item: unknown) => {
      const found = value(item)
      return typeof found === 'string' && test(found.toLowerCase(), folded)
    }
    // Scripts also write `startswith(name,'x') eq true`.
    if (!this.#cursor.takeWord('eq')) return isTrue
    const expected = this.#cursor.literal()
    return (item) => isTrue(item) === expected
  }

  /** `isof('microsoft.graph.win32LobApp')`: the type that `@odata.type` names. */
  #typeTest(): Filter {
    this.operators.add('isof')
    this.#cursor.next()
    this.#cursor.expect('(')
    const type = this.#cursor.next()
    if (type.kind !== 'string') throw malformed(type.at, 'expected a text in single quotes')
    this.#cursor.expect(')')
    return (item) => equal(valueAt(item, ['@odata.type']), `#${type.text}`)
  }

  #lambda(collection: string, isAny: boolean, depth: number, scope: Scope): Filter {
    this.operators.add(isAny ? 'any' : 'all')
    const { at: start } = this.#cursor.next()
    if (scope.size >= LAMBDAS_MAX) throw malformed(start, `more than ${LAMBDAS_MAX} lambdas within each other`)
    this.#cursor.expect('(')
    const all = this.#path(collection, scope)
    const listOf = (item: unknown) => {
      const value = all(item)
      return Array.isArray(value) ? value : []
    }
    if (isAny && this.#cursor.take(')')) return (item) => listOf(item).length > 0
    const { kind, text, at } = this.#cursor.next()
    const declared = /^(\w+):(.*)$/.exec(text)
    if (kind !== 'word' || !declared) throw malformed(at, `expected a variable with ":", not "${text}"`)
    // `p:p eq 'x'` is one word up to the space, and the rest of it begins the condition.
    const [, name, rest] = declared
    if (rest !== '') this.#cursor.unread({ kind: 'word', text: rest!, at: at + name!.length + 1 })
    const variable: { value: unknown } = { value: null }
    const inner = this.either(depth + 1, new Map([...scope, [name!, variable]]))
    this.#cursor.expect(')')
    const holds = (value: unknown, item: unknown) => {
      variable.value = value
      return inner(item)
    }
    return (item) =>
      isAny ? listOf(item).some((value) => holds(value, item)) : listOf(item).every((value) => holds(value, item))
  }
}

const isComparison = (word: string): word is Comparison => COMPARISONS.some((known) => known === word)
