import { DECLARED_LENGTH } from '../domain/http.ts'
import type { JournalEntry } from '../domain/journal.ts'
import type { NetworkCause } from '../domain/network.ts'

/** A request of a run, and how it ended. */
export interface SeenExchange {
  url: URL
  host: string
  method: string
  /** Virtual milliseconds. */
  at: number
  /** Numbers of its entries in the journal; without an answer it was open until the end. */
  sent: number
  ended: number
  trouble: string | undefined
  hasAnswer: boolean
  /** What of the network it met. */
  by: NetworkCause | undefined
  isDownload: boolean
  /** The network that it went by; a cable has no name. */
  ssid: string | undefined
}

export const portOf = ({ url: { port, protocol } }: SeenExchange): number =>
  port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port)

export function seenExchanges(journal: readonly JournalEntry[]): SeenExchange[] {
  const open = new Map<number, SeenExchange>()
  const all: SeenExchange[] = []
  let ssid: string | undefined
  for (const entry of journal) {
    if (entry.kind === 'network') ssid = entry.ssid
    if (entry.kind === 'request' && URL.canParse(entry.url)) {
      const url = new URL(entry.url)
      const exchange: SeenExchange = {
        url,
        host: url.hostname,
        method: entry.method,
        at: entry.at,
        sent: entry.seq,
        ended: Number.POSITIVE_INFINITY,
        trouble: undefined,
        hasAnswer: false,
        by: undefined,
        isDownload: false,
        ssid,
      }
      open.set(entry.id, exchange)
      all.push(exchange)
    }
    const exchange = entry.kind === 'response' ? open.get(entry.id) : undefined
    if (exchange && entry.kind === 'response') {
      exchange.ended = entry.seq
      exchange.trouble = 'trouble' in entry ? entry.trouble : undefined
      exchange.hasAnswer = !('trouble' in entry)
      exchange.by = entry.by
      exchange.isDownload = entry.headers?.[DECLARED_LENGTH] !== undefined
    }
  }
  return all
}
