import type { CspTree } from './csp/csp-tree.ts'

/** Values of `SCEP/{id}/Status` (ClientCertificateInstall CSP). */
export const CERTIFICATE_STATUS = { installed: 1, pending: 2, failed: 16 } as const

/** An order of the server for a certificate (ClientCertificateInstall CSP): `SCEP/{id}/Install/Enroll`, or a PFX. */
export interface CertificateOrder {
  /** LocURI of the certificate's node. */
  uri: string
  /** Answers of the authority that it has to wait, and tries without one. */
  tries: number
  /** Virtual milliseconds. */
  dueAt: number
  /** The authority has the request. The device asks for its status. */
  isPending: boolean
}

/** LocURI of the PFX whose blob, password or kind of password this is. */
export const pfxOf = (uri: string): string | undefined =>
  /^(.*\/ClientCertificateInstall\/PFXCertInstall\/[^/]+)\/PFXCert(?:Blob|Password|PasswordEncryptionType)$/.exec(
    uri,
  )?.[1]

export const isPfx = ({ uri }: Pick<CertificateOrder, 'uri'>): boolean => uri.includes('/PFXCertInstall/')

/** Certificates that a server has ordered for this device, and those that came. They survive a restart. */
export class ClientCertificates {
  readonly #orders = new Map<string, CertificateOrder>()
  /** DER by LocURI. */
  readonly #installed = new Map<string, Uint8Array>()
  readonly #listeners = new Set<() => void>()

  order(uri: string): void {
    this.#orders.set(uri, { uri, tries: 0, dueAt: 0, isPending: false })
    this.announce()
  }

  /** The order that is due first. An order whose node is gone is none any more. */
  next(tree: CspTree): CertificateOrder | undefined {
    for (const uri of this.#orders.keys()) if (!tree.has(uri)) this.#orders.delete(uri)
    return [...this.#orders.values()].toSorted((one, other) => one.dueAt - other.dueAt)[0]
  }

  installed({ uri }: CertificateOrder, certificate: Uint8Array): void {
    this.#installed.set(uri, certificate)
    this.#orders.delete(uri)
  }

  givenUp({ uri }: CertificateOrder): void {
    this.#orders.delete(uri)
  }

  clear(): void {
    this.#orders.clear()
    this.#installed.clear()
  }

  announce(): void {
    for (const listener of [...this.#listeners]) listener()
  }

  onOrder(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
