import { allCharts } from '../charts/charts.ts'
import { countRun } from '../coverage/count-run.ts'
import { Counters } from '../coverage/counters.ts'
import { reportOf } from '../coverage/coverage-report.ts'
import { edgesBy } from '../coverage/edges.ts'
import { PAGE_IDS } from '../domain/pages.ts'
import { EVENT_KINDS } from '../events/event-kinds.ts'
import { refuseOther } from './judge-matcher.ts'
import type { CoverageThresholds, Run, Verdict } from './types.ts'

const NAMES = ['states', 'transitions', 'pages', 'events'] as const

/** Of what is not covered a message names so many. */
const SHOWN = 20

export function judgeCoverage(runs: unknown, thresholds: CoverageThresholds): Verdict {
  const all = Array.isArray(runs) ? (runs as unknown[]) : [runs]
  if (all.length === 0) throw new TypeError('toHaveTransitionCoverage got no run')
  for (const run of all) refuseOther('toHaveTransitionCoverage', run)
  refuseWrong(thresholds)
  const charts = allCharts()
  const edgeOf = edgesBy(charts)
  const counters = new Counters()
  for (const { journal } of all as Run[])
    counters.add(
      countRun(
        journal.map((entry) => JSON.stringify(entry)),
        edgeOf,
      ),
    )
  const { metrics } = reportOf(counters, { charts, pages: PAGE_IDS, events: EVENT_KINDS, operations: [] }, new Map())
  const wanted = NAMES.flatMap((name) => (thresholds[name] === undefined ? [] : [{ name, least: thresholds[name] }]))
  const low = wanted.filter(({ name, least }) => metrics[name].percent < least)
  const figures = (list: typeof wanted) =>
    list.map(({ name, least }) => {
      const { percent, covered, total } = metrics[name]
      return `${least} % of the ${name}; ${all.length === 1 ? 'the run covers' : `${all.length} runs cover`} ${percent.toFixed(1)} % (${covered}/${total})`
    })
  const missing = low.flatMap(({ name }) => metrics[name].missing)
  return {
    pass: low.length === 0,
    message: () =>
      low.length === 0
        ? `expected less than ${figures(wanted).join('\nexpected less than ')}`
        : [
            ...figures(low).map((line) => `expected at least ${line}`),
            '',
            'not covered:',
            ...missing.slice(0, SHOWN).map((id) => `  ${id}`),
            ...(missing.length > SHOWN ? [`  … ${missing.length - SHOWN} more`] : []),
          ].join('\n'),
  }
}

function refuseWrong(thresholds: CoverageThresholds): void {
  const given = Object.entries(thresholds ?? {})
  if (given.length === 0) throw new TypeError(`toHaveTransitionCoverage needs one of ${NAMES.join(', ')}`)
  for (const [name, least] of given) {
    if (!(NAMES as readonly string[]).includes(name))
      throw new TypeError(`toHaveTransitionCoverage knows no "${name}"; it knows ${NAMES.join(', ')}`)
    if (typeof least !== 'number' || !(least >= 0 && least <= 100))
      throw new TypeError(`toHaveTransitionCoverage: ${name} has to be a percentage from 0 to 100`)
  }
}
