import { UserError } from '../domain/trouble.ts'
import { EVENT_KINDS, type EventEffect } from '../events/event-kinds.ts'
import type { EventCondition, EventRule } from '../events/event-rules.ts'
import { requestPattern } from '../events/request-pattern.ts'
import type { EventEntry } from './schema/scenario.ts'

/** Rules of a scenario file. The schema has seen to it that each entry has one condition and one effect. */
export const eventRules = (entries: readonly EventEntry[]): EventRule[] =>
  entries.map((entry) => ({
    when: conditionOf(entry),
    does: effectOf(entry),
    times: entry.times,
    from: entry.from,
    ...(entry.name === undefined ? {} : { name: entry.name }),
    ...(entry.later === undefined ? {} : { laterMs: entry.later }),
    ...(entry.for === undefined ? {} : { forMs: entry.for }),
  }))

/** Waiting for an event that is not there would be for ever. Code `ERR_UNKNOWN_EVENT`. */
export function refuseUnknownEvent({ when }: EventRule, rules: readonly EventRule[]): void {
  if (when.kind !== 'after' || rules.some(({ name }) => name === when.event)) return
  const names = rules.flatMap(({ name }) => name ?? [])
  const hint = names.length > 0 ? `There are: ${names.join(', ')}` : 'Give an event a name: "name: licence"'
  throw new UserError('ERR_UNKNOWN_EVENT', `no event is called "${when.event}"`, [hint])
}

function conditionOf({ when }: EventEntry): EventCondition {
  if (when.at !== undefined) return { kind: 'time', atMs: when.at }
  if (when.state !== undefined) return { kind: 'state', ...stateIn(when.state) }
  if (when.left !== undefined) return { kind: 'left', ...stateIn(when.left) }
  if (when.page !== undefined) return { kind: 'page', page: when.page }
  if (when.after !== undefined) return { kind: 'after', event: when.after }
  if (when.csp !== undefined) {
    const { url: uri, method: command } = requestPattern(when.csp)
    return { kind: 'csp', uri, ...(command === undefined ? {} : { command }) }
  }
  return { kind: 'request', ...requestPattern(when.request ?? '') }
}

function stateIn(address: string): { machine: string; state: string } {
  const [machine, ...path] = address.split('.')
  return { machine: machine!, state: path.join('.') }
}

function effectOf(entry: EventEntry): EventEffect {
  const kind = EVENT_KINDS.find((name) => entry[name] !== undefined)!
  return { kind, value: entry[kind] } as EventEffect
}
