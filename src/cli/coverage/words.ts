import { METRICS } from '../../coverage/count-run.ts'
import type { CoverageReport, MetricReport } from '../../coverage/coverage-report.ts'
import { columns } from '../columns.ts'

const percentText = ({ percent }: MetricReport): string => `${percent.toFixed(1)} %`

/** In the text each of these has its lines; the others say how many, unless all are asked for. */
const LISTED = ['pages', 'events', 'operations'] as const
const LONG = ['guards', 'actors', 'delays', 'texts', 'faults', 'nodes'] as const

/** The figures, and below them what no run came to, by statechart. @param isWhole the long lists too */
export function coverageText(report: CoverageReport, isWhole = false): string[] {
  const { metrics, charts, runs, unknown } = report
  const rows = METRICS.map((metric) => {
    const { covered, total, excused } = metrics[metric]
    const aside = excused > 0 ? `${excused} more with a reason` : ''
    return [metric, `${covered}/${total}`, percentText(metrics[metric]), aside]
  })
  const missing = charts.flatMap(({ id, states, transitions }) => {
    const lines = [...states.missing, ...transitions.missing]
    return lines.length === 0 ? [] : [`${id}:`, ...lines.map((line) => `  ${line}`)]
  })
  const others = (isWhole ? [...LISTED, ...LONG] : LISTED).flatMap((metric) => metrics[metric].missing)
  const left = isWhole ? 0 : LONG.reduce((sum, metric) => sum + metrics[metric].missing.length, 0)
  return [
    `coverage of ${runs} ${runs === 1 ? 'run' : 'runs'}`,
    ...columns(rows),
    ...(unknown > 0 ? [`${unknown} counters are of another version of oobe-sim, and count for nothing`] : []),
    ...(missing.length + others.length === 0 ? [] : ['', 'not covered:', ...missing, ...others]),
    ...(left > 0 ? ['', `${left} more are not covered: of ${LONG.join(', ')}. --all lists them`] : []),
  ]
}

/** For the summary of a job. */
export function coverageMarkdown(report: CoverageReport): string {
  const { metrics, charts, runs } = report
  const cell = ({ covered, total }: MetricReport) => `${covered}/${total}`
  return [
    '## oobe-sim coverage',
    '',
    `Of ${runs} ${runs === 1 ? 'run' : 'runs'}.`,
    '',
    '| | covered | |',
    '| --- | --- | --- |',
    ...METRICS.map((metric) => `| ${metric} | ${cell(metrics[metric])} | ${percentText(metrics[metric])} |`),
    '',
    '<details><summary>Statecharts</summary>',
    '',
    '| statechart | states | transitions | not covered |',
    '| --- | --- | --- | --- |',
    ...charts.map(({ id, states, transitions }) => {
      const left = [...states.missing, ...transitions.missing].map((what) => `\`${what}\``)
      return `| \`${id}\` | ${cell(states)} | ${cell(transitions)} | ${left.join('<br>').replaceAll('|', '\\|')} |`
    }),
    '',
    '</details>',
    '',
  ].join('\n')
}
