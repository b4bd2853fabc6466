import { assemble, type Node, run } from './automaton.ts'
import { malformed } from './tokens.ts'

/**
 * The regular expressions of -match, without backtracking: a rule comes from outside, and `(a+)+b` must not stop the
 * service. Literals, `.`, classes, groups, alternation, anchors and quantifiers; look-around and back-references are refused. Letters
 * are compared without case, anywhere in the text.
 */
export interface Pattern {
  source: string
  test(text: string): boolean
}

/** `a{1000}` becomes a thousand states; more would be an attack. */
const REPEAT_MAX = 1000

/** @param column Where the pattern begins in its rule. @throws DecodeError `ERR_MEMBERSHIP_RULE_MALFORMED` */
export function compilePattern(source: string, column: number): Pattern {
  const node = new PatternParser(source, column).whole()
  const program = assemble(node, column)
  return { source, test: (text) => run(program, text.toLowerCase()) }
}

class PatternParser {
  readonly #source: string
  readonly #column: number
  #at = 0
  #depth = 0

  constructor(source: string, column: number) {
    this.#source = source
    this.#column = column
  }

  whole(): Node {
    const node = this.#choice()
    if (this.#at < this.#source.length) throw this.#trouble('this parenthesis closes none')
    return node
  }

  #choice(): Node {
    const parts = [this.#sequence()]
    while (this.#take('|')) parts.push(this.#sequence())
    return parts.length === 1 ? parts[0]! : { kind: 'choice', parts }
  }

  #sequence(): Node {
    const parts: Node[] = []
    while (this.#at < this.#source.length && !'|)'.includes(this.#peek())) parts.push(this.#repeated())
    return parts.length === 1 ? parts[0]! : { kind: 'sequence', parts }
  }

  #repeated(): Node {
    let part = this.#atom()
    for (;;) {
      const range = this.#quantifier()
      if (!range) return part
      if (part.kind === 'start' || part.kind === 'end') throw this.#trouble('nothing to repeat')
      part = { kind: 'repeat', part, ...range }
      // A lazy quantifier finds the same texts as a greedy one.
      this.#take('?')
    }
  }

  #quantifier(): { min: number; max: number } | undefined {
    if (this.#take('*')) return { min: 0, max: Number.POSITIVE_INFINITY }
    if (this.#take('+')) return { min: 1, max: Number.POSITIVE_INFINITY }
    if (this.#take('?')) return { min: 0, max: 1 }
    const counted = /^\{(\d{1,4})(?:(,)(\d{1,4})?)?\}/.exec(this.#source.slice(this.#at, this.#at + 12))
    if (!counted) return undefined
    const min = Number(counted[1])
    const max = counted[2] === undefined ? min : Number(counted[3] ?? Number.POSITIVE_INFINITY)
    if (min > REPEAT_MAX || (Number.isFinite(max) && (max > REPEAT_MAX || max < min))) {
      throw this.#trouble(`repeats at most ${REPEAT_MAX} times, the smaller number first`)
    }
    this.#at += counted[0].length
    return { min, max }
  }

  #atom(): Node {
    const char = this.#peek()
    if ('*+?'.includes(char)) throw this.#trouble('nothing to repeat')
    this.#at++
    switch (char) {
      case '(':
        return this.#group()
      case '[':
        return { kind: 'char', matches: this.#charClass() }
      case '.':
        return { kind: 'char', matches: (other) => other !== '\n' }
      case '^':
        return { kind: 'start' }
      case '$':
        return { kind: 'end' }
      case '\\':
        return this.#escape()
      default:
        return literal(char)
    }
  }

  #group(): Node {
    const openedAt = this.#at
    if (this.#take('?') && !this.#take(':')) throw this.#trouble('look-around and named groups are not supported')
    if (++this.#depth > 50) throw this.#trouble('nested deeper than 50')
    const node = this.#choice()
    this.#depth--
    if (!this.#take(')')) throw malformed(this.#column + openedAt - 1, 'this parenthesis is not closed')
    return node
  }

  #escape(): Node {
    const char = this.#next('the pattern ends with "\\"')
    if (/[1-9]/.test(char)) throw this.#trouble('back-references are not supported')
    const known = CLASSES[char]
    if (known) return { kind: 'char', matches: known }
    if (/[A-Za-z]/.test(char) && !(char in CONTROLS)) throw this.#trouble(`"\\${char}" is not supported`)
    return literal(CONTROLS[char] ?? char)
  }

  #charClass(): (char: string) => boolean {
    const openedAt = this.#at
    const isNegated = this.#take('^')
    const tests: ((char: string) => boolean)[] = []
    for (let isFirst = true; isFirst || this.#peek() !== ']'; isFirst = false) {
      if (this.#at >= this.#source.length) {
        throw malformed(this.#column + openedAt - 1, 'this character class is not closed')
      }
      const from = this.#classMember()
      if (typeof from === 'function') {
        tests.push(from)
      } else if (this.#peek() === '-' && ![']', ''].includes(this.#source[this.#at + 1] ?? '')) {
        this.#at++
        const to = this.#classMember()
        if (typeof to === 'function' || to < from)
          throw this.#trouble('a range goes from the lower character to the higher')
        tests.push((char) => inRange(char, from, to))
      } else {
        tests.push((char) => char === from.toLowerCase())
      }
    }
    this.#at++
    // A class may have a thousand members, and stand in the pattern a thousand times.
    return remembered((char) => tests.some((test) => test(char)) !== isNegated)
  }

  #classMember(): string | ((char: string) => boolean) {
    const char = this.#next('this character class is not closed')
    if (char !== '\\') return char
    const escaped = this.#next('the pattern ends with "\\"')
    return CLASSES[escaped] ?? CONTROLS[escaped] ?? escaped
  }

  #peek = (): string => this.#source[this.#at] ?? ''

  #next(missing: string): string {
    const char = this.#source[this.#at]
    if (char === undefined) throw this.#trouble(missing)
    this.#at++
    return char
  }

  #take(text: string): boolean {
    if (this.#peek() !== text) return false
    this.#at++
    return true
  }

  #trouble = (text: string) => malformed(this.#column + this.#at, `in the pattern: ${text}`)
}

function remembered(test: (char: string) => boolean): (char: string) => boolean {
  const known = new Map<string, boolean>()
  return (char) => {
    let answer = known.get(char)
    if (answer === undefined) {
      answer = test(char)
      known.set(char, answer)
    }
    return answer
  }
}

const literal = (char: string): Node => {
  const wanted = char.toLowerCase()
  return { kind: 'char', matches: (other) => other === wanted }
}

/** The text is in lower case, the range need not be. */
const inRange = (char: string, from: string, to: string): boolean =>
  (char >= from && char <= to) || (char.toUpperCase() >= from && char.toUpperCase() <= to)

const isDigit = (char: string) => char >= '0' && char <= '9'
const isWord = (char: string) => /\w/.test(char)
const isSpace = (char: string) => /\s/.test(char)
const CLASSES: Partial<Record<string, (char: string) => boolean>> = {
  d: isDigit,
  D: (char) => !isDigit(char),
  w: isWord,
  W: (char) => !isWord(char),
  s: isSpace,
  S: (char) => !isSpace(char),
}
const CONTROLS: Partial<Record<string, string>> = { t: '\t', n: '\n', r: '\r' }
