import type { Whereabouts } from './named-locations.ts'

/** An HTTP message without the Fetch classes around it: a request costs microseconds instead of a tenth of a millisecond. */
export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  url: string
  /** Names in lower case. */
  headers: Record<string, string>
  body: Uint8Array
  /** What may be written down in place of URL and body: made beside them, with masks where secrets are. */
  shown?: { url?: string; body?: Uint8Array }
}

/** The URL of a request as it may be written down. */
export const shownUrl = ({ url, shown }: Pick<HttpRequest, 'url' | 'shown'>): string => shown?.url ?? url

export interface HttpResponse {
  status: number
  /** Names in lower case. */
  headers: Record<string, string>
  body: Uint8Array
  /** Bytes that the server announced and did not send. */
  missingBytes?: number
}

/** Who is at the other end of a connection, as TLS would tell a server. */
export interface Peer {
  /** DER of the client certificate, when one was presented. */
  certificate?: Uint8Array
  /** Where the connection comes from, when the service can see it. */
  from?: Whereabouts
}

/** Header in which a service declares the size of a download that it does not really send, in bytes. */
export const DECLARED_LENGTH = 'oobe-sim-declared-length'

/** Header in which an intercepted request says where it comes from, as JSON. */
export const WHEREABOUTS_HEADER = 'oobe-sim-whereabouts'

/** Of a header that states a length; undefined where it is no number that a length can be. */
export function wholeBytes(text: string): number | undefined {
  const bytes = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN
  return Number.isSafeInteger(bytes) ? bytes : undefined
}

export const NO_BODY: Uint8Array = new Uint8Array(0)
