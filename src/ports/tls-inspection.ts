import { lookup as systemLookup } from 'node:dns'
import { connect, DEFAULT_CIPHERS, type DetailedPeerCertificate, rootCertificates, type TLSSocket } from 'node:tls'
import { refuseHost } from './target-guard.ts'
import { guardedLookup } from './target-transport.ts'

/** What a server shows in a TLS handshake, whether it is trusted or not. */
export interface TlsFacts {
  /** `TLSv1.3`. */
  protocol: string
  /** The platform's word for what is wrong, `CERT_HAS_EXPIRED`; undefined where nothing is. */
  trouble?: string
  /** From the server's own certificate on, as far as it sent or the platform knew them. */
  chain: CertificateFacts[]
}

export interface CertificateFacts {
  subject: string
  issuer: string
  /** `DNS:localhost, IP Address:127.0.0.1`; empty where it names none. */
  names: string
  /** Unix milliseconds. */
  notBefore: number
  notAfter: number
  /** Bits, of RSA and of curves. */
  bits: number | undefined
}

/** More than any chain has. */
const CHAIN_MAX = 10

/**
 * Shakes hands with a server, sends nothing, and tells what it showed. Undefined when there is no handshake at all. The guard
 * holds here too: codes of `refuseHost`.
 */
export async function inspectTls(
  url: URL,
  { hosts, trust, signal }: { hosts: ReadonlySet<string>; trust: readonly string[]; signal: AbortSignal },
): Promise<TlsFacts | undefined> {
  refuseHost(url.hostname, hosts)
  return (await shakeHands(url, trust, signal)) ?? (await shakeHands(url, trust, signal, BEFORE_TLS_12))
}

/** For a server that speaks nothing newer: the report says what it speaks. OpenSSL 3 requires security level 0 for it. */
const BEFORE_TLS_12 = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: `${DEFAULT_CIPHERS}:@SECLEVEL=0` } as const

function shakeHands(
  url: URL,
  trust: readonly string[],
  signal: AbortSignal,
  versions: typeof BEFORE_TLS_12 | object = {},
): Promise<TlsFacts | undefined> {
  if (signal.aborted) return Promise.resolve(undefined)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  return new Promise((resolve) => {
    const socket = connect({
      host,
      port: Number(url.port || 443),
      ...versions,
      ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }),
      ...(trust.length > 0 ? { ca: [...rootCertificates, ...trust] } : {}),
      lookup: guardedLookup(systemLookup),
      // Nothing is sent: what is wrong is to be told, not only that something is.
      rejectUnauthorized: false,
    })
    const end = (facts: TlsFacts | undefined) => {
      signal.removeEventListener('abort', giveUp)
      socket.destroy()
      resolve(facts)
    }
    const giveUp = () => end(undefined)
    signal.addEventListener('abort', giveUp)
    socket.on('error', giveUp)
    socket.on('secureConnect', () => end(factsOf(socket)))
  })
}

function factsOf(socket: TLSSocket): TlsFacts {
  const chain: CertificateFacts[] = []
  let one: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true)
  while (one?.raw && chain.length < CHAIN_MAX) {
    chain.push({
      subject: nameOf(one.subject),
      issuer: nameOf(one.issuer),
      names: one.subjectaltname ?? '',
      notBefore: Date.parse(one.valid_from),
      notAfter: Date.parse(one.valid_to),
      bits: one.bits,
    })
    // A root is its own issuer.
    one = one.issuerCertificate === one ? undefined : one.issuerCertificate
  }
  // The types say Error; it is the code of one.
  const trouble = socket.authorizationError as unknown
  return {
    protocol: socket.getProtocol() ?? '',
    ...(trouble ? { trouble: typeof trouble === 'string' ? trouble : (trouble as Error).message } : {}),
    chain,
  }
}

/** `CN=localhost, O=Contoso`, or nothing of a certificate that has no name. */
const nameOf = (name: object): string =>
  Object.entries(name)
    .map(([type, value]) => `${type}=${[value].flat().join('+')}`)
    .reverse()
    .join(', ')
