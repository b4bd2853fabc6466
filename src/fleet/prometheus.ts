import { BUCKET_ENDS, type Gauges, type Labels, type Measure, measuresOf } from './measures.ts'
import type { Totals } from './totals.ts'

/** What Prometheus reads: text format 0.0.4. Names are made of those of OpenTelemetry as its specification says. */
export function prometheusText(totals: Totals, gauges: Gauges): string {
  const lines = measuresOf(totals, gauges).flatMap((measure) => {
    const name = nameOf(measure)
    return [`# HELP ${name} ${measure.help}`, `# TYPE ${name} ${measure.kind}`, ...samplesOf(measure, name)]
  })
  return `${lines.join('\n')}\n`
}

/** Dots are underscores; a counter ends with `_total`, and what has seconds with them. */
function nameOf({ name, unit, kind }: Measure): string {
  const plain = name.replaceAll('.', '_')
  return `${plain}${unit === 's' ? '_seconds' : ''}${kind === 'counter' ? '_total' : ''}`
}

function samplesOf(measure: Measure, name: string): string[] {
  if (measure.kind !== 'histogram') return measure.samples.map(({ labels, value }) => sample(name, labels, value))
  return measure.samples.flatMap(({ labels, histogram }) => [
    ...BUCKET_ENDS.map((end) =>
      sample(`${name}_bucket`, { ...labels, le: String(end) }, histogram.atMost(end * MILLISECONDS)),
    ),
    sample(`${name}_bucket`, { ...labels, le: '+Inf' }, histogram.count),
    sample(`${name}_sum`, labels, histogram.sum / MILLISECONDS),
    sample(`${name}_count`, labels, histogram.count),
  ])
}

const MILLISECONDS = 1_000

function sample(name: string, labels: Labels, value: number): string {
  const text = Object.entries(labels).map(([key, label]) => `${key}="${escaped(label)}"`)
  return `${name}${text.length > 0 ? `{${text.join(',')}}` : ''} ${value}`
}

const escaped = (value: string): string => value.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n')
