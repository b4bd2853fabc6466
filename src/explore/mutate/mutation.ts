import type { Mutant } from '../../run/mutation/mutants.ts'
import type { CoveredCase, JudgingCase, MutantJob, MutantResult } from './play-mutant.ts'

/** What was played of a list of mutants. */
export interface Mutation {
  killed: MutantResult[]
  /** Played with all scenarios that come there, and none noticed it. */
  survived: MutantResult[]
  /** No scenario comes there. */
  notReached: Mutant[]
  /** Not played: it was stopped, or the time was over. */
  left: Mutant[]
}

/**
 * One of these has to be covered for a mutant to matter. Those who come to the first ones judge first: there it is taken, while it
 * can be noticed at the others.
 */
function placesOf(mutant: Mutant): [first: string[], others: string[]] {
  const { machine } = mutant
  const edges = (numbers: readonly number[]) => numbers.map((one) => `edge ${machine} ${one}`)
  if ('edge' in mutant) return [edges([mutant.edge]), mutant.kind === 'negate' ? edges(mutant.otherwise) : []]
  const entered = `state ${machine}.${mutant.state}`
  if (mutant.kind !== 'stretch') return [[entered, ...edges(mutant.leaving)], []]
  return [edges(mutant.over), [entered, ...edges(mutant.leaving)]]
}

export interface JudgingOptions {
  /** So many scenarios for one mutant. */
  most?: number
  /** They also judge by what is seen of their runs. */
  isGolden?: boolean
}

/**
 * The mutants with the scenarios that come to their place, those first that most likely notice it.
 */
export function planMutants(
  mutants: readonly Mutant[],
  cases: readonly CoveredCase[],
  { most = Number.POSITIVE_INFINITY, isGolden = false }: JudgingOptions = {},
): { jobs: MutantJob[]; notReached: Mutant[] } {
  const byPlace = new Map<string, Set<CoveredCase>>()
  const judges = cases
    .filter(({ failures }) => failures.length === 0)
    .toSorted((one, other) => costOf(one) - costOf(other))
  for (const one of judges) {
    for (const id of one.covers) {
      const there = byPlace.get(id) ?? new Set()
      byPlace.set(id, there.add(one))
    }
  }
  const jobs: MutantJob[] = []
  const notReached: Mutant[] = []
  for (const mutant of mutants) {
    const [first, others] = placesOf(mutant).map((ids) => new Set(ids.flatMap((id) => [...(byPlace.get(id) ?? [])])))
    const found = [
      ...byEnds(judges.filter((one) => first!.has(one))),
      ...byEnds(judges.filter((one) => others!.has(one) && !first!.has(one))),
    ]
    if (found.length === 0) notReached.push(mutant)
    else {
      const cases = found.slice(0, most)
      jobs.push({ mutant, cases: cases.map((one) => judging(one, isGolden)) })
    }
  }
  return { jobs, notReached }
}

const judging = ({ path, id, usage, seen }: CoveredCase, isGolden: boolean): JudgingCase => ({
  ...{ path, id, usage },
  ...(isGolden && seen ? { seen } : {}),
})

/** How much is played for each thing that is expected. */
const costOf = ({ usage, expects }: CoveredCase): number => usage.entries / (1 + expects)

/** Of each end the first, then of each the second, and so on: what ends alike notices alike. */
function byEnds(found: readonly CoveredCase[]): CoveredCase[] {
  const groups = new Map<string, CoveredCase[]>()
  for (const one of found) groups.set(one.end, [...(groups.get(one.end) ?? []), one])
  const lists = [...groups.values()]
  const longest = Math.max(0, ...lists.map(({ length }) => length))
  return Array.from({ length: longest }, (_, index) => lists.flatMap((list) => list[index] ?? [])).flat()
}

/**
 * So many, in the order in which they are drawn: what is played of a sample before it is stopped is a sample as well.
 *
 * @param drawn a number of each, drawn for it alone: what is not of the sample changes nothing in it
 */
export const sampleOf = <Value>(all: readonly Value[], count: number, drawn: (value: Value) => number): Value[] =>
  all
    .map((value) => ({ value, rank: drawn(value) }))
    .toSorted((one, other) => one.rank - other.rank)
    .slice(0, count)
    .map(({ value }) => value)

/** Of a hundred mutants that scenarios come to, so many were killed; undefined where they came to none. */
export const scoreOf = ({ killed, survived }: Pick<Mutation, 'killed' | 'survived'>): number | undefined => {
  const all = killed.length + survived.length
  return all === 0 ? undefined : (100 * killed.length) / all
}
