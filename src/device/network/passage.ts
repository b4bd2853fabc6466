import type { HttpRequest, HttpResponse } from '../../domain/http.ts'
import type { NetworkCause } from '../../domain/network.ts'
import type { Blocked } from '../../ports/http.ts'

/** A request on its way. */
export interface Passage {
  request: HttpRequest
  host: string
  port: number
  isTls: boolean
  /** The device shows its certificate. */
  hasCertificate: boolean
}

export type Answered = { kind: 'answer'; response: HttpResponse; by?: NetworkCause }

/** What stops a request, or answers it in the place of its server. */
export type Stop = Blocked | Answered

export function passageOf(request: HttpRequest, hasCertificate: boolean): Passage {
  const { hostname: host, port, protocol } = new URL(request.url)
  const isTls = protocol === 'https:'
  return { request, host, port: port === '' ? (isTls ? 443 : 80) : Number(port), isTls, hasCertificate }
}
