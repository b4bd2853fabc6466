import { DecodeError } from '../../domain/trouble.ts'

/** One word of a rule. `column` counts from 1, as the portal's editor does. */
export interface Token {
  kind: 'name' | 'operator' | 'string' | 'number' | 'symbol' | 'end'
  text: string
  column: number
}

/** Longest rule (Microsoft Entra, "Manage rules for dynamic membership groups", rule syntax). */
const LENGTH_MAX = 3072

export const malformed = (column: number, text: string): DecodeError =>
  new DecodeError('ERR_MEMBERSHIP_RULE_MALFORMED', `column ${column}: ${text}`)

/** Rules are pasted from documents: their quotation marks and dashes are often typographic ones. */
const QUOTES: Record<string, string> = { '"': '"', "'": "'", '“': '”', '‘': '’' }
const DASHES = '-–—'

const WORD = /[A-Za-z_$][\w$.]*/y
const NUMBER = /\d+(?:\.\d+)?/y
const SPACE = /\s+/y

/** @throws DecodeError `ERR_MEMBERSHIP_RULE_MALFORMED` */
export function tokensOf(rule: string): Token[] {
  if (rule.length > LENGTH_MAX) {
    throw malformed(LENGTH_MAX + 1, `a rule has at most ${LENGTH_MAX} characters, this one ${rule.length}`)
  }
  const tokens: Token[] = []
  let at = 0
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    return pattern.exec(rule)?.[0]
  }
  while (at < rule.length) {
    const column = at + 1
    const char = rule[at]!
    const space = take(SPACE)
    if (space !== undefined) {
      at += space.length
    } else if (char in QUOTES) {
      const { text, length } = stringAt(rule, at)
      tokens.push({ kind: 'string', text, column })
      at += length
    } else if ('()[],'.includes(char)) {
      tokens.push({ kind: 'symbol', text: char, column })
      at++
    } else if (DASHES.includes(char)) {
      at++
      const word = take(WORD)
      if (word === undefined) throw malformed(column, `"${char}" begins an operator such as -eq`)
      tokens.push({ kind: 'operator', text: word, column })
      at += word.length
    } else {
      const word = take(WORD)
      const text = word ?? take(NUMBER)
      if (text === undefined) throw malformed(column, `"${char}" has no meaning here`)
      tokens.push({ kind: word === undefined ? 'number' : 'name', text, column })
      at += text.length
    }
  }
  return [...tokens, { kind: 'end', text: '', column: rule.length + 1 }]
}

/** Double quotes inside are escaped by a backtick, single ones by doubling ("Supported values"). */
function stringAt(rule: string, start: number): { text: string; length: number } {
  const open = rule[start]!
  // A typographic opening mark is as good as closed by a straight one.
  const ends = [QUOTES[open]!, open === '“' ? '"' : open === '‘' ? "'" : open]
  let text = ''
  for (let at = start + 1; at < rule.length; at++) {
    const char = rule[at]!
    const next = rule[at + 1]
    if (char === '`' && next !== undefined) {
      text += next
      at++
    } else if (char === "'" && open === "'" && next === "'") {
      text += "'"
      at++
    } else if (ends.includes(char)) {
      return { text, length: at + 1 - start }
    } else {
      text += char
    }
  }
  throw malformed(start + 1, 'this text is not closed')
}
