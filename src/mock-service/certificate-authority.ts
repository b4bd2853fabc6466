import { createHash, createPublicKey, type KeyObject, sign } from 'node:crypto'
import { createCertificate } from '../protocols/x509/certificate.ts'
import {
  authorityKeyIdentifier,
  basicConstraints,
  EXTENDED_KEY_USAGE,
  type Extension,
  extendedKeyUsage,
  keyUsage,
  subjectKeyIdentifier,
} from '../protocols/x509/extensions.ts'
import type { NameAttribute } from '../protocols/x509/name.ts'
import { Changes } from './changes.ts'

const YEAR_MS = 365 * 86_400_000

/** What an authority remembers: its root, once it was asked for, and how many certificates it has issued. */
export interface AuthorityState {
  root: Uint8Array | undefined
  issued: number
}

export const newAuthority = (): AuthorityState => ({ root: undefined, issued: 0 })

/** Issues certificates for keys that were proven in a request. */
export class CertificateAuthority {
  readonly #name: NameAttribute[]
  readonly #key: KeyObject
  readonly #spki: Uint8Array
  readonly #state: AuthorityState
  readonly #changes: Changes

  constructor(name: string, key: KeyObject, state = newAuthority(), changes = new Changes()) {
    this.#state = state
    this.#changes = changes
    this.#name = [{ type: 'CN', value: name }]
    this.#key = key
    this.#spki = new Uint8Array(createPublicKey(key).export({ type: 'spki', format: 'der' }))
  }

  get spki(): Uint8Array {
    return this.#spki
  }

  /** The self-signed certificate: ten years around the day on which it is first asked for. */
  root(now: number): Uint8Array {
    if (this.#state.root) return this.#state.root
    this.#changes.note()
    this.#state.root = createCertificate({
      serial: Uint8Array.of(1),
      issuer: this.#name,
      subject: this.#name,
      notBefore: new Date(now - YEAR_MS),
      notAfter: new Date(now + 9 * YEAR_MS),
      spki: this.#spki,
      sign: this.#sign,
      extensions: [
        basicConstraints({ ca: true }),
        keyUsage('keyCertSign', 'cRLSign'),
        subjectKeyIdentifier(this.#spki),
      ],
    })
    return this.#state.root
  }

  /** `extensions` come after those of every certificate. */
  issue(subject: NameAttribute[], spki: Uint8Array, now: number, extensions: readonly Extension[] = []): Uint8Array {
    this.#changes.note()
    this.#state.issued++
    const serial = createHash('sha256').update(spki).update(String(this.#state.issued)).digest().subarray(0, 16)
    serial[0] = (serial[0]! & 0x7f) | 0x40
    return createCertificate({
      serial: new Uint8Array(serial),
      issuer: this.#name,
      subject,
      notBefore: new Date(now - 300_000),
      notAfter: new Date(now + YEAR_MS),
      spki,
      sign: this.#sign,
      extensions: [
        basicConstraints({ ca: false }),
        keyUsage('digitalSignature', 'keyEncipherment'),
        extendedKeyUsage(EXTENDED_KEY_USAGE.clientAuth),
        authorityKeyIdentifier(this.#spki),
        ...extensions,
      ],
    })
  }

  readonly #sign = (tbs: Uint8Array): Uint8Array => new Uint8Array(sign('sha256', tbs, this.#key))
}
