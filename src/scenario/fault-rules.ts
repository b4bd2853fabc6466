import { EVENT_KINDS, type EventEffect } from '../events/event-kinds.ts'
import type { EventCondition, EventRule } from '../events/event-rules.ts'
import { requestPattern } from '../events/request-pattern.ts'
import type { FaultEntry } from './schema/scenario.ts'

/** Rules of a scenario file. The schema has seen to it that each entry has one condition and one effect. */
export const faultRules = (entries: readonly FaultEntry[]): EventRule[] =>
  entries.map((entry) => ({
    when: conditionOf(entry),
    does: effectOf(entry),
    times: entry.times,
    from: entry.from,
    ...(entry.for === undefined ? {} : { forMs: entry.for }),
  }))

function conditionOf({ when }: FaultEntry): EventCondition {
  if (when.at !== undefined) return { kind: 'time', atMs: when.at }
  if (when.state !== undefined) {
    const [machine, ...path] = when.state.split('.')
    return { kind: 'state', machine: machine!, state: path.join('.') }
  }
  return { kind: 'request', ...requestPattern(when.request ?? '') }
}

function effectOf(entry: FaultEntry): EventEffect {
  const kind = EVENT_KINDS.find((name) => entry[name] !== undefined)!
  return { kind, value: entry[kind] } as EventEffect
}
