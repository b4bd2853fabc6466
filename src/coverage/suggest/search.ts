import type { Chart } from '../../charts/chart.ts'
import { baseNameOf } from '../../explore/bases.ts'
import { namesOf } from '../../scenario/library.ts'
import { loadScenarios, type Scenario } from '../../scenario/scenario.ts'
import { stateId, transitionId } from '../count-run.ts'
import { type Edge, edgesBy, edgesOf } from '../edges.ts'
import { type Candidate, changesFor, transplanted } from './changes.ts'
import { type Played, Pool } from './pool.ts'

/** A run that took a transition, or why there is none. */
export type Found = { played: Played } | { reason: string }

export interface SearchOptions {
  /** How many runs with a change are played for one transition at most. */
  runs: number
}

const HAPPY = (['wifi', 'ethernet', 'selfDeploying', 'termsOfUse'] as const).map(baseNameOf)

/** How many runs that come to a state are changed. */
const BASES = 3
/** How many transitions before it are looked for. */
const DEPTH = 2

/** Looks for scenarios that take transitions. What was played for one serves the others too. */
export class Search {
  readonly #charts: ReadonlyMap<string, Chart>
  readonly #edges: readonly Edge[]
  readonly #pool: Pool
  readonly #options: SearchOptions
  #happy: Promise<void> | undefined
  /** All scenarios that are written down: those of the project, and the shipped ones. */
  #written: Promise<void> | undefined
  #left = 0
  #except: ReadonlySet<Played> = new Set()

  constructor(charts: readonly Chart[], options: SearchOptions) {
    this.#charts = new Map(charts.map((chart) => [chart.id, chart]))
    this.#edges = charts.flatMap(edgesOf)
    this.#pool = new Pool(edgesBy(charts))
    this.#options = options
  }

  /** Near the happy paths first: they are few, and what is changed of them is easily read. */
  async find(edge: Edge, except: ReadonlySet<Played> = new Set()): Promise<Found> {
    this.#except = except
    this.#happy ??= this.#playAll(HAPPY)
    await this.#happy
    this.#left = Math.ceil(this.#options.runs / 3)
    const near = await this.#search(edge, DEPTH)
    if (near) return { played: near }
    this.#written ??= this.#playAll(namesOf('scenario'))
    await this.#written
    this.#left = this.#options.runs
    const played = await this.#search(edge, DEPTH)
    return played ? { played } : { reason: this.#reasonFor(edge) }
  }

  /** Whether a scenario takes a transition, played once more. */
  async takes(scenario: Scenario, edge: Edge): Promise<boolean> {
    const pool = new Pool(edgesBy([...this.#charts.values()]))
    const played = await pool.play(scenario, [], scenario.id)
    return played?.covers.has(transitionId(edge.way)) ?? false
  }

  async #playAll(names: readonly string[]): Promise<void> {
    for (const scenario of names.flatMap(loadScenarios)) await this.#play({ scenario, changes: [] })
  }

  async #search(edge: Edge, depth: number): Promise<Played | undefined> {
    const id = transitionId(edge.way)
    const known = this.#pool.taking(id, this.#except)
    if (known) return known
    await this.#comeTo(edge, depth)
    for (const candidate of this.#candidates(edge)) {
      if (this.#left <= 0) return undefined
      if (!(await this.#play(candidate))) continue
      this.#left--
      const found = this.#pool.taking(id, this.#except)
      if (found) return found
    }
    return undefined
  }

  /** First a transition that leads to the state, where no run came to it. */
  async #comeTo({ machine, from }: Edge, depth: number): Promise<void> {
    if (depth === 0 || from === '' || this.#pool.through(stateId(machine, from), 1).length > 0) return
    const before = this.#edges.filter((one) => one.machine === machine && one.targets.includes(from))
    for (const edge of before) if (await this.#search(edge, depth - 1)) return
  }

  /** In turn, so that no base uses up all runs. */
  *#candidates(edge: Edge): Generator<Candidate> {
    const { machine, from } = edge
    const chart = this.#charts.get(machine)!
    const bases = from === '' ? this.#pool.played.slice(0, BASES) : this.#pool.through(stateId(machine, from), BASES)
    const sources = [
      ...this.#alike(edge).map((base) => transplants(base, bases)),
      ...bases.map((base) => changesFor(edge, chart, base)),
      ...this.#inside(edge).flatMap((inner) =>
        bases.map((base) => changesFor(inner, this.#charts.get(inner.machine)!, base)),
      ),
    ]
    yield* inTurn(sources)
  }

  /** Runs in which the same page ended in the same way in another plan. */
  #alike({ machine, from, event, guard }: Edge): Played[] {
    const step = from.slice(from.lastIndexOf('.') + 1)
    const same = this.#edges.filter(
      (one) =>
        one.machine === machine &&
        one.from !== from &&
        one.from.slice(one.from.lastIndexOf('.') + 1) === step &&
        one.event === event &&
        one.guard === guard,
    )
    return same.flatMap((one) => this.#pool.through(transitionId(one.way), BASES))
  }

  /** Transitions by which the statechart that this one waits for comes to that end. */
  #inside({ event, guard }: Edge): Edge[] {
    const child = /^done\((\w+)\)$/.exec(event)?.[1]
    const kind = /kind: (\w+)/.exec(guard ?? '')?.[1]
    if (child === undefined || kind === undefined) return []
    return this.#edges.filter((one) => one.machine === child && one.targets.includes(kind))
  }

  async #play({ scenario, changes }: Candidate): Promise<boolean> {
    return (
      (await this.#pool.play(scenario, changes, JSON.stringify([scenario.path, scenario.id, changes]))) !== undefined
    )
  }

  #reasonFor({ machine, from }: Edge): string {
    const place = from === '' ? machine : `${machine}.${from}`
    const isReached = from === '' || this.#pool.through(stateId(machine, from), 1).length > 0
    return isReached
      ? `runs come to ${place}, and none of the changes that were tried makes one leave it this way`
      : `no run comes to ${place}, with none of the changes that were tried`
  }
}

function* transplants(from: Played, bases: readonly Played[]): Generator<Candidate> {
  for (const to of bases) {
    const candidate = transplanted(from, to)
    if (candidate) yield candidate
  }
}

function* inTurn<Value>(sources: readonly Generator<Value>[]): Generator<Value> {
  let open = [...sources]
  while (open.length > 0) {
    const next: Generator<Value>[] = []
    for (const source of open) {
      const { value, done } = source.next()
      if (done) continue
      yield value as Value
      next.push(source)
    }
    open = next
  }
}
