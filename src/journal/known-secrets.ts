import { MASK } from '../domain/secret.ts'

/** A shorter text, or one of digits alone, is in many messages by chance: it is looked for as a whole value only. */
const FOUND_ANYWHERE_MIN = 8

/** A text is read once, however many secrets there are: by its pairs of characters, which few forms begin with. */
const PAIRS = 1 << 16

const pairOf = (first: number, second: number): number => ((first << 8) ^ second) & (PAIRS - 1)

/** The secrets of a run, in the forms in which a message can carry them. */
export class KnownSecrets {
  readonly #values = new Set<string>()
  /** By the pair that they begin with, the longest first. */
  readonly #forms = new Map<number, string[]>()
  readonly #begins = new Uint8Array(PAIRS)

  add(secret: string): void {
    if (secret === '' || this.#values.has(secret)) return
    this.#values.add(secret)
    if (secret.length < FOUND_ANYWHERE_MIN || /^\d+$/.test(secret)) return
    for (const form of new Set(formsOf(secret))) {
      const pair = pairOf(form.charCodeAt(0), form.charCodeAt(1))
      const alike = [...(this.#forms.get(pair) ?? []), form].sort((a, b) => b.length - a.length)
      this.#forms.set(pair, alike)
      this.#begins[pair] = 1
    }
  }

  /** Whether a whole value (of a form, a query, an input of a page) is a secret. */
  has(value: string): boolean {
    return this.#values.has(value)
  }

  /** A text with masks where it holds a secret, in any form. */
  mask(text: string): string {
    if (this.#forms.size === 0) return text
    const begins = this.#begins
    let out = ''
    let from = 0
    let first = text.charCodeAt(0)
    for (let at = 1; at < text.length; at++) {
      const second = text.charCodeAt(at)
      const pair = pairOf(first, second)
      first = second
      if (begins[pair] === 0 || at <= from) continue
      const form = this.#formAt(text, at - 1, pair)
      if (form === undefined) continue
      out += text.slice(from, at - 1) + MASK
      from = at - 1 + form.length
    }
    return from === 0 ? text : out + text.slice(from)
  }

  #formAt(text: string, at: number, pair: number): string | undefined {
    for (const form of this.#forms.get(pair)!) {
      if (text.charCodeAt(at + 2) === form.charCodeAt(2) && text.startsWith(form, at)) return form
    }
    return undefined
  }
}

/** As it is; escaped for URLs (once and twice), forms, JSON, XML; in hexadecimal; in base64, wherever in a longer text it begins. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret)
  const url = encodeURIComponent(secret)
  const form = new URLSearchParams({ '': secret }).toString().slice(1)
  const json = JSON.stringify(secret).slice(1, -1)
  const xml = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return [
    ...[secret, url, form, encodeURIComponent(url), encodeURIComponent(form), lowerEscapes(url), lowerEscapes(form)],
    ...[json, JSON.stringify(json).slice(1, -1)],
    ...[xml, xml.replaceAll('"', '&quot;'), xml.replaceAll('"', '&quot;').replaceAll("'", '&apos;')],
    ...[bytes.toString('hex'), bytes.toString('hex').toUpperCase(), Buffer.from(secret, 'utf16le').toString('hex')],
    ...base64Within(bytes),
    ...base64Within(Buffer.from(secret, 'utf16le')),
  ]
}

const lowerEscapes = (text: string): string => text.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())

/** The part of a longer base64 text that a secret alone decides: it may begin at each of three places in a group of bytes. */
function base64Within(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    // Of the first and the last characters other bytes decide too.
    const from = before === 0 ? 0 : before + 1
    const whole = Math.floor(((before + bytes.length) * 8) / 6)
    const part = text.slice(from, whole)
    // Alone in its text it goes to the last character.
    const forms = before === 0 ? [text, part] : [part]
    return forms.flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')])
  })
}
