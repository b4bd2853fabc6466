import type { Histogram } from './histogram.ts'
import { PHASE_METRICS } from './metrics.ts'
import type { Totals } from './totals.ts'

export interface Gauges {
  planned: number
  backlog: number | undefined
}

/** Upper ends in seconds: from a moment of a mock to the 60 minutes of a status page. */
const SECONDS = [0.1, 0.5, 1, 5, 15, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200]

/** What Prometheus reads: text format 0.0.4. */
export function prometheusText(totals: Totals, { planned, backlog }: Gauges): string {
  const lines: string[] = []
  const metric = (name: string, type: string, help: string, samples: readonly string[]) => {
    if (samples.length > 0) lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...samples)
  }
  metric('oobe_fleet_devices_planned', 'gauge', 'Devices that are to be played.', [
    `oobe_fleet_devices_planned ${planned}`,
  ])
  metric('oobe_fleet_devices_total', 'counter', 'Devices that have ended.', [
    `oobe_fleet_devices_total{result="passed"} ${totals.passed}`,
    `oobe_fleet_devices_total{result="failed"} ${totals.failed}`,
  ])
  metric(
    'oobe_fleet_outcomes_total',
    'counter',
    'Devices by how their first boot ended.',
    [...totals.outcomes].map(([name, count]) => `oobe_fleet_outcomes_total{outcome="${label(name)}"} ${count}`),
  )
  if (backlog !== undefined) {
    metric('oobe_fleet_backlog', 'gauge', 'Devices whose time to start has come, and that have not ended.', [
      `oobe_fleet_backlog ${backlog}`,
    ])
  }
  metric(
    'oobe_fleet_responses_total',
    'counter',
    'Answers by status.',
    [...totals.statuses].map(([status, count]) => `oobe_fleet_responses_total{status="${label(status)}"} ${count}`),
  )
  metric(
    'oobe_fleet_unanswered_total',
    'counter',
    'Requests without an answer, by Windows code.',
    [...totals.unanswered].map(([code, count]) => `oobe_fleet_unanswered_total{code="${label(code)}"} ${count}`),
  )
  const phases = [...totals.phases].flatMap(([name, { device }]) =>
    buckets('oobe_fleet_phase_seconds', keyOf(name), device),
  )
  metric('oobe_fleet_phase_seconds', 'histogram', 'Parts of the first boot, in device time.', phases)
  metric('oobe_fleet_first_boot_seconds', 'histogram', 'The whole first boot, in device time.', [
    ...buckets('oobe_fleet_first_boot_seconds', undefined, totals.times.firstBoot),
  ])
  return `${lines.join('\n')}\n`
}

/** The name that a threshold has for a phase. */
const keyOf = (name: string): string => Object.entries(PHASE_METRICS).find(([, known]) => known === name)?.[0] ?? name

function buckets(name: string, phase: string | undefined, histogram: Histogram): string[] {
  const of = phase === undefined ? '' : `phase="${label(phase)}",`
  const own = phase === undefined ? '' : `{phase="${label(phase)}"}`
  return [
    ...SECONDS.map((end) => `${name}_bucket{${of}le="${end}"} ${histogram.atMost(end * 1_000)}`),
    `${name}_bucket{${of}le="+Inf"} ${histogram.count}`,
    `${name}_sum${own} ${histogram.sum / 1_000}`,
    `${name}_count${own} ${histogram.count}`,
  ]
}

const label = (value: string): string => value.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n')
