import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { type AddressInfo, isIP, type Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { HttpRequest, HttpResponse, Peer } from '../domain/http.ts'
import { InfrastructureError } from '../domain/trouble.ts'

export interface ListenOptions {
  /** 0 takes a free one. */
  port: number
  /** PEM; without them plain HTTP is spoken. */
  tls?: { key: string; certificate: string }
  /** Addresses whose `Client-Cert` (RFC 9440) and `X-Forwarded-For` headers are believed: a proxy that ends TLS. */
  trustedProxies?: readonly string[]
  /** Told of each exchange once it is over. */
  onExchange?: (exchange: Exchange) => void
}

export interface Exchange {
  request: HttpRequest
  status: number
  /** Real milliseconds. */
  tookMs: number
  /** What a handler threw: a bug of ours. */
  bug?: unknown
}

export interface Listening {
  port: number
  origin: string
  /** Takes no new connections, lets what is under way come to its end, and closes. */
  close(): Promise<void>
}

const HOST = '127.0.0.1'
/** A hash is 4 kB, a batch of 500 of them 2 MB. */
const BODY_MAX = 4 * 1024 * 1024
/** A client that says nothing is not waited for. */
const REQUEST_TIMEOUT_MS = 30_000
const GRACE_MS = 5_000
const METHODS: readonly string[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** Whether a connection can come from this address: the server listens on loopback alone. */
export const canConnect = (address: string): boolean => isIP(address) === 4 && address.startsWith('127.')

/** Serves plain messages on loopback. Code `ERR_CANNOT_LISTEN` when the port is taken. */
export async function listen(
  handle: (request: HttpRequest, peer: Peer) => HttpResponse,
  options: ListenOptions,
): Promise<Listening> {
  const { tls } = options
  const onRequest = (message: IncomingMessage, answer: ServerResponse) => {
    // Rejections are bugs: they are answered, told, and never swallowed.
    void serve(message, answer, handle, options)
  }
  // Windows presents a certificate only where a server asks; the handler answers a client that has none with a status.
  const server = tls
    ? createHttpsServer(
        { key: tls.key, cert: tls.certificate, requestCert: true, rejectUnauthorized: false },
        onRequest,
      )
    : createHttpServer(onRequest)
  server.requestTimeout = REQUEST_TIMEOUT_MS
  const port = await bind(server, options.port)
  return {
    port,
    origin: `${tls ? 'https' : 'http'}://localhost:${port}`,
    close: () => close(server),
  }
}

function bind(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const why =
        cause.code === 'EADDRINUSE' ? 'another program listens there; --port 0 takes a free port' : cause.message
      reject(new InfrastructureError('ERR_CANNOT_LISTEN', `${HOST}:${port}: ${why}`, { cause }))
    })
    server.listen(port, HOST, () => resolve((server.address() as AddressInfo).port))
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(() => server.closeAllConnections(), GRACE_MS)
    server.close(() => {
      clearTimeout(late)
      resolve()
    })
    server.closeIdleConnections()
  })
}

async function serve(
  message: IncomingMessage,
  answer: ServerResponse,
  handle: (request: HttpRequest, peer: Peer) => HttpResponse,
  { tls, trustedProxies = [], onExchange }: ListenOptions,
): Promise<void> {
  const startedAt = performance.now()
  const method = message.method ?? 'GET'
  const url = `${tls ? 'https' : 'http'}://${message.headers.host ?? HOST}${message.url ?? '/'}`
  const headers = Object.fromEntries(
    Object.entries(message.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  )
  let response: HttpResponse
  let bug: unknown
  const body = await bodyOf(message)
  const request: HttpRequest = { method: method as HttpRequest['method'], url, headers, body: body ?? new Uint8Array() }
  try {
    const peer = peerOf(message.socket, headers, trustedProxies)
    delete headers['client-cert']
    if (!METHODS.includes(method)) response = plain(405, `${method} is not served`)
    else if (body === undefined) response = plain(413, `at most ${BODY_MAX} bytes`)
    else if (!URL.canParse(url)) response = plain(400, 'this is no URL')
    else response = handle(request, peer)
  } catch (error) {
    bug = error
    response = plain(500, 'a bug in oobe-sim')
  }
  if (!answer.destroyed) {
    try {
      answer.writeHead(response.status, response.headers)
    } catch (error) {
      bug = error
      response = plain(500, 'a bug in oobe-sim')
      answer.writeHead(response.status, response.headers)
    }
    answer.end(response.body)
  }
  onExchange?.({ request, status: response.status, tookMs: performance.now() - startedAt, ...(bug ? { bug } : {}) })
}

/** Undefined when there is more than any request needs; what is left is drained, so that the answer arrives. */
async function bodyOf(message: IncomingMessage): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of message) {
      length += (chunk as Buffer).length
      if (length <= BODY_MAX) chunks.push(chunk as Buffer)
      else if (length > 4 * BODY_MAX) message.destroy()
    }
  } catch {
    // The client closed the connection in the middle and does not wait for an answer.
    return new Uint8Array()
  }
  return length > BODY_MAX ? undefined : new Uint8Array(Buffer.concat(chunks))
}

/** What was presented in the handshake of a connection: it is kept for many requests. */
const presentedBy = new WeakMap<Socket, Peer>()

function presented(socket: Socket): Peer {
  const known = presentedBy.get(socket)
  if (known) return known
  const raw = 'getPeerX509Certificate' in socket ? (socket as TLSSocket).getPeerX509Certificate()?.raw : undefined
  const peer: Peer = raw ? { certificate: new Uint8Array(raw) } : {}
  presentedBy.set(socket, peer)
  return peer
}

function peerOf(socket: Socket, headers: Record<string, string>, trustedProxies: readonly string[]): Peer {
  const peer = presented(socket)
  const remote = (socket.remoteAddress ?? '').replace(/^::ffff:/, '')
  const isProxy = trustedProxies.includes(remote)
  const address = (isProxy ? forwardedFor(headers) : undefined) ?? remote
  const from = address === '' ? {} : { from: { address } }
  if (peer.certificate || !isProxy) return { ...peer, ...from }
  const match = /^:([A-Za-z0-9+/=]+):$/.exec(headers['client-cert'] ?? '')
  return match ? { certificate: new Uint8Array(Buffer.from(match[1]!, 'base64')), ...from } : from
}

/** Whom a proxy speaks for: the last of the list is what it has seen itself. */
function forwardedFor(headers: Record<string, string>): string | undefined {
  const last = (headers['x-forwarded-for'] ?? '').split(',').at(-1)!.trim()
  return isIP(last) === 0 ? undefined : last
}

function plain(status: number, text: string): HttpResponse {
  const body = new TextEncoder().encode(`${text}\n`)
  return { status, headers: { 'content-type': 'text/plain', 'content-length': String(body.length) }, body }
}
