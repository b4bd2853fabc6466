import { type KeyObject, X509Certificate } from 'node:crypto'
import { createSecureContext, DEFAULT_CIPHERS, rootCertificates, type SecureContext } from 'node:tls'

export interface TlsIdentity {
  /** PEM of authorities that are trusted. */
  trust: readonly string[]
  /** Whether the authorities of the platform are trusted besides. No public one vouches for this machine, and reading them takes a while. */
  trustsPlatform: boolean
  /** Authorities that came with an enrolment, in DER. */
  roots: readonly Uint8Array[]
  intermediates: readonly Uint8Array[]
  /** DER of what the device presents where a server asks, and its key. */
  client?: { certificate: Uint8Array; key: KeyObject } | undefined
  /** PEM, presented where the device has no own certificate. */
  otherwise?: { chain: string; key: string } | undefined
}

/**
 * What every connection of one identity needs, made once.
 *
 * @throws an error of OpenSSL for a certificate or a key that it will not have
 */
export function secureContextOf({
  trust,
  trustsPlatform,
  roots,
  intermediates,
  client,
  otherwise,
}: TlsIdentity): SecureContext {
  // An intermediate alone proves nothing: a chain has to end at a root.
  const known = [...trust, ...[...roots, ...intermediates].filter(isReadable).map(pemOf)]
  return createSecureContext({
    minVersion: 'TLSv1.2',
    ...(known.length > 0 ? { ca: [...(trustsPlatform ? rootCertificates : []), ...known] } : {}),
    ...(client
      ? {
          cert: chainOf(client.certificate, intermediates).map(pemOf).join(''),
          key: client.key.export({ type: 'pkcs8', format: 'pem' }) as string,
          // Where no policy says otherwise a device asks with SHA-1, and may get it: its own certificate is not ours to refuse.
          ciphers: `${DEFAULT_CIPHERS}:@SECLEVEL=0`,
        }
      : otherwise
        ? { cert: otherwise.chain, key: otherwise.key }
        : {}),
  })
}

/** The platform reads more strictly than a certificate store does, and throws at what it will not have. */
function isReadable(der: Uint8Array): boolean {
  try {
    return new X509Certificate(der).raw.length > 0
  } catch {
    return false
  }
}

/** A certificate and its issuers up to the root, as far as the device knows them. */
function chainOf(certificate: Uint8Array, intermediates: readonly Uint8Array[]): Uint8Array[] {
  const chain = [certificate]
  const left = intermediates.filter(isReadable).map((der) => ({ der, certificate: new X509Certificate(der) }))
  for (;;) {
    const last = new X509Certificate(chain.at(-1)!)
    const issuer = left.findIndex(
      ({ certificate }) => last.checkIssued(certificate) && last.verify(certificate.publicKey),
    )
    if (issuer < 0) return chain
    chain.push(...left.splice(issuer, 1).map(({ der }) => der))
  }
}

const pemOf = (der: Uint8Array): string => new X509Certificate(der).toString()
