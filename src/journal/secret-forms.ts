/** A shorter text, or one of digits alone, is in many messages by chance: it is looked for as a whole value only. */
const FOUND_ANYWHERE_MIN = 8
/** So many places in the table for each form: most characters find theirs empty. */
const PLACES_PER_FORM = 64
/** Three characters, of which each moves the others by five bits. */
const BITS_MAX = 15
/** How many sets are kept for runs to come. */
const SHARED_MAX = 16

export interface Found {
  at: number
  form: string
}

/** A text is read once, however many secrets there are: by three characters at a time, which few forms begin with. */
export interface FormTable {
  begins: Uint8Array
  /** By the hash of what they begin with, the longest first. */
  forms: Map<number, string[]>
}

/** Secrets in the forms in which a message can carry them. It does not change, so that runs may share it. */
export class SecretForms {
  /** The length of the shortest form. */
  readonly #shortest: number
  readonly #values: ReadonlySet<string>
  readonly #anywhere: readonly string[]
  #table: FormTable | undefined

  constructor(secrets: readonly string[]) {
    this.#values = new Set(secrets)
    this.#anywhere = [...this.#values].filter((one) => one.length >= FOUND_ANYWHERE_MIN && !/^\d+$/.test(one))
    // No form is shorter than the secret itself.
    this.#shortest = Math.min(...this.#anywhere.map(({ length }) => length))
  }

  has(value: string): boolean {
    return this.#values.has(value)
  }

  /** With nothing in it for a text that is too short for any of them. It is made for the first that is not. */
  tableFor(text: string): FormTable {
    if (text.length < this.#shortest) return EMPTY
    this.#table ??= tableOf(this.#anywhere)
    return this.#table
  }
}

const EMPTY: FormTable = { begins: new Uint8Array(1), forms: new Map() }
export const NO_FORMS = new SecretForms([])

/** Where a form begins first in a text, from a place on: the longest that begins there. Both tables are asked on one way. */
export function findForm(one: FormTable, other: FormTable, text: string, from: number): Found | undefined {
  for (let at = candidateFrom(one, other, text, from); at >= 0; at = candidateFrom(one, other, text, at + 1)) {
    const form = longer(formAt(one, text, at), formAt(other, text, at))
    if (form !== undefined) return { at, form }
  }
  return undefined
}

/** Where the next form may begin; -1 for nowhere. This loop goes over each character of a journal, and calls nothing. */
function candidateFrom({ begins }: FormTable, { begins: others }: FormTable, text: string, from: number): number {
  const end = text.length - 2
  // A character beyond the end is no number, and makes every later search slow.
  if (from >= end) return -1
  const [last, othersLast] = [begins.length - 1, others.length - 1]
  let first = text.charCodeAt(from)
  let second = text.charCodeAt(from + 1)
  for (let at = from; at < end; at++) {
    const third = text.charCodeAt(at + 2)
    const hash = (first << 10) ^ (second << 5) ^ third
    if ((begins[hash & last]! | others[hash & othersLast]!) !== 0) return at
    first = second
    second = third
  }
  return -1
}

const longer = (one: string | undefined, other: string | undefined): string | undefined =>
  one === undefined || (other !== undefined && other.length > one.length) ? other : one

function formAt({ begins, forms }: FormTable, text: string, at: number): string | undefined {
  for (const form of forms.get(hashAt(text, at) & (begins.length - 1)) ?? []) if (text.startsWith(form, at)) return form
  return undefined
}

const shared = new Map<string, SecretForms>()

/** The forms of secrets that more than one run knows: those of a school. */
export function sharedForms(secrets: readonly string[]): SecretForms {
  const key = JSON.stringify(secrets)
  const known = shared.get(key)
  if (known) return known
  if (shared.size >= SHARED_MAX) shared.clear()
  const made = new SecretForms(secrets)
  shared.set(key, made)
  return made
}

const hashAt = (text: string, at: number): number =>
  (text.charCodeAt(at) << 10) ^ (text.charCodeAt(at + 1) << 5) ^ text.charCodeAt(at + 2)

function tableOf(secrets: readonly string[]): FormTable {
  const all = new Set(secrets.flatMap(formsOf))
  const bits = Math.ceil(Math.log2(all.size * PLACES_PER_FORM))
  const begins = new Uint8Array(2 ** Math.min(bits, BITS_MAX))
  const forms = new Map<number, string[]>()
  for (const form of [...all].sort((a, b) => b.length - a.length)) {
    const hash = hashAt(form, 0) & (begins.length - 1)
    begins[hash] = 1
    const alike = forms.get(hash)
    if (alike) alike.push(form)
    else forms.set(hash, [form])
  }
  return { begins, forms }
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
