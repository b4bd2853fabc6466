import { meansHost } from '../domain/host-pattern.ts'
import { CODE } from '../domain/windows-codes.ts'
import { wordsOf } from '../events/event-kinds.ts'
import type { RunResult } from '../run/run-options.ts'
import { isShared, placeOf, type RunSpec } from '../run/run-spec.ts'
import { idleNetworkFacts, isBeginning, meets } from './idle-network.ts'
import { type SeenExchange, seenExchanges } from './seen-exchanges.ts'
import { idleFacts } from './without-effect/idle-facts.ts'

/** What of a scenario changed nothing: an event that never happened, a blocked host that no request went to. It tested nothing. */
export function withoutEffect(spec: RunSpec, result: RunResult): string[] {
  const { outcome, journal } = result
  // What a stopped run did not come to says nothing about it.
  if (outcome.kind === 'stopped') return []
  const exchanges = seenExchanges(journal)
  const network = idleNetworkFacts(spec, journal, exchanges).flatMap(({ fact, text }) =>
    isShared(spec, fact) ? [] : [`${fact} had no effect: ${text}${placed(spec, fact)}`],
  )
  return [
    ...idleHosts(spec, exchanges),
    ...network,
    ...idleEvents(spec, result, exchanges),
    ...idleFacts(spec, journal),
  ]
}

const placed = ({ places }: RunSpec, fact: string): string => {
  const place = placeOf(places, fact)
  return place ? `. ${place}` : ''
}

const NO_REQUEST = 'had no effect: no request went there'

function idleHosts(spec: RunSpec, exchanges: readonly SeenExchange[]): string[] {
  const { blockedHosts } = spec.network
  return blockedHosts.flatMap((host, index) => {
    if (exchanges.some((exchange) => isStopped(exchange, host))) return []
    const fact = `network.blockedHosts.${index}`
    if (isShared(spec, fact)) return []
    return [`${fact} (${host}) ${NO_REQUEST}${placed(spec, fact)}`]
  })
}

function idleEvents(
  spec: RunSpec,
  { journal, effective, refusals }: RunResult,
  exchanges: readonly SeenExchange[],
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
    const changes = stimuli.filter((stimulus) => stimulus.kind === 'surroundings')
    if (changes.length > 0) {
      const isMet = changes.some(({ change, seq }) => {
        if (!isBeginning(change)) return false
        const end =
          changes.find((later) => !isBeginning(later.change) && later.seq > seq)?.seq ?? Number.POSITIVE_INFINITY
        return exchanges.some((one) => one.sent < end && one.ended > seq && meets(one, change))
      })
      return isMet ? [] : [`${said} had no effect: no request met it${placed(spec, by)}`]
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

/** How a request ends that a firewall stops: at its beginning, or while its answer is under way. */
const STOPPED: readonly (string | undefined)[] = [CODE.cannotConnect, CODE.connectionAborted, undefined]

const isStopped = (
  { host, sent, ended, trouble, hasAnswer, by }: SeenExchange,
  rule: string,
  during = { from: 0, to: Number.POSITIVE_INFINITY },
): boolean =>
  !hasAnswer &&
  by === undefined &&
  STOPPED.includes(trouble) &&
  sent < during.to &&
  ended > during.from &&
  meansHost(rule, host)
