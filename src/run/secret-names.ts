import type { SecretRef } from '../domain/secret.ts'
import { secretOf, type Vault } from './seal.ts'

/** The secrets of a run by name: those of its RunSpec, and what a person types. */
export class SecretNames {
  readonly #vault: Vault
  readonly #onNew: (name: string, value: string) => void
  #typed = 0

  constructor(vault: Vault, onNew: (name: string, value: string) => void) {
    this.#vault = { ...vault }
    this.#onNew = onNew
  }

  /** The first name that has this value; a new one when none has. */
  nameOf(value: string): SecretRef {
    const known = Object.keys(this.#vault).find((name) => this.#vault[name] === value)
    if (known !== undefined) return { secret: known }
    while (Object.hasOwn(this.#vault, `typed.${this.#typed}`)) this.#typed++
    const name = `typed.${this.#typed}`
    this.#vault[name] = value
    this.#onNew(name, value)
    return { secret: name }
  }

  /** Code `ERR_VAULT` for a name that the vault does not have. */
  valueOf(name: SecretRef): string {
    return secretOf(name, this.#vault)
  }
}
