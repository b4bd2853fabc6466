import type { HttpRequest, HttpResponse, Peer } from '../domain/http.ts'
import type { Whereabouts } from '../domain/named-locations.ts'
import type { NetworkCause } from '../domain/network.ts'
import type { Result } from '../domain/trouble.ts'

export interface SendOptions {
  /** The operation in the words of its specification, for the journal: `MS-MDE2 Discover`. */
  operation: string
  signal?: AbortSignal
  /** DER of the certificate to present, when the server asks for one. */
  certificate?: Uint8Array
  /** Virtual milliseconds until a request without an answer is given up. Default 60 s. */
  timeoutMs?: number
  /** Virtual milliseconds for all of it, the transfer of a declared length included. Default: `timeoutMs`. */
  totalMs?: number
  /** Hears how much of a declared length has come, from 0 to 1. */
  onProgress?: (fraction: number) => void
}

/**
 * How a device speaks HTTP. Trouble on the way is a value with its WinINet code: those of `CONNECTION_CODES`.
 */
export interface HttpClient {
  send(request: HttpRequest, options: SendOptions): Promise<Result<HttpResponse>>
}

/** A connection to a real service that failed: the device sees the code, as it would in the field. */
export class ConnectionTrouble extends Error {
  override name = 'ConnectionTrouble'
  /** WinINet's, of `CONNECTION_CODES`. */
  readonly code: string
  /** An answer that is shorter than the server announced. */
  readonly partial: HttpResponse | undefined

  constructor(code: string, message: string, partial?: HttpResponse) {
    super(message)
    this.code = code
    this.partial = partial
  }
}

/** A device at its end of a connection: what it shows, and whom it believes. */
export interface Caller extends Peer {
  authorities?: Authorities
}

/** DER of what a device's certificate stores hold besides the platform's own. */
export interface Authorities {
  /** Root: who may vouch for a server. */
  roots: readonly Uint8Array[]
  /** CA: who may stand between a root and a server, or between a root and the device itself. */
  intermediates: readonly Uint8Array[]
}

/** Carries a request to a real or a mocked service. What it throws is the caller's to explain. */
export interface Transport {
  (request: HttpRequest, peer: Caller, signal: AbortSignal): Promise<HttpResponse>
  /** Answers without a wait: nothing in it could take long, or would have to be given up. */
  isImmediate?: true
}

/** The network between the device and the service, asked before a request leaves and before its answer is delivered. */
export interface NetworkGate {
  /** `answer` comes from something on the way, such as a captive portal; `lateMs` are virtual milliseconds that lost packets cost. */
  pass(
    request: HttpRequest,
    sending?: Sending,
  ):
    | { kind: 'pass'; latencyMs: number; lateMs?: number }
    | { kind: 'answer'; response: HttpResponse; by?: NetworkCause }
    | Blocked
  /** Where the other end sees the device. */
  readonly whereabouts?: Whereabouts | undefined
  /** Virtual milliseconds that a declared download takes. */
  transferMs(bytes: number): number
}

/** Why the network is asked. */
export interface Sending {
  /** The device shows its certificate. */
  hasCertificate?: boolean
  /** The request has left, and its answer has not come. */
  isUnderWay?: boolean
  /** Nothing leaves: it is asked whether it could. */
  isQuestion?: boolean
}

export interface Blocked {
  kind: 'blocked'
  code: string
  text: string
  /** How long the device waits before it knows. */
  afterMs: number
  by?: NetworkCause
}

/** What happens to one exchange besides what its ends do. */
export type Directive =
  | { effect: 'answer'; response: HttpResponse }
  | { effect: 'delay'; ms: number }
  | { effect: 'drop' }
  | { effect: 'hang' }
  | { effect: 'corrupt' }

/** Asked when a request arrives. @param id the exchange's number in the journal */
export type FaultGate = (request: HttpRequest, id: number) => Directive[]
