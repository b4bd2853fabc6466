import { constants, type KeyObject, privateDecrypt } from 'node:crypto'
import type { TpmFacts } from '../domain/device.ts'
import type { JournalWriter } from '../domain/journal.ts'
import { failure, type Result, success } from '../domain/trouble.ts'
import type { KeySource } from '../ports/keys.ts'

/** TPM_RC_VALUE of the first parameter (TPM 2.0 Library, Part 2, 6.6.3). */
const RC_VALUE = 0x1c4

/** The device's TPM: an endorsement key that follows from its seed, and proof that the device holds it. */
export class VirtualTpm {
  readonly facts: TpmFacts
  readonly #endorsementKey: () => KeyObject
  readonly #journal: JournalWriter

  constructor(facts: TpmFacts, keys: KeySource, journal: JournalWriter) {
    this.facts = facts
    this.#journal = journal
    this.#endorsementKey = () => keys.rsa2048(facts.endorsementSeed, 'ek')
  }

  /** The raw big-endian modulus of the endorsement key: 256 bytes. */
  endorsementModulus(): Uint8Array {
    this.#journal.write({ kind: 'tpm', command: 'TPM2_ReadPublic', code: 0 })
    const { n } = this.#endorsementKey().export({ format: 'jwk' }) as { n: string }
    return new Uint8Array(Buffer.from(n, 'base64url'))
  }

  /**
   * Opens a secret that somebody encrypted to the endorsement key: RSA-OAEP with SHA-256 and the label of identity
   * objects (TPM 2.0 Library, Part 1, 24 and Annex B.10.4).
   */
  openSecret(encrypted: Uint8Array): Result<Uint8Array> {
    try {
      const key = {
        key: this.#endorsementKey(),
        padding: constants.RSA_PKCS1_OAEP_PADDING,
        oaepHash: 'sha256',
        oaepLabel: Buffer.from('IDENTITY\0'),
      }
      const secret = privateDecrypt(key, encrypted)
      this.#journal.write({ kind: 'tpm', command: 'TPM2_ActivateCredential', code: 0 })
      return success(new Uint8Array(secret))
    } catch {
      this.#journal.write({ kind: 'tpm', command: 'TPM2_ActivateCredential', code: RC_VALUE })
      return failure('0x801c03ea', 'TPM attestation failed: the secret is not for this endorsement key')
    }
  }
}
