import { isLoopback, isMockUrl } from '../domain/endpoints.ts'
import { type HttpResponse, WHEREABOUTS_HEADER } from '../domain/http.ts'
import type { Whereabouts } from '../domain/named-locations.ts'
import { InfrastructureError, UserError } from '../domain/trouble.ts'
import type { Transport } from './http.ts'
import { refusalOf } from './target-guard.ts'

/** RFC 9440: how a terminating proxy, or a mocked connection, tells a server of the client's certificate. */
const CLIENT_CERTIFICATE_HEADER = 'client-cert'

export interface FetchTransportOptions {
  /** True when requests are intercepted in this process, so that hosts of the mock may be named. */
  isMocked: boolean
  /** Added to each request, for the interceptor alone. */
  headers?: Record<string, string>
}

/**
 * Carries requests with the platform's fetch. Loopback and the intercepted mock only; Microsoft's production hosts are
 * refused in each case. Codes: `ERR_TARGET_PRODUCTION`, `ERR_TARGET_ADDRESS`, `ERR_TARGET_FOREIGN`, `ERR_SERVICE_UNREACHABLE`.
 */
export function fetchTransport({ isMocked, headers = {} }: FetchTransportOptions): Transport {
  return async (request, peer, signal) => {
    if (!isMocked || !isMockUrl(request.url)) refuseBeyond(request.url)
    const certificate = peer.certificate
      ? { [CLIENT_CERTIFICATE_HEADER]: `:${Buffer.from(peer.certificate).toString('base64')}:` }
      : {}
    return exchange(request.url, {
      method: request.method,
      headers: { ...request.headers, ...certificate, ...whereabouts(isMocked, peer.from), ...headers },
      redirect: 'manual',
      signal,
      ...(request.method === 'GET' ? {} : { body: request.body as Uint8Array<ArrayBuffer> }),
    })
  }
}

/** Seen by the interceptor alone: a real connection has an address. */
const whereabouts = (isMocked: boolean, from: Whereabouts | undefined): Record<string, string> =>
  isMocked && from ? { [WHEREABOUTS_HEADER]: JSON.stringify(from) } : {}

/** Refuses all but this machine. Codes `ERR_TARGET_PRODUCTION`, `ERR_TARGET_ADDRESS`, `ERR_TARGET_FOREIGN`. */
export function refuseBeyond(url: string): void {
  const { hostname } = new URL(url)
  const refusal = refusalOf(hostname)
  if (refusal) throw new UserError(refusal.code, refusal.message)
  if (!isLoopback(hostname)) throw new UserError('ERR_TARGET_FOREIGN', `${hostname} is not on this machine`)
}

async function exchange(url: string, init: RequestInit): Promise<HttpResponse> {
  try {
    const response = await fetch(url, init)
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: new Uint8Array(await response.arrayBuffer()),
    }
  } catch (cause) {
    const message = `${url} cannot be reached: ${reasonOf(cause)}`
    throw new InfrastructureError('ERR_SERVICE_UNREACHABLE', message, { cause })
  }
}

/** The reason why fetch failed is in its cause; with several addresses, in the first of its errors. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const first = cause instanceof AggregateError && cause.errors[0] instanceof Error ? cause.errors[0] : cause
  return first instanceof Error ? first.message : String(first)
}
