import type { Chart } from '../charts/chart.ts'
import type { ChartLines } from './chart-lines.ts'
import { transitionId } from './count-run.ts'
import type { Counters } from './counters.ts'
import { type Edge, edgesOf } from './edges.ts'

/**
 * The transitions as branches of the files of the statecharts: one record for each file, a transition at the line where it is written.
 * Transitions of one line are branches of it; the line was hit as often as all of them.
 */
export function lcovOf(charts: readonly Chart[], counters: Counters, lineOf: ChartLines): string {
  const files = new Map<string, Map<number, Edge[]>>()
  for (const edge of charts.flatMap(edgesOf)) {
    const { file, line } = lineOf(edge)
    const lines = files.get(file) ?? new Map<number, Edge[]>()
    files.set(file, lines)
    lines.set(line, [...(lines.get(line) ?? []), edge])
  }
  const taken = ({ way }: Edge) => counters.of(transitionId(way))
  const records = [...files]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([file, lines]) => {
      const rows = [...lines].sort(([one], [other]) => one - other)
      const edges = rows.flatMap(([, list]) => list)
      const hits = rows.map(([line, list]) => ({ line, hits: list.reduce((sum, edge) => sum + taken(edge), 0) }))
      return [
        'TN:oobe-sim',
        `SF:${file}`,
        ...rows.flatMap(([line, list]) =>
          list.map((edge, branch) => `BRDA:${line},0,${branch},${wasReached(list, counters) ? taken(edge) : '-'}`),
        ),
        `BRF:${edges.length}`,
        `BRH:${edges.filter((edge) => taken(edge) > 0).length}`,
        ...hits.map(({ line, hits: count }) => `DA:${line},${count}`),
        `LF:${hits.length}`,
        `LH:${hits.filter(({ hits: count }) => count > 0).length}`,
        'end_of_record',
      ]
    })
  return `${records.flat().join('\n')}\n`
}

/** A dash is for a branch whose line was never come to. */
const wasReached = (edges: readonly Edge[], counters: Counters): boolean =>
  edges.some(({ way }) => counters.of(transitionId(way)) > 0)
