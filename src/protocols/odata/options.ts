import { DecodeError } from '../../domain/trouble.ts'

const LENGTH_MAX = 8_192

export interface OrderKey {
  path: readonly string[]
  isDescending: boolean
}

/** `displayName desc,id`. @throws DecodeError `ERR_ODATA_ORDERBY` */
export function parseOrderBy(text: string): OrderKey[] {
  if (text.length > LENGTH_MAX) throw new DecodeError('ERR_ODATA_ORDERBY', `at most ${LENGTH_MAX} characters`)
  return text.split(',').map((part) => {
    const [path = '', direction = 'asc', ...rest] = part.trim().split(/\s+/)
    const isDescending = direction.toLowerCase() === 'desc'
    const isOrder = isDescending || direction.toLowerCase() === 'asc'
    if (!isOrder || rest.length > 0 || !/^[A-Za-z@][\w.@]*(\/[A-Za-z]\w*)*$/.test(path)) {
      throw new DecodeError('ERR_ODATA_ORDERBY', `"${part}"`)
    }
    return { path: path.split('/'), isDescending }
  })
}

/** One name of `$expand`, and the options in its parentheses. */
export interface Expansion {
  name: string
  /** `$select` in its parentheses. */
  select: string | undefined
}

/** `members,assignments($select=id,target)`. @throws DecodeError `ERR_ODATA_EXPAND` */
export function parseExpand(text: string): Expansion[] {
  if (text.length > LENGTH_MAX) throw new DecodeError('ERR_ODATA_EXPAND', `at most ${LENGTH_MAX} characters`)
  return split(text, ',').map((part) => {
    const match = /^([A-Za-z*][\w.]*)(?:\((.*)\))?$/s.exec(part.trim())
    if (!match) throw new DecodeError('ERR_ODATA_EXPAND', `"${part}"`)
    const [, name, options = ''] = match
    const select = split(options, ';')
      .map((option) => /^\$?select=(.*)$/is.exec(option.trim())?.[1])
      .find((value) => value !== undefined)
    return { name: name!, select }
  })
}

/** At a sign that is in no parentheses. */
function split(text: string, sign: string): string[] {
  const parts: string[] = []
  let [from, depth] = [0, 0]
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') depth++
    else if (text[at] === ')') depth--
    else if (text[at] === sign && depth === 0) {
      parts.push(text.slice(from, at))
      from = at + 1
    }
  }
  return [...parts, text.slice(from)].filter((part) => part !== '')
}

export const parseSelect = (text: string): string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')

/** A term of `$search`: `"displayName:year one"`. */
interface SearchTerm {
  property: string
  words: string[]
}

/**
 * `$search` of directory objects: terms in double quotes, each `property:text`, joined by AND and OR.
 *
 * @returns Lists of terms: one list has to hold whole
 * @throws DecodeError `ERR_ODATA_SEARCH`
 */
export function parseSearch(text: string): SearchTerm[][] {
  if (text.length > LENGTH_MAX) throw new DecodeError('ERR_ODATA_SEARCH', `at most ${LENGTH_MAX} characters`)
  const pattern = /\s*"(\w+):([^"]*)"\s*(?:(AND|OR)(?=\s)|$)/y
  const lists: SearchTerm[][] = [[]]
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text)
    if (!match) throw new DecodeError('ERR_ODATA_SEARCH', 'each term looks like "property:text", in double quotes')
    const [, property, value, joint] = match
    lists.at(-1)!.push({ property: property!, words: wordsOf(value!) })
    if (joint === 'OR') lists.push([])
    else if (joint === undefined) break
  }
  if (lists.some((list) => list.length === 0)) throw new DecodeError('ERR_ODATA_SEARCH', 'a term is missing')
  return lists
}

/** The index of the directory cuts at spaces, signs and changes of letter case (documented for displayName and description). */
const wordsOf = (text: string): string[] =>
  text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')

/** Whether a text has each word of the term at the beginning of one of its words. */
export function isFound({ words }: SearchTerm, text: unknown): boolean {
  if (typeof text !== 'string') return false
  const own = [...wordsOf(text), ...text.toLowerCase().split(/[^\p{L}\p{N}]+/u)]
  return words.every((word) => own.some((one) => one.startsWith(word)))
}
