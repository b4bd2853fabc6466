import { formatDuration } from '../domain/duration.ts'
import { holds, type Measure, type Threshold } from './threshold.ts'
import type { Totals } from './totals.ts'

export interface JudgedThreshold {
  text: string
  holds: boolean
  /** In the unit of the threshold; left out where nothing was measured, which fails. */
  measured?: number
  /** For a person. */
  said: string
}

/** Microseconds in the histogram. */
const REQUEST_UNIT = 1_000

/** What was never measured keeps to nothing: a misspelt plan must not be green. */
export const judgeThresholds = (thresholds: readonly Threshold[], totals: Totals): JudgedThreshold[] =>
  thresholds.map((threshold) => {
    const { text, measure, comparison, value, unit } = threshold
    const measured = measuredOf(measure, unit, totals)
    if (measured === undefined) return { text, holds: false, said: 'nothing was measured' }
    return { text, holds: holds(comparison, measured, value), measured, said: saidOf(measured, unit) }
  })

function measuredOf(measure: Measure, unit: Threshold['unit'], totals: Totals): number | undefined {
  if (totals.devices === 0) return undefined
  switch (measure.kind) {
    case 'time': {
      const histogram = totals.histogram(measure.of)
      if (!histogram) return undefined
      const { by } = measure
      const found = typeof by === 'object' ? histogram.quantile(by.quantile) : histogram[by]
      return found === undefined ? undefined : found / (measure.of === 'request' ? REQUEST_UNIT : 1)
    }
    case 'failed':
      return unit === 'share' ? totals.failed / totals.devices : totals.failed
    case 'http':
      return ofRequests(totals.answers(measure.status), unit, totals)
    case 'unanswered':
      return ofRequests(totals.unansweredRequests, unit, totals)
    case 'requests':
      return totals.requests
  }
}

function ofRequests(count: number, unit: Threshold['unit'], { requests }: Totals): number | undefined {
  if (unit === 'count') return count
  return requests === 0 ? undefined : count / requests
}

function saidOf(measured: number, unit: Threshold['unit']): string {
  if (unit === 'ms') return formatDuration(measured)
  return unit === 'share' ? `${(measured * 100).toFixed(2)}%` : String(measured)
}
