import { type Choice, type Factors, NO_FAULT } from './factors.ts'
import { HAPPENINGS } from './happenings.ts'
import type { Move } from './moves.ts'
import { pairRows } from './pairs.ts'
import type { WalkJob, WalkResult } from './play-walk.ts'

/** Says which walk is next; undefined when it has no other. What it says depends on the seed and on earlier results alone. */
export interface Strategy {
  next(): WalkJob | undefined
  hear(result: WalkResult): void
}

/** A number below the one that it is given. */
export type Draw = (below: number) => number

export const STRATEGIES = {
  random: 'any device, tenant, network and profile, with up to two faults and two presses or events',
  pairs: 'each pair of two values at least once, in as few runs as possible',
  shortest: 'transitions that no run has taken, those first that are nearest to where runs come',
} as const

/** Numbers that moves draw with are below it. */
const DRAW_MAX = 1_000_000

export function randomWalks(factors: Factors, seed: number, draw: Draw): Strategy {
  const one = (list: readonly string[]): string => list[draw(list.length)]!
  return {
    next() {
      const { device, tenant, network, profile } = factors
      const choice = { device: one(device), tenant: one(tenant), network: one(network), profile: one(profile) }
      const faults = Array.from({ length: draw(3) }, () => one(factors.fault))
      const [fault = NO_FAULT] = faults
      return {
        choice: { ...choice, fault },
        moves: [...faults.flatMap((name) => faultOf(name, draw)), ...others(draw)],
        seed,
      }
    },
    hear() {},
  }
}

const faultOf = (name: string, draw: Draw): Move[] =>
  name === NO_FAULT ? [] : [{ kind: 'fault', name, draw: draw(DRAW_MAX) }]

const others = (draw: Draw): Move[] =>
  Array.from({ length: draw(3) }, (): Move => {
    if (draw(2) === 0) return { kind: 'press', draw: draw(DRAW_MAX) }
    return { kind: 'happening', which: draw(HAPPENINGS.length), draw: draw(DRAW_MAX) }
  })

export function pairWalks(factors: Factors, seed: number, draw: Draw): Strategy {
  const rows = pairRows(factors, draw)
  return {
    next() {
      const { value, done } = rows.next()
      return done ? undefined : { choice: value, moves: faultOf(value.fault, draw), seed }
    },
    hear() {},
  }
}

/** A transition of a statechart, as far as a search needs it. */
export interface Target {
  machine: string
  from: string
  event: string
  number: number
  targets: readonly string[]
}

/** What was tried of a transition, and what is left. */
interface Tried {
  target: Target
  moves: readonly Move[]
  next: number
}

/**
 * First a walk of each network and profile. Then, of the transitions that no run has taken, the one with the fewest steps
 * behind it: the shortest walk that came to its state is played again with one more press, fault or event there.
 */
export function shortestWalks(factors: Factors, seed: number, targets: readonly Target[]): Strategy {
  const bases = basesOf(factors)
  const reached = new Map<string, WalkResult>()
  const taken = new Set<string>()
  const tried = new Map<string, Tried>()
  const distances = distancesOf(targets)
  const waiting = (): Tried | undefined => {
    let best: Tried | undefined
    for (const target of targets) {
      const { machine, from, number } = target
      if (taken.has(`edge ${machine} ${number}`) || !reached.has(stateOf(target))) continue
      const key = `${machine} ${number}`
      const known = tried.get(key) ?? { target, moves: movesFor(target, factors), next: 0 }
      tried.set(key, known)
      if (known.next >= known.moves.length) continue
      // In turn, so that a transition out of reach does not use up all runs.
      const cost = (one: Tried) => one.next * 100 + (distances.get(stateOf(one.target)) ?? 0)
      if (!best || cost(known) < cost(best)) best = known
      void from
    }
    return best
  }
  return {
    next() {
      const base = bases.shift()
      if (base) return { choice: base, moves: [], seed }
      const best = waiting()
      if (!best) return undefined
      const move = best.moves[best.next++]!
      const { job } = reached.get(stateOf(best.target))!
      const fault = move.kind === 'fault' ? { fault: move.name } : {}
      return { choice: { ...job.choice, ...fault }, moves: [...job.moves, move], seed }
    },
    hear(result) {
      for (const id of result.covers) {
        if (id.startsWith('edge ')) taken.add(id)
        else {
          const state = id.slice('state '.length)
          const known = reached.get(state)
          if (!known || costOf(result) < costOf(known)) reached.set(state, result)
          // A transition of the whole chart may be taken in each of its states.
          const machine = state.slice(0, state.indexOf('.'))
          if (!reached.has(machine)) reached.set(machine, result)
        }
      }
    },
  }
}

/** Few moves first, then few entries. */
const costOf = ({ job, length }: WalkResult): number => job.moves.length * 100_000 + length

const stateOf = ({ machine, from }: Target): string => (from === '' ? machine : `${machine}.${from}`)

function basesOf({ device, tenant, network, profile }: Factors): Choice[] {
  const rows = tenant.flatMap((school) => network.flatMap((net) => profile.map((name) => ({ school, net, name }))))
  return rows.map(({ school, net, name }, index) => ({
    device: device[index % device.length]!,
    tenant: school,
    network: net,
    profile: name,
    fault: NO_FAULT,
  }))
}

/** How many transitions of its chart lead to a state. */
function distancesOf(targets: readonly Target[]): Map<string, number> {
  const distances = new Map<string, number>()
  const inside = (state: string) =>
    targets.some(({ machine, targets: to }) => to.some((one) => `${machine}.${one}` === state))
  let level = [...new Set(targets.map(stateOf))].filter((state) => !inside(state))
  for (let steps = 0; level.length > 0; steps++) {
    const fresh = level.filter((state) => !distances.has(state))
    for (const state of fresh) distances.set(state, steps)
    level = targets
      .filter((one) => fresh.includes(stateOf(one)))
      .flatMap((one) => one.targets.map((to) => `${one.machine}.${to}`))
  }
  return distances
}

function movesFor(target: Target, { fault }: Factors): Move[] {
  const state = stateOf(target)
  // A place is needed; a transition of the whole chart has none.
  if (target.from === '') return []
  const press: Move[] = target.event.startsWith('user.') ? [{ kind: 'press', draw: 0, state, event: target.event }] : []
  const faults = fault.flatMap((name): Move[] =>
    name === NO_FAULT ? [] : [{ kind: 'fault', name, draw: 0, near: [state] }],
  )
  const happenings = HAPPENINGS.map((_, which): Move => ({ kind: 'happening', which, draw: 0, state }))
  return [...press, ...happenings, ...faults]
}
