import { isDeepStrictEqual } from 'node:util'
import type { JournalEntry } from '../../domain/journal.ts'
import type { SchoolNetworkChange } from '../../domain/network.ts'
import type { ExchangeChoice, Stimulus } from '../../domain/stimulus.ts'
import type { EventEffect, EventKind } from '../../events/event-kinds.ts'
import { matchesRequest, requestPattern } from '../../events/request-pattern.ts'

/** What a stimulus is in the words of a scenario: an effect, or the end of one that was given before. */
export type Told = { does: EventEffect; on?: ExchangeChoice } | { ends: EventKind; isOf(value: unknown): boolean }

/** A stimulus as an event does it; undefined where no event can. Secrets are open. */
export function toldBy(stimulus: Stimulus): Told | undefined {
  switch (stimulus.kind) {
    case 'cable':
      return { does: { kind: 'cable', value: stimulus.position } }
    case 'radio':
      return { does: { kind: 'wifi', value: stimulus.position } }
    case 'lid':
      return { does: { kind: 'lid', value: stimulus.position } }
    case 'power':
      return { does: { kind: 'power', value: stimulus.position ?? 'cut' } }
    case 'uplink':
      return stimulus.position === 'down'
        ? { does: { kind: 'network', value: 'down' } }
        : { ends: 'network', isOf: any }
    case 'block':
      return begun(stimulus.isBlocked, { kind: 'block', value: stimulus.host })
    case 'surroundings':
      return changed(stimulus.change)
    case 'presence':
      return begun(stimulus.is === 'away', { kind: 'person', value: 'leaves' })
    case 'push':
    case 'disconnect':
      return { does: { kind: stimulus.kind, value: true } }
    case 'clockJump':
      return { does: { kind: 'clock', value: stimulus.ms } }
    case 'tpm':
      return begun(stimulus.isSo, { kind: 'tpm', value: stimulus.condition })
    case 'disk':
      return ofDisk(stimulus.change)
    case 'tenantChange':
      return { does: { kind: 'administrator', value: stimulus.action } }
    case 'serverCommand':
      return { does: { kind: 'server', value: stimulus.order } }
    case 'serverHold':
      return begun(stimulus.isHeld, { kind: 'server', value: { hold: stimulus.phase } })
    case 'serverSilence':
      return begun(stimulus.isSilent, { kind: 'server', value: { silent: true } })
    case 'refusal':
      return begun(stimulus.isRefused, { kind: 'refuse', value: { csp: stimulus.csp, status: stimulus.status } })
    case 'answer': {
      const { on, status, headers, body } = stimulus
      return { on, does: { kind: 'answer', value: { status, headers, body } } as EventEffect }
    }
    case 'delay':
      return { on: stimulus.on, does: { kind: 'delay', value: stimulus.ms } }
    case 'drop':
    case 'hang':
    case 'corrupt':
      return { on: stimulus.on, does: { kind: stimulus.kind, value: true } }
    default:
      return undefined
  }
}

const begun = (begins: boolean, effect: EventEffect): Told =>
  begins ? { does: effect } : { ends: effect.kind, isOf: (value) => isDeepStrictEqual(value, effect.value) }

/** There is one at a time. */
const any = (): boolean => true
const isSlow = (value: unknown): boolean => typeof value === 'object' && value !== null && 'slow' in value

function changed(change: SchoolNetworkChange): Told {
  if ('dns' in change) return begun(!change.works, { kind: 'dns', value: change.dns === '*' ? 'down' : change.dns })
  if ('port' in change) return begun(!change.isOpen, { kind: 'port', value: change.port })
  if ('inspect' in change) {
    return begun(change.isOn, { kind: 'inspect', value: change.inspect === '*' ? true : change.inspect })
  }
  if ('portal' in change) return begun(change.portal === 'on', { kind: 'portal', value: 'on' })
  if ('slow' in change)
    return change.slow ? { does: { kind: 'slow', value: change.slow } } : { ends: 'slow', isOf: any }
  if ('loss' in change) {
    return change.loss === null ? { ends: 'loss', isOf: any } : { does: { kind: 'loss', value: change.loss } }
  }
  return change.proxy === null ? { ends: 'proxy', isOf: any } : { does: { kind: 'proxy', value: change.proxy } }
}

function ofDisk(change: Extract<Stimulus, { kind: 'disk' }>['change']): Told {
  if ('full' in change) return begun(change.full, { kind: 'disk', value: 'full' })
  if ('slow' in change && change.slow === 1) return { ends: 'disk', isOf: isSlow }
  return { does: { kind: 'disk', value: change } }
}

/** Requests of a run, each of which one stimulus by hand can be about. */
export class RequestsMet {
  readonly #requests: { seq: number; id: number; method: string; url: string; isTaken: boolean }[]

  constructor(journal: readonly JournalEntry[]) {
    this.#requests = journal.flatMap((entry) =>
      entry.kind === 'request'
        ? [{ seq: entry.seq, id: entry.id, method: entry.method, url: entry.url, isTaken: false }]
        : [],
    )
  }

  /**
   * The request that an effect was for, as a condition, and which of those that match it is, from 1.
   *
   * @param seq of the stimulus; undefined where no such request came any more: it had no effect
   */
  take(on: ExchangeChoice, seq: number): { request: string; from: number } | undefined {
    const text = typeof on === 'string' ? on : this.#patternOf(on)
    if (text === undefined) return undefined
    const matching = this.#requests.filter((one) => matchesRequest(requestPattern(text), one))
    const met = matching.find((one) => (typeof on === 'number' ? one.id === on : one.seq > seq && !one.isTaken))
    if (!met) return undefined
    met.isTaken = true
    return { request: text, from: matching.indexOf(met) + 1 }
  }

  #patternOf(id: number): string | undefined {
    const found = this.#requests.find((one) => one.id === id)
    return found && `${found.method} ${found.url.split('?')[0]}*`
  }
}
