import type { Order, OrderJob, OrderResult } from './order.ts'

export interface RacesOptions {
  scenario: string
  id: string
  seed: number
  /** Orders at most, the usual one included. */
  runs: number
  /** So many answers of an order differ from the usual one, at most. */
  depth: number
  /** Draws the orders that come when no other is left. */
  draw(below: number): number
  /** Plays jobs, side by side or one by one; fewer results when it was stopped. */
  play(jobs: readonly OrderJob[]): Promise<OrderResult[]>
}

export interface Races {
  usual: OrderResult
  /** Orders that were played, the usual one included. */
  runs: number
  /** Of these: how many one could tell from each other. */
  traces: number
  /** So many answers differed in the deepest order of which all were played. */
  wholeDepth: number
  /** No other order is left that anything could tell from these. */
  isWhole: boolean
  /** How many were drawn by chance. */
  drawn: number
  /** The smallest order that broke something; undefined where none did. */
  broken?: OrderResult
}

/** Jobs that are given to the players at once: a break is noticed after so many. */
const BATCH = 16

/**
 * Plays a scenario in other orders than its own: first all with one other answer, then with two, and so on; of orders that nothing could
 * tell from each other only one is followed. When all are played, further ones are drawn. The first that breaks is the smallest.
 */
export async function exploreRaces(options: RacesOptions): Promise<Races> {
  const { scenario, id, seed, runs, depth, draw, play } = options
  const jobOf = (order: Order): OrderJob => ({ scenario, id, seed, order })
  const [usual] = await play([jobOf({})])
  if (!usual) throw new Error('the usual order was not played')
  const races: Races = { usual, runs: 1, traces: 1, wholeDepth: 0, isWhole: false, drawn: 0 }
  if (isBroken(usual)) return { ...races, broken: usual }
  const traces = new Set([usual.trace])
  const playAll = async (orders: readonly Order[]): Promise<OrderResult[] | OrderResult> => {
    const played: OrderResult[] = []
    for (let from = 0; from < orders.length && races.runs < runs; from += BATCH) {
      const batch = orders.slice(from, Math.min(from + BATCH, from + runs - races.runs))
      const results = await play(batch.map(jobOf))
      races.runs += results.length
      for (const result of results) {
        if (result.trace === '' || traces.has(result.trace)) continue
        traces.add(result.trace)
        played.push(result)
      }
      races.traces = traces.size
      const broken = results.find(isBroken)
      if (broken) return broken
      if (results.length < batch.length) break
    }
    return played
  }
  let level: readonly OrderResult[] = [usual]
  for (let answers = 1; answers <= depth && level.length > 0; answers++) {
    const orders = level.flatMap(othersOf)
    const before = races.runs
    const played = await playAll(orders)
    if (!Array.isArray(played)) return { ...races, broken: played as OrderResult }
    if (races.runs - before < orders.length) return races
    races.wholeDepth = answers
    level = played
  }
  races.isWhole = level.length === 0
  while (races.runs < runs && !races.isWhole) {
    const before = races.runs
    const orders = Array.from({ length: Math.min(BATCH, runs - races.runs) }, () => drawnOrder(usual, draw))
    const played = await playAll(orders)
    races.drawn += races.runs - before
    if (!Array.isArray(played)) return { ...races, broken: played as OrderResult }
    if (races.runs - before < orders.length) return races
  }
  return races
}

const isBroken = ({ failures, bug }: OrderResult): boolean => failures.length > 0 || bug !== undefined

/** The orders with one more answer that differs, behind those that differ already: each set of answers comes once. */
function othersOf({ job: { order }, choices }: OrderResult): Order[] {
  const last = Math.max(-1, ...Object.keys(order).map(Number))
  return choices.flatMap(({ of, picked }, choice) => {
    if (choice <= last) return []
    return of.flatMap((_, answer) => (answer === picked ? [] : [{ ...order, [choice]: answer }]))
  })
}

/** Two answers are there at each choice; what comes after a first change may have others. */
function drawnOrder({ choices }: OrderResult, draw: (below: number) => number): Order {
  const order: Record<number, number> = {}
  for (const choice of choices.keys()) if (draw(2) === 1) order[choice] = draw(2)
  return order
}
