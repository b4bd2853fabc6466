/** A shorter text, or one of digits alone, is in many messages by chance: it is looked for as a whole value only. */
const FOUND_ANYWHERE_MIN = 8
/** So many places in the table for each form: most characters find theirs empty. */
const PLACES_PER_FORM = 64
/** Three characters, of which each moves the others by five bits. */
const BITS_MAX = 15
/** So many characters are looked at together. */
const BLOCK = 3
/** What a byte can say. */
const STEP_MAX = 255
/** How many sets are kept for runs to come. */
const SHARED_MAX = 16

export interface Found {
  at: number
  form: string
}

/**
 * All forms are looked for at once, by where three characters are in the beginnings of them: characters that are in none are
 * passed over, nearly as many as the shortest form has.
 */
export interface FormTable {
  /** How far the search may go on from three characters, by their hash; 0 where a form may end its beginning with them. */
  steps: Uint8Array
  /** Forms by the hash of those three, the longest first. */
  forms: ReadonlyMap<number, readonly string[]>
  /** Length of the beginnings: that of the shortest form. */
  length: number
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
    if (text.length < this.#shortest) return NO_TABLE
    this.#table ??= tableOf(this.#anywhere)
    return this.#table
  }
}

/** For a text in which there can be none. */
export const NO_TABLE: FormTable = { steps: new Uint8Array(1), forms: new Map(), length: 0 }
export const NO_FORMS = new SecretForms([])

/** Where a form begins first in a text, from a place on: the longest that begins there. */
export function findForm({ steps, forms, length }: FormTable, text: string, from: number): Found | undefined {
  if (length === 0) return undefined
  const end = text.length - BLOCK
  const toBlock = length - BLOCK
  const places = steps.length - 1
  for (let at = from + toBlock; at <= end; ) {
    const hash = hashAt(text, at) & places
    const step = steps[hash]!
    if (step > 0) {
      at += step
      continue
    }
    for (const form of forms.get(hash)!) if (text.startsWith(form, at - toBlock)) return { at: at - toBlock, form }
    at++
  }
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
  const all = [...new Set(secrets.flatMap(formsOf))].sort((a, b) => b.length - a.length)
  const length = Math.min(STEP_MAX + BLOCK - 1, ...all.map((form) => form.length))
  const bits = Math.ceil(Math.log2(all.length * PLACES_PER_FORM))
  const steps = new Uint8Array(2 ** Math.min(bits, BITS_MAX)).fill(length - BLOCK + 1)
  const places = steps.length - 1
  const forms = new Map<number, string[]>()
  for (const form of all) {
    for (let at = 0; at <= length - BLOCK; at++) {
      const hash = hashAt(form, at) & places
      steps[hash] = Math.min(steps[hash]!, length - BLOCK - at)
    }
    const last = hashAt(form, length - BLOCK) & places
    const alike = forms.get(last)
    if (alike) alike.push(form)
    else forms.set(last, [form])
  }
  return { steps, forms, length }
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
