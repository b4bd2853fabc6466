import type { Mutant } from '../../run/mutation/mutants.ts'
import type { CoveredCase, MutantJob, MutantResult } from './play-mutant.ts'

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

/** One of these has to be covered for a mutant to matter. */
const placesOf = (mutant: Mutant): string[] => {
  if ('edge' in mutant) return [`edge ${mutant.machine} ${mutant.edge}`]
  const { machine, state, leaving } = mutant
  return [`state ${machine}.${state}`, ...leaving.map((edge) => `edge ${machine} ${edge}`)]
}

/**
 * The mutants with the scenarios that come to their place, the cheapest first.
 *
 * @param most of them for one mutant; where more come there, some of each length are taken
 */
export function planMutants(
  mutants: readonly Mutant[],
  cases: readonly CoveredCase[],
  most = Number.POSITIVE_INFINITY,
): { jobs: MutantJob[]; notReached: Mutant[] } {
  const byPlace = new Map<string, Set<CoveredCase>>()
  const judges = cases
    .filter(({ failures }) => failures.length === 0)
    .toSorted((one, other) => one.length - other.length)
  for (const one of judges) {
    for (const id of one.covers) {
      const there = byPlace.get(id) ?? new Set()
      byPlace.set(id, there.add(one))
    }
  }
  const jobs: MutantJob[] = []
  const notReached: Mutant[] = []
  for (const mutant of mutants) {
    const places = placesOf(mutant).flatMap((id) => byPlace.get(id) ?? [])
    const found = judges.filter((one) => places.some((there) => there.has(one)))
    if (found.length === 0) notReached.push(mutant)
    else jobs.push({ mutant, cases: spread(found, most).map(({ path, id }) => ({ path, id })) })
  }
  return { jobs, notReached }
}

/** So many, drawn without putting back; in the order in which they were. */
export function sampleOf<Value>(all: readonly Value[], count: number, draw: (below: number) => number): Value[] {
  const open = [...all.keys()]
  const taken = new Set<number>()
  while (taken.size < count && open.length > 0) {
    const at = draw(open.length)
    taken.add(open[at]!)
    open[at] = open.at(-1)!
    open.pop()
  }
  return all.filter((_, index) => taken.has(index))
}

/** Of a hundred mutants that scenarios come to, so many were killed; undefined where they came to none. */
export const scoreOf = ({ killed, survived }: Pick<Mutation, 'killed' | 'survived'>): number | undefined => {
  const all = killed.length + survived.length
  return all === 0 ? undefined : (100 * killed.length) / all
}

/** So many of a list, from its beginning to its end. */
const spread = <Value>(list: readonly Value[], most: number): readonly Value[] =>
  list.length <= most
    ? list
    : Array.from({ length: most }, (_, index) => list[Math.floor((index * list.length) / most)]!)
