/** The text that replaces a secret. */
export const MASK = '•••'

/** A value that must not be written anywhere. Printing, serialising or inspecting it gives a mask. */
export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  /** The only way to the value: called where it goes onto the wire. */
  reveal(): string {
    return this.#value
  }

  toString(): string {
    return MASK
  }

  toJSON(): string {
    return MASK
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return MASK
  }
}

/** A secret by its name: the value is in the vault beside the journal. */
export interface SecretRef {
  secret: string
}
