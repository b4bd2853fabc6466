import { type Document, isAlias, isCollection, isMap, isScalar, type Node, type Pair, type Scalar, visit } from 'yaml'
import { nearest } from './nearest.ts'

/** Text and its secret parts, for a message: a terminal is often a log. */
export interface Masked {
  /** As long as the text, with its lines: what is secret in it is dots. */
  text: string
  /** A message of the parser, which may repeat a part of the file. */
  message(text: string): string
}

const DOT = '•'
const LONG_NAMES = ['password', 'passphrase', 'passcode', 'secret', 'clientsecret']
const NAMES = new Set([
  'key',
  'pin',
  'confirmpin',
  'accesspass',
  'temporaryaccesspass',
  'psk',
  'pwd',
  'text',
  'token',
  'authorization',
  'cookie',
  'setcookie',
  ...LONG_NAMES,
])

/** Keys of our files that look like one of them. */
const OTHERS = new Set(['screen', 'security', 'server'])
const LENGTH_MAX = 20

/** Whether a key's value is a secret, however the key is written: the mistake may be in the key itself. */
export function isSecretName(key: string): boolean {
  if (key.length > LENGTH_MAX) return false
  const plain = key.toLowerCase().replace(/[^a-z]/g, '')
  if (NAMES.has(plain) || /(password|passphrase|secret|token)$/.test(plain) || /^k[eya]{2,3}$/.test(plain)) return true
  return !OTHERS.has(plain) && nearest(plain, LONG_NAMES) !== undefined
}

/** Beside a secret they say where it is. */
const WHEREABOUTS = new Set(['file', 'env', 'username'])

export function maskSecrets(text: string, document: Document): Masked {
  const ranges = [...rangesIn(text, document), ...rangesByLine(text, document.errors.length > 0)]
  const secrets = new Set<string>()
  for (const [start, end] of ranges) {
    const secret = text.slice(start, end).trim()
    // A secret that begins with one of these signs is no text for YAML, and the parser names it.
    const signed = secret.match(/(?<!\S)[&*!]\S+/g) ?? []
    const inside = /^(["'])(.*)\1$/s.exec(secret)?.[2] ?? secret
    for (const form of [secret, inside, ...signed.map((word) => word.slice(1))]) if (form.length > 2) secrets.add(form)
  }
  return {
    text: dotted(text, ranges),
    message: (message) => {
      const begins = [message.indexOf('"'), message.indexOf(': ')].filter((at) => at >= 0)
      const words = message.slice(0, Math.min(message.length, ...begins))
      let rest = message.slice(words.length)
      for (const secret of secrets) {
        for (const form of [secret, JSON.stringify(secret).slice(1, -1)]) rest = rest.replaceAll(form, DOT.repeat(3))
      }
      return words + rest
    },
  }
}

/** Line ends and the blanks around a line stay, so that all the rest keeps its place. */
function dotted(text: string, ranges: readonly Range[]): string {
  let out = ''
  let at = 0
  for (const [start, end] of ranges.toSorted((one, other) => one[0] - other[0])) {
    if (end <= at) continue
    const from = Math.max(start, at)
    const lines = text.slice(from, end).split('\n')
    out +=
      text.slice(at, from) +
      lines.map((line) => line.replace(/\S(?:.*\S)?/, (part) => DOT.repeat(part.length))).join('\n')
    at = end
  }
  return out + text.slice(at)
}

type Range = [number, number]

/** What the parser has found, in each form of YAML: plain, quoted, a block, in a list, behind an anchor or a tag. */
function rangesIn(text: string, document: Document): Range[] {
  const ranges: Range[] = []
  const take = (node: unknown, from?: number) => {
    const range = (node as Node | null)?.range
    if (range) ranges.push([Math.min(from ?? range[0], range[0]), range[1]])
  }
  visit(document, {
    Pair: (_, pair) => {
      const { key, value } = pair as Pair<Scalar, Node | null>
      if (!isScalar(key) || !isSecretName(String(key.value))) return
      if (isScalar(value) || isAlias(value)) take(value, text.indexOf(':', key.range?.[1] ?? 0) + 1)
      else if (isMap(value)) {
        for (const item of value.items as Pair<Scalar>[]) {
          if (isScalar(item.value) && !WHEREABOUTS.has(String(item.key.value))) take(item.value)
        }
      } else if (isCollection(value)) visit(value as Node, { Scalar: (_key, node) => take(node) })
    },
  })
  return ranges
}

/** A key and the value behind it; a key that is longer is no secret's. */
const PAIR = /(?<![\w-])([\w-]{1,20})["']?[ \t]*:(?:[ \t]+("[^"]*"?|'[^']*'?|[^\s,}\]][^,}\]]*)|[ \t]*$)/g

/** `name: value`, and what looks like a token, wherever it is written: in a comment, or in a file that is no YAML. */
function rangesByLine(text: string, isBroken: boolean): Range[] {
  const ranges: Range[] = []
  let start = 0
  /** Of a secret that may go on below: lines that are indented more belong to it. */
  let above: number | undefined
  for (const line of text.split('\n')) {
    const indent = line.search(/\S/)
    if (above !== undefined && indent > above) ranges.push([start, start + line.length])
    else if (indent >= 0) above = undefined
    for (const { index, 0: pair, 1: name, 2: value = '' } of line.matchAll(PAIR)) {
      if (!isSecretName(name!)) continue
      const end = index + pair.length
      // Where a bracket or a quotation mark is missing, nothing says where the secret ends.
      ranges.push([start + end - value.length, start + (isBroken ? line.length : end)])
      if (isBroken) above ??= /^[ \t-]*$/.test(line.slice(0, index)) ? index : indent
    }
    for (const { index, 0: token } of line.matchAll(/\beyJ[\w.-]{8,}/g)) {
      ranges.push([start + index, start + index + token.length])
    }
    start += line.length + 1
  }
  return ranges
}
