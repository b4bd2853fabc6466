import { METRICS } from '../../coverage/count-run.ts'
import type { CoverageReport, MetricReport } from '../../coverage/coverage-report.ts'
import { columns } from '../columns.ts'

const percentText = ({ percent }: MetricReport): string => `${percent.toFixed(1)} %`

/** The figures, and below them what no run came to, by statechart. */
export function coverageText(report: CoverageReport): string[] {
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
  const others = (['pages', 'events', 'operations'] as const).flatMap((metric) => metrics[metric].missing)
  return [
    `coverage of ${runs} ${runs === 1 ? 'run' : 'runs'}`,
    ...columns(rows),
    ...(unknown > 0 ? [`${unknown} counters are of another version of oobe-sim, and count for nothing`] : []),
    ...(missing.length + others.length === 0 ? [] : ['', 'not covered:', ...missing, ...others]),
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
