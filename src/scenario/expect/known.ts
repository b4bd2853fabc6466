import { allCharts } from '../../charts/charts.ts'
import { type Edge, edgesBy, edgesOf, statePathsOf } from '../../coverage/edges.ts'
import type { JournalEntry } from '../../domain/journal.ts'

/** What the statecharts of this version have. Read once, and only where an expectation speaks of it. */
interface Statecharts {
  states: readonly string[]
  ways: readonly string[]
  edgeOf(machine: string, number: number): Edge | undefined
}

let known: Statecharts | undefined

export function statecharts(): Statecharts {
  if (known) return known
  const charts = allCharts()
  known = {
    states: charts.flatMap((chart) => statePathsOf(chart).map((path) => `${chart.id}.${path}`)),
    ways: charts.flatMap((chart) => edgesOf(chart).map(({ way }) => way)),
    edgeOf: edgesBy(charts),
  }
  return known
}

/** Names of the transitions that were taken, in their order. */
export function takenWays(journal: readonly JournalEntry[]): string[] {
  const { edgeOf } = statecharts()
  return journal.flatMap((entry) =>
    entry.kind === 'transition'
      ? (entry.taken ?? []).flatMap((number) => edgeOf(entry.machine, number)?.way ?? [])
      : [],
  )
}
