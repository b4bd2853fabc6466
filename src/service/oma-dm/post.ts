import type { HttpResponse } from '../../domain/http.ts'
import { type Result, success } from '../../domain/trouble.ts'
import { CONTENT_TYPES } from '../../protocols/syncml/encodings.ts'
import type { SyncMLMessage } from '../../protocols/syncml/message.ts'
import { ask, post, type SessionService, unexpectedStatus } from '../service.ts'
import type { Outgoing } from './messages.ts'

export interface PostOptions {
  operation: string
  certificate: Uint8Array
  userToken: string | undefined
  /** `MS-CV` of the session: each message adds its number (mdm-protocols.md, 2.2). */
  correlation: string
  /** The device's clock, Unix milliseconds. */
  now: () => number
  /** Base64 of the signature of a message, where the server requires one. */
  sign: ((body: Uint8Array) => string | undefined) | undefined
  read: (answer: HttpResponse) => SyncMLMessage
  signal: AbortSignal | undefined
}

/** How often a busy server is asked again, and how long without a Retry-After: assumptions. */
const RESENDS_MAX = 10
const BUSY_MS = 60_000

/**
 * Posts one message of a session. After 429 the same bytes go again when the server says ([MS-MDM] 2.1).
 * `ERR_HTTP_429` when it never has time.
 */
export async function postMessage(
  service: SessionService,
  url: string,
  { body, encoding }: Pick<Outgoing, 'body' | 'encoding'>,
  { operation, certificate, userToken, correlation, now, sign, read, signal }: PostOptions,
): Promise<Result<SyncMLMessage>> {
  const signature = sign?.(body)
  const http = post(url, CONTENT_TYPES[encoding], body, {
    accept: 'application/vnd.syncml.dm+xml, application/vnd.syncml.dm+wbxml, application/octet-stream',
    'accept-charset': 'UTF-8',
    'user-agent': 'MSFT OMA DM Client/1.2.0.1',
    'ms-cv': correlation,
    // Recorded without a user alone.
    ...(userToken ? { authorization: `Bearer ${userToken}` } : { 'client-request-id': '0' }),
    // [MS-MDE2] and [MS-MDM] name it differently (mdm-protocols.md, 2.2 [U]).
    ...(signature === undefined ? {} : { 'mdm-signature': signature, 'ms-signature': signature }),
  })
  const options = { operation, certificate, ...(signal ? { signal } : {}) }
  for (let resends = 0; ; resends++) {
    const answer = await ask<SyncMLMessage | { busyMs: number }>(service, http, options, (response) => {
      if (response.status === 429 && resends < RESENDS_MAX) return success({ busyMs: retryAfterMs(response, now()) })
      return response.status === 200 ? success(read(response)) : unexpectedStatus(operation, response, url)
    })
    if (!answer.ok) return answer
    if (!('busyMs' in answer.value)) return success(answer.value)
    await service.wait(answer.value.busyMs, signal)
  }
}

/** Seconds, or a date (RFC 9110, 10.2.3). */
function retryAfterMs(response: HttpResponse, now: number): number {
  const value = response.headers['retry-after']?.trim() ?? ''
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1_000
  const date = Date.parse(value)
  return Number.isNaN(date) ? BUSY_MS : Math.max(0, date - now)
}
