import { MASK } from '../domain/secret.ts'

/** A shorter text, or one of digits alone, stands in many a message by chance: it is looked for as a whole value only. */
const FOUND_ANYWHERE_MIN = 8

/** The secrets of a run, in the forms in which a message can carry them. */
export class KnownSecrets {
  readonly #values = new Set<string>()
  readonly #forms = new Set<string>()

  add(secret: string): void {
    if (secret === '' || this.#values.has(secret)) return
    this.#values.add(secret)
    if (secret.length < FOUND_ANYWHERE_MIN || /^\d+$/.test(secret)) return
    for (const form of formsOf(secret)) this.#forms.add(form)
  }

  /** Whether a whole value (of a form, a query, an input of a page) is a secret. */
  has(value: string): boolean {
    return this.#values.has(value)
  }

  /** A text with masks where a secret stands in it, in whatever form. */
  mask(text: string): string {
    let out = text
    for (const form of this.#forms) {
      if (out.includes(form)) out = out.replaceAll(form, MASK)
    }
    return out
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

const lowerEscapes = (text: string): string => text.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase())

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
