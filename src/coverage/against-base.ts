import { METRICS, type Metric } from './count-run.ts'
import type { Counters } from './counters.ts'
import type { CoverageReport } from './coverage-report.ts'

/** How an id of each metric begins. */
const PREFIX: Readonly<Record<Metric, string>> = {
  states: 'state ',
  transitions: 'transition ',
  guards: 'guard ',
  actors: 'actor ',
  delays: 'delay ',
  pages: 'page ',
  texts: 'text ',
  events: 'event ',
  faults: 'fault ',
  operations: 'operation ',
  nodes: 'node ',
}

/** Transitions that the base does not have, and that no run took: those with a reason are left out. */
export function newAndMissing({ metrics }: CoverageReport, base: Counters): string[] {
  const old = new Set(base.ids)
  return metrics.transitions.missing.filter((id) => !old.has(id))
}

/** Metrics of which less is covered than of the base, in percent of what each has. A metric that the base did not count is left out. */
export function fallen({ metrics }: CoverageReport, base: Counters): { metric: Metric; was: number; is: number }[] {
  return METRICS.flatMap((metric) => {
    const ids = base.ids.filter((id) => id.startsWith(PREFIX[metric]))
    const { total, covered } = metrics[metric]
    if (ids.length === 0 || total === 0) return []
    const was = ids.filter((id) => base.of(id) > 0).length / ids.length
    const is = covered / total
    return is < was ? [{ metric, was: was * 100, is: is * 100 }] : []
  })
}
