import type { NetworkChange } from '../device/virtual-network.ts'
import { UserError } from '../domain/trouble.ts'
import type { FaultCondition, FaultEffect, FaultRule } from '../simulation/faults.ts'
import type { FaultEntry } from './schema/scenario.ts'

const encoder = new TextEncoder()

/** Rules of a scenario file. Each entry has one condition and one effect. Code `ERR_FILE_INVALID`. */
export function faultRules(file: string, entries: readonly FaultEntry[]): FaultRule[] {
  return entries.map((entry, index) => {
    const where = `${file}: faults.${index}`
    const effects = effectsOf(entry)
    if (effects.length !== 1)
      throw new UserError('ERR_FILE_INVALID', `${where}: needs one effect, has ${effects.length}`)
    return {
      when: conditionOf(entry, where),
      effect: effects[0]!,
      times: entry.times,
      from: entry.from,
      ...(entry.for === undefined ? {} : { forMs: entry.for }),
    }
  })
}

function conditionOf({ when }: FaultEntry, where: string): FaultCondition {
  const given = Object.values(when).filter((value) => value !== undefined)
  if (given.length !== 1) throw new UserError('ERR_FILE_INVALID', `${where}.when: needs one of state, request, at`)
  if (when.at !== undefined) return { kind: 'time', atMs: when.at }
  if (when.state !== undefined) {
    const [machine, ...path] = when.state.split('.')
    return { kind: 'state', machine: machine!, state: path.join('.') }
  }
  const match = /^(?:(GET|POST|PUT|DELETE) )?(\S+)$/.exec(when.request ?? '')
  if (!match) throw new UserError('ERR_FILE_INVALID', `${where}.when.request: must be "GET *pattern*" or "*pattern*"`)
  return { kind: 'request', method: match[1], url: match[2]! }
}

function effectsOf(entry: FaultEntry): FaultEffect[] {
  const network = (change: NetworkChange, undo: NetworkChange): FaultEffect => ({ kind: 'network', change, undo })
  const effects: FaultEffect[] = []
  if (entry.network) effects.push(network({ uplink: 'down' }, { uplink: 'up' }))
  if (entry.cable) effects.push(network({ cable: entry.cable }, { cable: entry.cable === 'out' ? 'in' : 'out' }))
  if (entry.wifi) effects.push(network({ wifi: entry.wifi }, { wifi: entry.wifi === 'off' ? 'on' : 'off' }))
  if (entry.block) effects.push(network({ block: entry.block }, { unblock: entry.block }))
  if (entry.power) effects.push({ kind: 'powerCut' })
  if (entry.answer) {
    const { status, headers, body } = entry.answer
    effects.push({ kind: 'answer', response: { status, headers, body: encoder.encode(body) } })
  }
  if (entry.delay !== undefined) effects.push({ kind: 'delay', ms: entry.delay })
  if (entry.drop) effects.push({ kind: 'drop' })
  if (entry.hang) effects.push({ kind: 'hang' })
  if (entry.corrupt) effects.push({ kind: 'corrupt' })
  return effects
}
