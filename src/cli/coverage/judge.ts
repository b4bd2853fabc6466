import { fallen, newAndMissing } from '../../coverage/against-base.ts'
import { METRICS, type Metric } from '../../coverage/count-run.ts'
import type { Counters } from '../../coverage/counters.ts'
import type { CoverageReport } from '../../coverage/coverage-report.ts'
import { UserError } from '../../domain/trouble.ts'

export type Thresholds = Partial<Record<Metric, number | undefined>>

/** Code `ERR_BAD_ARGUMENTS`. */
export function thresholdsIn(options: readonly string[]): Thresholds {
  const parts = options.flatMap((option) => option.split(','))
  return Object.fromEntries(
    parts.map((part): [string, number] => {
      const [metric = '', value = ''] = part.split('=')
      const percent = Number(value)
      const isMetric = (METRICS as readonly string[]).includes(metric)
      if (isMetric && /^\d+(\.\d+)?$/.test(value) && percent <= 100) return [metric, percent]
      throw new UserError('ERR_BAD_ARGUMENTS', `--threshold: "${part}" is no threshold`, [
        `One of ${METRICS.join(', ')}, and a percentage: transitions=97`,
      ])
    }),
  )
}

/** A line for what is below its threshold, and for each gap that is none. @param gaps the file with the reasons */
export function troublesOf({ metrics, stale }: CoverageReport, thresholds: Thresholds, gaps: string): string[] {
  const low = METRICS.flatMap((metric) => {
    const least = thresholds[metric]
    const { percent } = metrics[metric]
    return least !== undefined && percent < least ? [`${metric}: ${percent.toFixed(1)} % is below ${least} %`] : []
  })
  const wrong = stale.map(({ what, why }) =>
    why === 'covered'
      ? `${gaps}: "${what}" was covered: take it out`
      : `${gaps}: "${what}" is not there: it was renamed, or taken away`,
  )
  return [...low, ...wrong]
}

/** A line for each transition that a change adds and does not cover; with `ratchet` also for each metric that fell. */
export function troublesAgainst(report: CoverageReport, base: Counters, ratchet: boolean): string[] {
  const added = newAndMissing(report, base).map((id) => `${id} is new, and was not covered`)
  const lower = ratchet
    ? fallen(report, base).map(
        ({ metric, was, is }) => `${metric}: ${is.toFixed(2)} % is below the base, ${was.toFixed(2)} %`,
      )
    : []
  return [...added, ...lower]
}
