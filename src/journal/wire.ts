import type { JournalEntry } from '../domain/journal.ts'
import type { WireBody } from '../domain/wire.ts'

export interface WireMessage {
  /** Names in lower case. */
  headers: Record<string, string>
  body?: WireBody
  /** Size of the body on the wire. */
  bytes: number
}

/** One request and what became of it. */
export interface Exchange {
  id: number
  /** Virtual milliseconds since the run began. */
  at: number
  /** The operation, in the words of its specification: `MS-MDE2 Discover`. */
  operation: string
  method: string
  url: string
  /** Thumbprint of the client certificate that the device offered. */
  certificate?: string
  request: WireMessage
  /** Virtual milliseconds from the request to its end; left out when the run ended first. */
  tookMs?: number
  response?: WireMessage & { status: number }
  /** Windows code, when no answer came. */
  trouble?: string
  /** What the request met on the network, why the management session ended with this answer, and what of the answer is odd. */
  why?: string[]
}

/** What went over the wire, in the order of the requests. */
export function exchangesOf(journal: readonly JournalEntry[]): Exchange[] {
  const byId = new Map<number, Exchange>()
  const lastOf = new Map<string, Exchange>()
  for (const entry of journal) {
    if (entry.kind === 'session' && entry.event === 'ended') {
      const { session, result, odd = [] } = entry
      for (const { message, text } of odd) explain(lastOf.get(messageOperation(session, message)), text)
      // A session ends with the answer to its last message.
      if (typeof result === 'object') explain(lastOf.get(sessionOperation(session)), `${result.text} (${result.code})`)
    }
    if (entry.kind === 'request') {
      const { id, at, operation, method, url, certificate, bytes } = entry
      const request = { ...messageOf(entry), bytes }
      const exchange: Exchange = { id, at, operation, method, url, ...(certificate ? { certificate } : {}), request }
      byId.set(id, exchange)
      lastOf.set(operation, exchange)
      lastOf.set(withoutMessage(operation), exchange)
    }
    const asked = entry.kind === 'response' ? byId.get(entry.id) : undefined
    if (!asked || entry.kind !== 'response') continue
    asked.tookMs = entry.at - asked.at
    if (entry.by !== undefined) explain(asked, `met on the network: ${entry.by}`)
    if (entry.missing !== undefined) explain(asked, shortAnswer(entry.missing))
    if (entry.trouble !== undefined) asked.trouble = entry.trouble
    if (entry.status !== undefined) {
      asked.response = { ...messageOf(entry), bytes: entry.bytes ?? 0, status: entry.status }
    }
  }
  return [...byId.values()]
}

function explain(exchange: Exchange | undefined, why: string): void {
  if (exchange) exchange.why = [...(exchange.why ?? []), why]
}

export const messageOperation = (session: number, message: number): string =>
  `${sessionOperation(session)} message ${message}`
/** What is odd in an answer that ended before its announced length. */
export const shortAnswer = (missing: number): string => `the answer has ${missing} bytes less than its Content-Length`

/** The operation of a session's requests, without the number of the message. */
export const sessionOperation = (session: number): string => `OMA-DM session ${session}`
export const withoutMessage = (operation: string): string => operation.replace(/ message \d+$/, '')

/** Journals of earlier versions have no headers and no bodies. */
function messageOf({ headers, body }: { headers?: Record<string, string>; body?: WireBody }) {
  return { headers: headers ?? {}, ...(body === undefined ? {} : { body }) }
}

/** The text of a body, or of its beginning; nothing for one that is not text. */
export function bodyText(body: WireBody | undefined): string | undefined {
  if (typeof body === 'string') return body
  return body && 'beginning' in body ? body.beginning : undefined
}

/** `application/soap+xml`, without parameters, in lower case. */
export const mediaTypeOf = ({ headers }: Pick<WireMessage, 'headers'>): string =>
  (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase()
