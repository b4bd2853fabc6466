import { createHash, type KeyObject } from 'node:crypto'
import { type LookupAddress, lookup as systemLookup } from 'node:dns'
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import type { LookupFunction } from 'node:net'
import { isLoopback } from '../domain/endpoints.ts'
import { type HttpRequest, type HttpResponse, NO_BODY } from '../domain/http.ts'
import { UserError } from '../domain/trouble.ts'
import { CODE } from '../domain/windows-codes.ts'
import { type Caller, ConnectionTrouble, type Transport } from './http.ts'
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
        answerOf(incoming).then(resolve, reject)
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

async function answerOf(incoming: IncomingMessage): Promise<HttpResponse> {
  const headers = flat(incoming)
  const whole = (body: Uint8Array): HttpResponse => ({ status: incoming.statusCode ?? 0, headers, body })
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of incoming) {
      length += (chunk as Buffer).length
      if (length > BODY_MAX)
        throw new ConnectionTrouble(CODE.connectionAborted, `the answer is longer than ${BODY_MAX} bytes`)
      chunks.push(chunk as Buffer)
    }
  } catch (error) {
    if (error instanceof ConnectionTrouble) throw error
    const missingBytes = Number(headers['content-length']) - length
    const text = `the answer broke off${missingBytes > 0 ? `, ${missingBytes} bytes before its end` : ''}: ${(error as Error).message}`
    const body = new Uint8Array(Buffer.concat(chunks))
    throw new ConnectionTrouble(
      CODE.connectionAborted,
      text,
      missingBytes > 0 && length > 0 ? { ...whole(body), missingBytes } : undefined,
    )
  }
  return whole(new Uint8Array(Buffer.concat(chunks)))
}

const flat = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  )

/** Errors of the platform, by the code that WinINet has for them. */
const WININET: Record<string, string> = {
  ENOTFOUND: CODE.nameNotResolved,
  EAI_AGAIN: CODE.nameNotResolved,
  ECONNREFUSED: CODE.cannotConnect,
  EHOSTUNREACH: CODE.cannotConnect,
  ENETUNREACH: CODE.cannotConnect,
  ETIMEDOUT: CODE.connectionTimedOut,
  ECONNRESET: CODE.connectionAborted,
  EPIPE: CODE.connectionAborted,
  CERT_HAS_EXPIRED: CODE.certificateDateInvalid,
  CERT_NOT_YET_VALID: CODE.certificateDateInvalid,
  ERR_TLS_CERT_ALTNAME_INVALID: CODE.certificateNameInvalid,
  DEPTH_ZERO_SELF_SIGNED_CERT: CODE.certificateAuthorityUnknown,
  SELF_SIGNED_CERT_IN_CHAIN: CODE.certificateAuthorityUnknown,
  UNABLE_TO_GET_ISSUER_CERT: CODE.certificateAuthorityUnknown,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: CODE.certificateAuthorityUnknown,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: CODE.certificateAuthorityUnknown,
  EPROTO: CODE.tlsFailed,
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: CODE.clientCertificateNeeded,
  // Whatever else is wrong with a certificate.
  CERT_SIGNATURE_FAILURE: CODE.certificateInvalid,
  CERT_REJECTED: CODE.certificateInvalid,
  CERT_UNTRUSTED: CODE.certificateInvalid,
  CERT_CHAIN_TOO_LONG: CODE.certificateInvalid,
  INVALID_CA: CODE.certificateInvalid,
  INVALID_PURPOSE: CODE.certificateInvalid,
  PATH_LENGTH_EXCEEDED: CODE.certificateInvalid,
}

function explained(error: Error & { code?: string }, url: URL): Error {
  // With several addresses the errors of each stand below.
  const first = error instanceof AggregateError && error.errors[0] instanceof Error ? error.errors[0] : error
  if (first instanceof RefusedAddress) return new UserError(first.refusal.code, first.message)
  if (first.name === 'AbortError') return first
  const code = (first as { code?: string }).code ?? ''
  const isTls = /^ERR_(OSSL|SSL|TLS)/.test(code)
  // What the parser of HTTP refuses: a length that is none, too many headers, no HTTP at all.
  if (code.startsWith('HPE_')) return new ConnectionTrouble(CODE.answerUnreadable, `${url.host}: ${first.message}`)
  return new ConnectionTrouble(
    WININET[code] ?? (isTls ? CODE.tlsFailed : CODE.cannotConnect),
    `${url.host}: ${first.message}`,
  )
}

const digest = (der: Uint8Array): string => createHash('sha256').update(der).digest('base64')
