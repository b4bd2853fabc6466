import { MASK } from '../domain/secret.ts'
import { type Found, findForm, NO_FORMS, NO_TABLE, SecretForms, sharedForms } from './secret-forms.ts'

/** The secrets of a run, in the forms in which a message can carry them. */
export class KnownSecrets {
  readonly #names: string[] = []
  #own = NO_FORMS
  #shared = NO_FORMS

  add(secret: string): void {
    if (secret === '' || this.has(secret)) return
    this.#names.push(secret)
    this.#own = new SecretForms(this.#names)
  }

  /** Secrets that other runs know too: their forms are made once for all of them, and kept when the run is over. */
  share(secrets: readonly string[]): void {
    this.#shared = sharedForms(secrets.filter((secret) => secret !== ''))
  }

  /** Whether a whole value (of a form, a query, an input of a page) is a secret. */
  has(value: string): boolean {
    return this.#shared.has(value) || this.#own.has(value)
  }

  /** A text with masks where it holds a secret, in any form. Of those that begin at one place the longest counts. */
  mask(text: string): string {
    const tables = [this.#shared.tableFor(text), this.#own.tableFor(text)] as const
    if (tables[0] === NO_TABLE && tables[1] === NO_TABLE) return text
    let out = ''
    let from = 0
    let one = findForm(tables[0], text, from)
    let other = findForm(tables[1], text, from)
    for (let found = first(one, other); found; found = first(one, other)) {
      out += text.slice(from, found.at) + MASK
      from = found.at + found.form.length
      // Each table reads the text once, however much the other finds.
      if (one && one.at < from) one = findForm(tables[0], text, from)
      if (other && other.at < from) other = findForm(tables[1], text, from)
    }
    return from === 0 ? text : out + text.slice(from)
  }
}

function first(one: Found | undefined, other: Found | undefined): Found | undefined {
  if (!one || !other) return one ?? other
  if (one.at === other.at) return other.form.length > one.form.length ? other : one
  return one.at < other.at ? one : other
}
