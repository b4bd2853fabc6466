import type { SecurityKey } from './security-key.ts'

/**
 * What a security key says to a PIN, by the errors of CTAP 2.1 (authenticatorClientPIN, 6.5 [L]): `PIN_INVALID`, `PIN_AUTH_BLOCKED` until the key was
 * without power, and `PIN_BLOCKED` until it is reset, which takes its accounts away.
 */
export type PinAnswer = 'right' | 'wrong' | 'held' | 'locked'

/** Wrong PINs after which a key locks, and after which it takes none before it was without power (CTAP 2.1, 6.5 [L]). */
const MOST_WRONG = 8
const MOST_WRONG_AT_ONCE = 3

/** The USB port for security keys: one at a time, so a key that is put in takes the place of another (an assumption). */
export class KeyPort {
  /** Wrong PINs since the last right one, by the name of the key: it remembers them without power. */
  readonly #wrong = new Map<string, number>()
  #inserted: { name: string; wrong: number } | undefined
  /** A security key that lies beside the device: what is on the key. */
  readonly find: (name: string) => SecurityKey | undefined

  constructor(find: KeyPort['find']) {
    this.find = find
  }

  /** The key is pulled out, or the port loses its power. */
  empty(): void {
    this.#inserted = undefined
  }

  enter(name: string, { pin }: Pick<SecurityKey, 'pin'>, entered: string): PinAnswer {
    if (this.#inserted?.name !== name) this.#inserted = { name, wrong: 0 }
    const inserted = this.#inserted
    const wrong = this.#wrong.get(name) ?? 0
    if (wrong >= MOST_WRONG) return 'locked'
    if (inserted.wrong >= MOST_WRONG_AT_ONCE) return 'held'
    if (entered === pin) {
      this.#wrong.delete(name)
      inserted.wrong = 0
      return 'right'
    }
    this.#wrong.set(name, wrong + 1)
    inserted.wrong++
    if (wrong + 1 >= MOST_WRONG) return 'locked'
    return inserted.wrong >= MOST_WRONG_AT_ONCE ? 'held' : 'wrong'
  }
}
