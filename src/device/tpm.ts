import { TPM_CONDITIONS, type TpmCondition } from '../domain/conditions.ts'
import type { TpmFacts } from '../domain/device.ts'
import type { JournalWriter } from '../domain/journal.ts'
import type { KeySource } from '../ports/keys.ts'
import { endorsementSeedOf } from './tpm/endorsement-seed.ts'
import type { Tpm } from './tpm/tpm.ts'

/**
 * The device's TPM. Most of it is loaded only when a caller sends it a command: the hardware hash needs no more than the
 * public half of the endorsement key.
 */
export class VirtualTpm {
  readonly #facts: TpmFacts
  readonly #conditions = new Set<TpmCondition>()
  readonly #keys: KeySource
  readonly #journal: JournalWriter
  readonly #clock: () => number
  #chip: Promise<Tpm> | undefined

  /** @param clock milliseconds that the TPM has had power */
  constructor(facts: TpmFacts, keys: KeySource, journal: JournalWriter, clock: () => number = () => 0) {
    this.#facts = facts
    this.#keys = keys
    this.#journal = journal
    this.#clock = clock
  }

  /** Facts of its file, and what has become of it since. */
  get facts(): TpmFacts {
    const faults = [...this.#conditions].flatMap((condition) => TPM_CONDITIONS[condition] ?? [])
    return faults.length === 0 ? this.#facts : { ...this.#facts, faults: [...(this.#facts.faults ?? []), ...faults] }
  }

  get isAway(): boolean {
    return this.#conditions.has('away')
  }

  get isSlow(): boolean {
    return this.#conditions.has('slow')
  }

  /** Something becomes of it, or ends. False when nothing is other than before. */
  change(condition: Exclude<TpmCondition, 'cleared'>, isSo: boolean): boolean {
    if (this.#conditions.has(condition) === isSo) return false
    if (isSo) this.#conditions.add(condition)
    else this.#conditions.delete(condition)
    // The chip is started again, as it is now.
    this.#chip = undefined
    return true
  }

  /** The raw big-endian modulus of the endorsement key: 256 bytes. */
  endorsementModulus(): Uint8Array {
    this.#journal.write({ kind: 'tpm', command: 'TPM2_ReadPublic', code: 0 })
    const { n } = this.#keys.rsa2048(endorsementSeedOf(this.facts), 'ek').export({ format: 'jwk' }) as { n: string }
    return new Uint8Array(Buffer.from(n, 'base64url'))
  }

  /** The chip, as the firmware leaves it to Windows: started. Every command goes into the journal. */
  chip(): Promise<Tpm> {
    this.#chip ??= this.#start()
    return this.#chip
  }

  /** The power went: nothing that was loaded is left. */
  powerOff(): void {
    this.#chip = undefined
  }

  async #start(): Promise<Tpm> {
    const { startedTpm } = await import('./tpm/started-tpm.ts')
    return startedTpm({ facts: this.facts, keys: this.#keys, clock: this.#clock }, this.#journal)
  }
}
