import { meansHost } from '../domain/host-pattern.ts'
import type { JournalEntry } from '../domain/journal.ts'
import { CODE } from '../domain/windows-codes.ts'
import { wordsOf } from '../events/event-kinds.ts'
import type { RunResult } from '../run/run-options.ts'
import { placeOf, type RunSpec } from '../run/run-spec.ts'
import { idleFacts } from './without-effect/idle-facts.ts'

/** What of a scenario changed nothing: an event that never happened, a blocked host that no request went to. It tested nothing. */
export function withoutEffect(spec: RunSpec, result: RunResult): string[] {
  const { outcome, journal } = result
  // What a stopped run did not come to says nothing about it.
  if (outcome.kind === 'stopped') return []
  const exchanges = exchangesOf(journal)
  return [...idleHosts(spec, exchanges), ...idleEvents(spec, result, exchanges), ...idleFacts(spec, journal)]
}

const placed = ({ places }: RunSpec, fact: string): string => {
  const place = placeOf(places, fact)
  return place ? `. ${place}` : ''
}

const NO_REQUEST = 'had no effect: no request went there'

function idleHosts(spec: RunSpec, exchanges: readonly Exchange[]): string[] {
  const { blockedHosts } = spec.network
  return blockedHosts.flatMap((host, index) => {
    if (exchanges.some((exchange) => isStopped(exchange, host))) return []
    const fact = `network.blockedHosts.${index}`
    return [`${fact} (${host}) ${NO_REQUEST}${placed(spec, fact)}`]
  })
}

function idleEvents(
  spec: RunSpec,
  { journal, effective, refusals }: RunResult,
  exchanges: readonly Exchange[],
): string[] {
  return spec.events.flatMap(({ does }, index) => {
    const by = `events.${index}` as const
    const stimuli = journal.flatMap((entry) =>
      entry.kind === 'stimulus' && entry.by === by ? [{ ...entry.stimulus, seq: entry.seq }] : [],
    )
    const said = `events.${index} (${wordsOf(does)})`
    if (stimuli.length === 0) return [`${said} never happened: nothing met its condition${placed(spec, by)}`]
    if (!effective.has(by)) {
      return [`${said} had no effect: ${refusals.get(by) ?? 'nothing came of it'}${placed(spec, by)}`]
    }
    const blocks = stimuli.filter((stimulus) => stimulus.kind === 'block')
    if (blocks.length === 0) return []
    const hasStopped = blocks.some(({ host, isBlocked, seq }) => {
      const end = blocks.find((later) => !later.isBlocked && later.seq > seq)?.seq ?? Number.POSITIVE_INFINITY
      return isBlocked && exchanges.some((exchange) => isStopped(exchange, host, { from: seq, to: end }))
    })
    return hasStopped ? [] : [`${said} ${NO_REQUEST}${placed(spec, by)}`]
  })
}

/** A request, and how it ended. */
interface Exchange {
  host: string
  /** Numbers of its entries in the journal; without an answer it was open until the end. */
  sent: number
  ended: number
  trouble: string | undefined
  hasAnswer: boolean
}

function exchangesOf(journal: readonly JournalEntry[]): Exchange[] {
  const open = new Map<number, Exchange>()
  const all: Exchange[] = []
  for (const entry of journal) {
    if (entry.kind === 'request' && URL.canParse(entry.url)) {
      const { hostname: host } = new URL(entry.url)
      const exchange = { host, sent: entry.seq, ended: Number.POSITIVE_INFINITY, trouble: undefined, hasAnswer: false }
      open.set(entry.id, exchange)
      all.push(exchange)
    }
    const exchange = entry.kind === 'response' ? open.get(entry.id) : undefined
    if (exchange && entry.kind === 'response') {
      exchange.ended = entry.seq
      exchange.trouble = 'trouble' in entry ? entry.trouble : undefined
      exchange.hasAnswer = !('trouble' in entry)
    }
  }
  return all
}

/** How a request ends that a firewall stops: at its beginning, or while its answer is under way. */
const STOPPED: readonly (string | undefined)[] = [CODE.cannotConnect, CODE.connectionAborted, undefined]

const isStopped = (
  { host, sent, ended, trouble, hasAnswer }: Exchange,
  rule: string,
  during = { from: 0, to: Number.POSITIVE_INFINITY },
): boolean =>
  !hasAnswer && STOPPED.includes(trouble) && sent < during.to && ended > during.from && meansHost(rule, host)
