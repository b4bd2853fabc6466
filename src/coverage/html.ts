import type { Chart } from '../charts/chart.ts'
import { METRICS, transitionId } from './count-run.ts'
import type { Counters } from './counters.ts'
import type { CoverageReport, MetricReport } from './coverage-report.ts'
import { drawn, text, times } from './drawing.ts'
import { edgesOf } from './edges.ts'

const STYLE = `
:root{color-scheme:light dark;--hit:#1a7f37;--miss:#b42318;--line:#8886;--soft:#8881}
@media (prefers-color-scheme:dark){:root{--hit:#4ac26b;--miss:#ff7b72}}
body{font:14px/1.45 system-ui,sans-serif;margin:0 auto;max-width:75rem;padding:1rem}
h1{font-size:1.4rem}h2{font-size:1.1rem;margin:0;display:inline}
table{border-collapse:collapse;margin:.5rem 0}td,th{text-align:left;padding:.15rem .6rem;border-bottom:1px solid var(--line)}
td.number{text-align:right;font-variant-numeric:tabular-nums}
details{border:1px solid var(--line);border-radius:6px;padding:.4rem .8rem;margin:.5rem 0}summary{cursor:pointer}
.chart{display:flex;flex-wrap:wrap;gap:1.5rem;align-items:flex-start;overflow-x:auto}
code{font:12px/1.4 ui-monospace,monospace;overflow-wrap:anywhere}
.miss,.miss code{color:var(--miss)}.hit{color:var(--hit)}
svg{font:12px system-ui,sans-serif;flex:none}
svg rect{fill:var(--soft);stroke:currentColor}svg text{fill:currentColor}svg path{fill:none;stroke:currentColor;stroke-width:1.2}
svg .miss path{stroke-dasharray:4 3}svg path.tip{fill:currentColor;stroke:none}svg g:hover path,svg g:hover rect{stroke-width:3}
svg .final rect{stroke-width:2.5}
`.trim()

/** Nothing is loaded, and no script runs, whatever a text says. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'"

/** The report as one file: figures, and each statechart drawn, with the count of each of its transitions. */
export function coverageHtml(report: CoverageReport, charts: readonly Chart[], counters: Counters): string {
  const { metrics, runs } = report
  const reasons = new Map(report.gaps.map(({ what, reason }) => [what, reason]))
  return `${[
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${text(POLICY)}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<title>oobe-sim coverage</title>',
    `<style>${STYLE}</style></head><body>`,
    `<h1>Coverage of ${runs} ${runs === 1 ? 'run' : 'runs'}</h1>`,
    '<table><tr><th></th><th>covered</th><th></th><th>more with a reason</th></tr>',
    ...METRICS.map((metric) => {
      const { covered, total, percent, excused } = metrics[metric]
      const cells = [`${covered}/${total}`, `${percent.toFixed(1)} %`, excused === 0 ? '' : String(excused)]
      return `<tr><th>${metric}</th>${cells.map((cell) => `<td class="number">${cell}</td>`).join('')}</tr>`
    }),
    '</table>',
    '<p>Green was covered, red and dashed was not. A transition or a state says how often when the pointer is on it. An arrow on the right of the states leads from a state to its target; transitions that stay are in the list alone.</p>',
    ...charts.map((chart) => chartText(chart, report, counters, reasons)),
    ...(['guards', 'actors', 'delays', 'pages', 'texts', 'events', 'faults', 'operations', 'nodes'] as const).map(
      (metric) => missingText(metric, metrics[metric]),
    ),
    '</body></html>',
  ].join('\n')}\n`
}

function chartText(
  chart: Chart,
  { charts }: CoverageReport,
  counters: Counters,
  reasons: ReadonlyMap<string, string>,
): string {
  const { states, transitions } = charts.find(({ id }) => id === chart.id)!
  const isWhole = states.missing.length + transitions.missing.length === 0
  const figures = `states ${states.covered}/${states.total}, transitions ${transitions.covered}/${transitions.total}`
  return [
    `<details${isWhole ? '' : ' open'}><summary><h2>${text(chart.id)}</h2> <span class="${isWhole ? 'hit' : 'miss'}">${figures}</span></summary>`,
    '<div class="chart">',
    drawn(chart, counters),
    '<table><tr><th>transition</th><th>taken</th></tr>',
    ...edgesOf(chart).map(({ way }) => {
      const id = transitionId(way)
      const count = counters.of(id)
      const reason = reasons.get(id)
      const note = reason === undefined ? '' : `<br><small>${text(reason)}</small>`
      return `<tr class="${count > 0 ? 'hit' : 'miss'}"><td><code>${text(way)}</code>${note}</td><td class="number">${times(count)}</td></tr>`
    }),
    '</table></div></details>',
  ].join('\n')
}

function missingText(metric: string, { missing, covered, total }: MetricReport): string {
  if (missing.length === 0) return ''
  const lines = missing.map((what) => `<div class="miss"><code>${text(what)}</code></div>`)
  return `<details><summary><h2>${metric}</h2> ${covered}/${total}</summary>${lines.join('\n')}</details>`
}
