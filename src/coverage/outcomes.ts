import { type Chart, statesFrom } from '../charts/chart.ts'
import type { TransitionFact } from '../domain/journal.ts'
import { type Edge, edgesOf } from './edges.ts'
import { pathsOf } from './paths.ts'

/** What a guard said, how an actor ended, and whether the time of a delay came. */
export interface OutcomeIds {
  guards: readonly string[]
  actors: readonly string[]
  delays: readonly string[]
}

const guardId = (machine: string, guard: string, says: boolean): string => `guard ${machine} [${guard}]: ${says}`
const placeOf = (machine: string, path: string): string => (path === '' ? machine : `${machine}.${path}`)
const actorId = (machine: string, path: string, actor: string, end: 'done' | 'stopped'): string =>
  `actor ${placeOf(machine, path)} runs ${actor}: ${end}`
const delayId = (machine: string, path: string, event: string, end: 'came' | 'left before'): string =>
  `delay ${placeOf(machine, path)} ${event}: ${end}`

const isDelay = (event: string): boolean => event.startsWith('after(')

/**
 * All outcomes of a chart. That a guard said no is in no journal: it follows where a later branch of the same event was taken, and for a
 * guard of `always` where the state was left by another way. Where neither can be, only the yes is counted.
 */
export function outcomesOf(chart: Chart): OutcomeIds {
  const edges = edgesOf(chart)
  const guards = edges.flatMap((edge) => {
    if (edge.guard === undefined) return []
    const yes = guardId(chart.id, edge.guard, true)
    return edges.some((taken) => isRefused(edge, taken)) ? [yes, guardId(chart.id, edge.guard, false)] : [yes]
  })
  const states = statesFrom(chart)
  const actors = states.flatMap(({ path, invokes, transitions }) =>
    invokes.flatMap(({ id }) => [
      ...(transitions.some(({ event }) => event === `done(${id})`) ? [actorId(chart.id, path, id, 'done')] : []),
      ...(path === '' ? [] : [actorId(chart.id, path, id, 'stopped')]),
    ]),
  )
  const delays = states.flatMap(({ path, transitions }) =>
    transitions
      .filter(({ event }) => isDelay(event))
      .flatMap(({ event }) => [delayId(chart.id, path, event, 'came'), delayId(chart.id, path, event, 'left before')]),
  )
  return { guards: unique(guards), actors: unique(actors), delays: unique(delays) }
}

const unique = (ids: readonly string[]): string[] => [...new Set(ids)]

/** Whether the guard of a branch said no where another transition was taken. */
const isRefused = (edge: Edge, taken: Edge): boolean =>
  edge.guard !== undefined &&
  edge.from === taken.from &&
  (edge.event === taken.event ? edge.number < taken.number : edge.event === 'always')

/** What a state runs and waits for. */
interface Pending {
  invokes: readonly string[]
  delays: readonly string[]
}

interface Known {
  refused: ReadonlyMap<number, readonly Edge[]>
  states: ReadonlyMap<string, Pending>
}

/** What the charts say of each transition and state: made once, and used for many runs. */
export type OutcomeTable = ReadonlyMap<string, Known>

export const outcomeTable = (charts: readonly Chart[]): OutcomeTable =>
  new Map(
    charts.map((chart) => {
      const edges = edgesOf(chart)
      const refused = new Map(edges.map((taken) => [taken.number, edges.filter((edge) => isRefused(edge, taken))]))
      const states = new Map(
        statesFrom(chart).map(({ path, invokes, transitions }) => [
          path,
          {
            invokes: invokes.map(({ id }) => id),
            delays: unique(transitions.map(({ event }) => event).filter(isDelay)),
          },
        ]),
      )
      return [chart.id, { refused, states }]
    }),
  )

/** Follows the charts of one run, and counts their outcomes. */
export class Outcomes {
  readonly #table: OutcomeTable
  readonly #count: (id: string) => void
  /** By statechart: the innermost states in which it is. */
  readonly #active = new Map<string, Set<string>>()
  /** Actors that have ended, and delays that came, in states that are still active. */
  readonly #over = new Set<string>()

  constructor(table: OutcomeTable, count: (id: string) => void) {
    this.#table = table
    this.#count = count
  }

  /** @param edges those that the step took */
  step({ machine, from, to, ended = [] }: TransitionFact, edges: readonly Edge[]): void {
    for (const edge of edges) this.#take(edge)
    const active = this.#active.get(machine) ?? new Set<string>()
    this.#active.set(machine, active)
    const [left, entered] = [leaves(from), leaves(to)]
    for (const leaf of left) active.delete(leaf)
    for (const leaf of entered) active.add(leaf)
    this.#leave(machine, left, active)
    for (const one of ended) this.#end(one)
  }

  /** The power is gone, or Windows starts anew: nothing runs any more. */
  stop(): void {
    for (const machine of this.#active.keys()) this.#end(machine)
  }

  #end(machine: string): void {
    const active = [...(this.#active.get(machine) ?? [])]
    this.#active.delete(machine)
    this.#leave(machine, active, new Set())
  }

  #take({ machine, from, event, guard, number }: Edge): void {
    if (guard !== undefined) this.#count(guardId(machine, guard, true))
    for (const other of this.#table.get(machine)?.refused.get(number) ?? []) {
      this.#count(guardId(machine, other.guard!, false))
    }
    const actor = /^done\((.*)\)$/.exec(event)?.[1]
    const id =
      actor !== undefined && this.#table.get(machine)?.states.get(from)?.invokes.includes(actor)
        ? actorId(machine, from, actor, 'done')
        : isDelay(event)
          ? delayId(machine, from, event, 'came')
          : undefined
    if (id === undefined) return
    this.#count(id)
    this.#over.add(`${machine}.${from} ${actor ?? event}`)
  }

  #leave(machine: string, left: readonly string[], active: ReadonlySet<string>): void {
    const still = new Set([...active].flatMap((leaf) => pathsOf(leaf)))
    for (const path of new Set(left.flatMap((leaf) => pathsOf(leaf)))) {
      if (still.has(path)) continue
      const { invokes = [], delays = [] } = this.#table.get(machine)?.states.get(path) ?? {}
      for (const id of invokes) this.#unlessOver(machine, path, id, actorId(machine, path, id, 'stopped'))
      for (const event of delays) this.#unlessOver(machine, path, event, delayId(machine, path, event, 'left before'))
    }
  }

  #unlessOver(machine: string, path: string, what: string, id: string): void {
    if (!this.#over.delete(`${machine}.${path} ${what}`)) this.#count(id)
  }
}

const leaves = (paths = ''): string[] => (paths === '' ? [] : paths.split(','))
