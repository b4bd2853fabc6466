import type { Chart } from '../charts/chart.ts'
import { eventId, METRICS, type Metric, nodeId, operationId, pageId, stateId, transitionId } from './count-run.ts'
import type { Counters } from './counters.ts'
import { edgesOf, statePathsOf } from './edges.ts'
import { outcomesOf } from './outcomes.ts'
import { faultId } from './seen-faults.ts'

/** Of one metric. */
export interface MetricReport {
  total: number
  covered: number
  /** Gaps that have a reason. They count as not covered, and thresholds leave them out. */
  excused: number
  /** Of what counts, with one digit behind the point; rounded down, so that 100 is all. */
  percent: number
  /** Without those that have a reason. */
  missing: string[]
}

export interface CoverageReport {
  runs: number
  metrics: Record<Metric, MetricReport>
  /** By statechart: what no run came to. */
  charts: { id: string; states: MetricReport; transitions: MetricReport }[]
  /** Gaps with their reasons. */
  gaps: { what: string; reason: string }[]
  /** Gaps that are none: something was covered all the same, or is not there. */
  stale: { what: string; why: 'covered' | 'unknown' }[]
  /** Counters of what this version does not have. */
  unknown: number
}

export interface Whole {
  charts: readonly Chart[]
  pages: readonly string[]
  events: readonly string[]
  operations: readonly string[]
  /** Ids: `text network.title`. Left out, like the two below: there are none. */
  texts?: readonly string[]
  /** By their names. */
  faults?: readonly string[]
  /** Addresses of the management tree, with `{}` for names that are chosen. */
  nodes?: readonly string[]
}

/** What there is, what of it was covered, and what was not. @param reasons by what is not covered, as reports name it */
export function reportOf(counters: Counters, whole: Whole, reasons: ReadonlyMap<string, string>): CoverageReport {
  const all = idsOf(whole)
  const known = new Set(METRICS.flatMap((metric) => all[metric]))
  const of = (ids: readonly string[]) => metricOf(ids, counters, reasons)
  return {
    runs: counters.runs,
    metrics: Object.fromEntries(METRICS.map((metric) => [metric, of(all[metric])])) as CoverageReport['metrics'],
    charts: whole.charts.map((chart) => ({
      id: chart.id,
      states: of(statesIn(chart)),
      transitions: of(transitionsIn(chart)),
    })),
    gaps: [...reasons].map(([what, reason]) => ({ what, reason })),
    stale: [...reasons.keys()].flatMap((what): CoverageReport['stale'] => {
      if (!known.has(what)) return [{ what, why: 'unknown' }]
      return counters.of(what) > 0 ? [{ what, why: 'covered' }] : []
    }),
    // A service may be asked for more than those operations at which a fault can bite.
    unknown: counters.ids.filter((id) => counters.of(id) > 0 && !known.has(id) && !id.startsWith(operationId('')))
      .length,
  }
}

const statesIn = (chart: Chart): string[] => statePathsOf(chart).map((path) => stateId(chart.id, path))
const transitionsIn = (chart: Chart): string[] => edgesOf(chart).map(({ way }) => transitionId(way))

/** All ids, by metric. */
export function idsOf({ charts, pages, events, operations, texts, faults, nodes }: Whole): Record<Metric, string[]> {
  const outcomes = charts.map(outcomesOf)
  return {
    states: charts.flatMap(statesIn),
    transitions: charts.flatMap(transitionsIn),
    guards: outcomes.flatMap(({ guards }) => guards),
    actors: outcomes.flatMap(({ actors }) => actors),
    delays: outcomes.flatMap(({ delays }) => delays),
    pages: pages.map(pageId),
    texts: [...(texts ?? [])],
    events: events.map(eventId),
    faults: (faults ?? []).map(faultId),
    operations: operations.map(operationId),
    nodes: (nodes ?? []).map(nodeId),
  }
}

function metricOf(ids: readonly string[], counters: Counters, reasons: ReadonlyMap<string, string>): MetricReport {
  const open = ids.filter((id) => counters.of(id) === 0)
  const missing = open.filter((id) => !reasons.has(id))
  const counted = ids.length - (open.length - missing.length)
  const covered = ids.length - open.length
  return {
    total: ids.length,
    covered,
    excused: open.length - missing.length,
    percent: counted === 0 ? 100 : Math.floor((covered / counted) * 1_000) / 10,
    missing,
  }
}
