import { DecodeError } from '../../domain/trouble.ts'

const LENGTH_MAX = 8_192

export interface Token {
  kind: 'word' | 'string' | 'symbol' | 'end'
  text: string
  at: number
}

export const malformed = (at: number, text: string): DecodeError =>
  new DecodeError('ERR_ODATA_FILTER', `$filter, character ${at + 1}: ${text}`)

/** A word may be a property's path, a lambda with its path, a number, a GUID or a date. @throws DecodeError `ERR_ODATA_FILTER` */
export function tokensOf(filter: string): Token[] {
  if (filter.length > LENGTH_MAX) throw malformed(LENGTH_MAX, `at most ${LENGTH_MAX} characters`)
  const tokens: Token[] = []
  const pattern = /\s+|([A-Za-z0-9_@.:+$-]+(?:\/[A-Za-z0-9_@.$]+)*)|'((?:[^']|'')*)'|([(),])/y
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
