import { createHash, type KeyObject } from 'node:crypto'
import { type LookupAddress, lookup as systemLookup } from 'node:dns'
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import type { LookupFunction } from 'node:net'
import { isLoopback } from '../domain/endpoints.ts'
import { type HttpRequest, type HttpResponse, NO_BODY } from '../domain/http.ts'
import { UserError } from '../domain/trouble.ts'
import { type Caller, ConnectionTrouble, type Transport, UNREADABLE } from './http.ts'
import { type Refusal, refusedAddress, refuseHost } from './target-guard.ts'
import { secureContextOf } from './tls-identity.ts'

export interface TargetTransportOptions {
  /** Hosts beyond loopback that a target profile names, as `plainHost` writes them. */
  hosts: ReadonlySet<string>
  /** PEM of authorities that are trusted besides those of the platform. */
  trust: readonly string[]
  /** The private key of a client certificate, for the TLS handshake. */
  keyOf: (certificate: Uint8Array) => KeyObject | undefined
  /** PEM, presented where the device has no certificate for a request and the server asks for one. */
  clientCertificate?: { chain: string; key: string } | undefined
  /** Resolves names; the system's when left out. */
  lookup?: LookupFunction
}

/** More than any answer of these protocols: a server that never ends is cut off. */
const BODY_MAX = 64 * 1024 * 1024

export interface TargetTransport extends Transport {
  /** Makes a connection, TLS included, and asks nothing over it. The same errors as of a request. */
  connect(url: string, signal: AbortSignal): Promise<void>
  close(): void
}

/**
 * Carries requests to a real service, over connections that are kept and that present the device's certificate where the server
 * asks. The host is checked with each request, before its name is looked up, and the addresses of each connection before it is
 * made: they are the ones that the connection gets. Certificates are always checked: NODE_TLS_REJECT_UNAUTHORIZED has no effect.
 *
 * Trouble with the connection is a {@link ConnectionTrouble} with its WinINet code. Codes of a UserError: those of `refuseHost`.
 */
export function targetTransport(options: TargetTransportOptions): TargetTransport {
  const agents = new Map<string, HttpAgent>()
  const lookup = guardedLookup(options.lookup ?? systemLookup)
  const agentFor = (protocol: string, { certificate, authorities }: Caller): HttpAgent => {
    const roots = authorities?.roots ?? []
    const intermediates = authorities?.intermediates ?? []
    const id = [protocol, ...[certificate ?? NO_BODY, ...roots, ...intermediates].map(digest)].join(' ')
    const known = agents.get(id)
    if (known) return known
    const key = certificate && options.keyOf(certificate)
    const made =
      protocol === 'http:'
        ? new HttpAgent({ keepAlive: true })
        : new HttpsAgent({
            keepAlive: true,
            // Without it an environment variable would decide.
            rejectUnauthorized: true,
            secureContext: secureContextOf({
              trust: options.trust,
              trustsPlatform: [...options.hosts].some((host) => !isLoopback(host)),
              roots,
              intermediates,
              client: certificate && key && { certificate, key },
              otherwise: options.clientCertificate,
            }),
          })
    agents.set(id, made)
    return made
  }
  const transport: Transport = (request, peer, signal) => {
    const url = new URL(request.url)
    refuseHost(url.hostname, options.hosts)
    try {
      return exchange(url, request, agentFor(url.protocol, peer), lookup, signal)
    } catch (error) {
      return Promise.reject(explained(error as Error, url))
    }
  }
  return Object.assign(transport, {
    async connect(address: string, signal: AbortSignal) {
      const url = new URL(address)
      refuseHost(url.hostname, options.hosts)
      await connected(url, agentFor(url.protocol, {}), lookup, signal)
    },
    close: () => {
      for (const agent of agents.values()) agent.destroy()
      agents.clear()
    },
  })
}

/** Marks what the guard refused, so that it is not taken for a name that does not resolve. */
class RefusedAddress extends Error {
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(refusal.message)
    this.refusal = refusal
  }
}

/** Looks names up, and refuses the addresses that the guard refuses. */
export function guardedLookup(lookup: LookupFunction): LookupFunction {
  return (hostname, options, done) =>
    lookup(hostname, options, (error, address, family) => {
      const addresses: LookupAddress[] =
        typeof address === 'string' ? [{ address, family: family ?? 4 }] : (address ?? [])
      const refused = error ? undefined : addresses.map((each) => refusedAddress(hostname, each.address)).find(Boolean)
      if (refused === undefined) done(error, address, family)
      else done(Object.assign(new RefusedAddress(refused), { code: refused.code }), '', 4)
    })
}

function exchange(
  url: URL,
  request: HttpRequest,
  agent: HttpAgent,
  lookup: LookupFunction,
  signal: AbortSignal,
): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'http:' ? httpRequest : httpsRequest
    const headers = Object.fromEntries(
      Object.entries({
        ...request.headers,
        ...(request.method === 'GET' ? {} : { 'content-length': String(request.body.length) }),
      }).map(([name, value]) => [spelled(name), value]),
    )
    try {
      const outgoing = send(url, { method: request.method, headers, agent, lookup, signal }, (incoming) => {
        bodyOf(incoming).then(
          (body) => resolve({ status: incoming.statusCode ?? 0, headers: flat(incoming), body }),
          reject,
        )
      })
      outgoing.on('error', (error) => reject(explained(error, url)))
      outgoing.end(request.method === 'GET' ? undefined : request.body)
    } catch (error) {
      // A certificate or a key that OpenSSL will not even begin with is thrown at once.
      reject(
        /^ERR_(OSSL|SSL|TLS)/.test((error as { code?: string }).code ?? '') ? explained(error as Error, url) : error,
      )
    }
  })
}

/** A header's name as Windows writes it: firewalls and logs compare it (mdm-protocols.md, 2.2). */
const spelled = (name: string): string =>
  name === 'ms-cv'
    ? 'MS-CV'
    : name.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase())

/** A request that is taken back as soon as there is a connection for it: none of it was sent. */
function connected(url: URL, agent: HttpAgent, lookup: LookupFunction, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const [send, ready] = url.protocol === 'http:' ? [httpRequest, 'connect'] : [httpsRequest, 'secureConnect']
    const outgoing = send(url, { agent, lookup, signal })
    outgoing.on('error', (error) => reject(explained(error, url)))
    outgoing.on('socket', (socket) =>
      socket.once(ready, () => {
        resolve()
        outgoing.destroy()
      }),
    )
  })
}

async function bodyOf(incoming: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of incoming) {
      length += (chunk as Buffer).length
      if (length > BODY_MAX) throw new ConnectionTrouble('0x80072efe', `the answer is longer than ${BODY_MAX} bytes`)
      chunks.push(chunk as Buffer)
    }
  } catch (error) {
    if (error instanceof ConnectionTrouble) throw error
    throw new ConnectionTrouble('0x80072efe', `the answer broke off: ${(error as Error).message}`)
  }
  return new Uint8Array(Buffer.concat(chunks))
}

const flat = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  )

/** Errors of the platform, by the code that WinINet has for them. */
const WININET: Record<string, string> = {
  ENOTFOUND: '0x80072ee7',
  EAI_AGAIN: '0x80072ee7',
  ECONNREFUSED: '0x80072efd',
  EHOSTUNREACH: '0x80072efd',
  ENETUNREACH: '0x80072efd',
  ETIMEDOUT: '0x80072ee2',
  ECONNRESET: '0x80072efe',
  EPIPE: '0x80072efe',
  CERT_HAS_EXPIRED: '0x80072f05',
  CERT_NOT_YET_VALID: '0x80072f05',
  ERR_TLS_CERT_ALTNAME_INVALID: '0x80072f06',
  DEPTH_ZERO_SELF_SIGNED_CERT: '0x80072f0d',
  SELF_SIGNED_CERT_IN_CHAIN: '0x80072f0d',
  UNABLE_TO_GET_ISSUER_CERT: '0x80072f0d',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: '0x80072f0d',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: '0x80072f0d',
  EPROTO: '0x80072f7d',
  // ERROR_WINHTTP_CLIENT_AUTH_CERT_NEEDED.
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: '0x80072f0c',
  // Whatever else is wrong with a certificate: ERROR_WINHTTP_SECURE_FAILURE.
  CERT_SIGNATURE_FAILURE: '0x80072f8f',
  CERT_REJECTED: '0x80072f8f',
  CERT_UNTRUSTED: '0x80072f8f',
  CERT_CHAIN_TOO_LONG: '0x80072f8f',
  INVALID_CA: '0x80072f8f',
  INVALID_PURPOSE: '0x80072f8f',
  PATH_LENGTH_EXCEEDED: '0x80072f8f',
}
/** ERROR_INTERNET_CANNOT_CONNECT: of what has no code of its own. */
const CANNOT_CONNECT = '0x80072efd'

function explained(error: Error & { code?: string }, url: URL): Error {
  // With several addresses the errors of each stand below.
  const first = error instanceof AggregateError && error.errors[0] instanceof Error ? error.errors[0] : error
  if (first instanceof RefusedAddress) return new UserError(first.refusal.code, first.message)
  if (first.name === 'AbortError') return first
  const code = (first as { code?: string }).code ?? ''
  const isTls = /^ERR_(OSSL|SSL|TLS)/.test(code)
  // What the parser of HTTP refuses: a length that is none, too many headers, no HTTP at all.
  if (code.startsWith('HPE_')) return new ConnectionTrouble(UNREADABLE, `${url.host}: ${first.message}`)
  return new ConnectionTrouble(
    WININET[code] ?? (isTls ? '0x80072f7d' : CANNOT_CONNECT),
    `${url.host}: ${first.message}`,
  )
}

const digest = (der: Uint8Array): string => createHash('sha256').update(der).digest('base64')
