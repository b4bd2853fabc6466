import { shallowJson } from './json.ts'

const TOKENS = /<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<[^<>]*(?:>|$)|[^<]+|</g
const LONG = 120
/** Documents within documents are unfolded so deep; what is deeper is shown as it is. */
const UNFOLDED_MAX = 8
/** Base64 that is longer than a line tells a reader nothing. */
const BLOB = /^[A-Za-z0-9+/_-]{100,}={0,2}$/

export interface IndentOptions {
  /** Prints long runs of base64 too. */
  isFull?: boolean
}

/**
 * A body laid out for reading: markup and JSON indented, forms one field a line, documents within documents unfolded.
 * It goes by what the text looks like and reads on where it is malformed or ends early.
 */
export function readableBody(text: string, options: IndentOptions = {}): string[] {
  const trimmed = text.replace(/^\ufeff/, '').trim()
  if (trimmed === '') return []
  if (trimmed.startsWith('<')) return indentedMarkup(trimmed, options)
  if (/^[[{]/.test(trimmed)) return indentedJson(trimmed, options)
  if (/^[\w.~%-]+=[^\s]*$/.test(trimmed)) return fields(trimmed, options)
  return trimmed.split(/\r?\n/).map((line) => shortened(line, options))
}

function indentedMarkup(markup: string, options: IndentOptions, level = 0): string[] {
  const lines: string[] = []
  let depth = 0
  let leaf: string | undefined
  const add = (text: string, at = depth) => lines.push(`${'  '.repeat(Math.min(at, 40))}${text}`)
  const flush = () => {
    if (leaf !== undefined) add(leaf, depth - 1)
    leaf = undefined
  }
  for (const [token] of markup.matchAll(TOKENS)) {
    if (/^<\/[^<>]*>?$/.test(token)) {
      depth = Math.max(0, depth - 1)
      // An element with nothing but text keeps to one line.
      if (leaf === undefined) add(token)
      else add(leaf + token)
      leaf = undefined
    } else if (/^<[^!?]/.test(token) && !token.endsWith('/>')) {
      flush()
      leaf = token.replace(/\s+/g, ' ')
      depth++
    } else if (token.startsWith('<') && token !== '<' && !token.startsWith('<![CDATA[')) {
      flush()
      add(token.replace(/\s+/g, ' '))
    } else if (token.trim() !== '') {
      const inside = level < UNFOLDED_MAX ? unfolded(token, options, level) : undefined
      if (inside) {
        flush()
        for (const line of inside) add(line)
      } else if (leaf !== undefined) leaf += shortened(token.trim(), options)
      else add(shortened(token.trim(), options))
    }
  }
  flush()
  return lines
}

/** The lines of a document in this text, escaped, in CDATA or in base64. */
function unfolded(text: string, options: IndentOptions, level: number): string[] | undefined {
  const cdata = /^<!\[CDATA\[([\s\S]*?)(?:\]\]>)?$/.exec(text)?.[1]
  const inner = cdata ?? (text.includes('&lt;') ? unescaped(text) : (decoded(text) ?? ''))
  return inner.trim().startsWith('<') ? indentedMarkup(inner.trim(), options, level + 1) : undefined
}

function decoded(text: string): string | undefined {
  const bare = text.replace(/&#x?[dDaA0-9]+;|\s+/g, '')
  if (!/^(?:PHdhcC|PD94bW)[A-Za-z0-9+/]+={0,2}$/.test(bare)) return undefined
  return Buffer.from(bare, 'base64').toString()
}

const ENTITIES: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'", '&amp;': '&' }
const unescaped = (text: string): string => text.replace(/&(?:lt|gt|quot|apos|amp);/g, (entity) => ENTITIES[entity]!)

function indentedJson(text: string, options: IndentOptions): string[] {
  const value = shallowJson(text)
  if (value === undefined) return [shortened(text, options)]
  const shown = JSON.stringify(value, (_, one) => (typeof one === 'string' ? shortened(one, options) : one), 2)
  return shown.split('\n')
}

function fields(text: string, options: IndentOptions): string[] {
  return text.split('&').map((field) => {
    const [name, value = ''] = field.split(/=([\s\S]*)/)
    return `${name} = ${shortened(plainOf(value), options)}`
  })
}

/** A field as it was before it was encoded; as it is when that cannot be told. */
function plainOf(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll('+', ' '))
  } catch {
    return value
  }
}

function shortened(text: string, { isFull }: IndentOptions): string {
  if (isFull || text.length <= LONG || !BLOB.test(text.replace(/\s+/g, ''))) return text
  return `${text.slice(0, 48)}… (${text.length} characters)`
}
