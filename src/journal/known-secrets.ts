import { MASK } from '../domain/secret.ts'
import { findForm, NO_FORMS, SecretForms, sharedForms } from './secret-forms.ts'

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

  /** A text with masks where it holds a secret, in any form. */
  mask(text: string): string {
    const one = this.#shared.tableFor(text)
    const other = this.#own.tableFor(text)
    let out = ''
    let from = 0
    for (let found = findForm(one, other, text, 0); found; found = findForm(one, other, text, from)) {
      out += text.slice(from, found.at) + MASK
      from = found.at + found.form.length
    }
    return from === 0 ? text : out + text.slice(from)
  }
}
