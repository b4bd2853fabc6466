import type { HttpRequest, Peer } from '../../domain/http.ts'

/** A request that may have changed something, and when it came. */
export interface Recorded {
  at: number
  request: HttpRequest
  peer: Peer
}

/** As a line of the log, its end left out. */
export const lineOf = ({ at, request, peer }: Recorded): string => {
  const { method, url, headers, body } = request
  return JSON.stringify({
    at,
    method,
    url,
    headers,
    body: Buffer.from(body).toString('base64'),
    ...(peer.certificate ? { certificate: Buffer.from(peer.certificate).toString('base64') } : {}),
  })
}

export function toRecorded(line: unknown): Recorded {
  const { at, method, url, headers, body, certificate } = line as Record<string, string> & {
    at: number
    headers: Record<string, string>
  }
  return {
    at,
    request: {
      method: method as HttpRequest['method'],
      url: url!,
      headers,
      body: new Uint8Array(Buffer.from(body!, 'base64')),
    },
    peer: certificate === undefined ? {} : { certificate: new Uint8Array(Buffer.from(certificate, 'base64')) },
  }
}
