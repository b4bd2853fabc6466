import type { NetworkChange } from '../device/virtual-network.ts'
import type { FaultCondition, FaultEffect, FaultRule } from '../simulation/faults.ts'
import type { FaultEntry } from './schema/scenario.ts'

const encoder = new TextEncoder()

/** Rules of a scenario file. The schema has seen to it that each entry has one condition and one effect. */
export const faultRules = (entries: readonly FaultEntry[]): FaultRule[] =>
  entries.map((entry) => ({
    when: conditionOf(entry),
    effect: effectOf(entry),
    times: entry.times,
    from: entry.from,
    ...(entry.for === undefined ? {} : { forMs: entry.for }),
  }))

function conditionOf({ when }: FaultEntry): FaultCondition {
  if (when.at !== undefined) return { kind: 'time', atMs: when.at }
  if (when.state !== undefined) {
    const [machine, ...path] = when.state.split('.')
    return { kind: 'state', machine: machine!, state: path.join('.') }
  }
  const [url, method] = (when.request ?? '').split(' ').reverse()
  return { kind: 'request', method, url: url! }
}

function effectOf(entry: FaultEntry): FaultEffect {
  const network = (change: NetworkChange, undo: NetworkChange): FaultEffect => ({ kind: 'network', change, undo })
  if (entry.network) return network({ uplink: 'down' }, { uplink: 'up' })
  if (entry.cable) return network({ cable: entry.cable }, { cable: entry.cable === 'out' ? 'in' : 'out' })
  if (entry.wifi) return network({ wifi: entry.wifi }, { wifi: entry.wifi === 'off' ? 'on' : 'off' })
  if (entry.block) return network({ block: entry.block }, { unblock: entry.block })
  if (entry.power) return { kind: 'powerCut' }
  if (entry.answer) {
    const { status, headers, body } = entry.answer
    return { kind: 'answer', response: { status, headers, body: encoder.encode(body) } }
  }
  if (entry.delay !== undefined) return { kind: 'delay', ms: entry.delay }
  if (entry.drop) return { kind: 'drop' }
  if (entry.hang) return { kind: 'hang' }
  return { kind: 'corrupt' }
}
