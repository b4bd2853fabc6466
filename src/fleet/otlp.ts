import type { Histogram } from './histogram.ts'
import { BUCKET_ENDS, type Gauges, type Labels, type Measure, measuresOf } from './measures.ts'
import type { Totals } from './totals.ts'

/** Who sends, and when. */
export interface OtlpSource {
  /** Version of this program. */
  product: string
  /** Of the plan. */
  fleet: string
  title: string
  /** Unix milliseconds. */
  startedAt: number
  now: number
}

/** `AGGREGATION_TEMPORALITY_CUMULATIVE`: each export has all since the start, so that one that is lost costs nothing. */
const CUMULATIVE = 2
const MILLISECONDS = 1_000

/**
 * The body of an `ExportMetricsServiceRequest` as JSON (OTLP 1.9, "JSON Protobuf Encoding"): names in lowerCamelCase, enums as
 * numbers, integers of 64 bits as strings.
 */
export function otlpMetrics(totals: Totals, gauges: Gauges, source: OtlpSource) {
  const { product, fleet, title } = source
  return {
    resourceMetrics: [
      {
        resource: {
          attributes: attributesOf({
            'service.name': 'oobe-sim',
            'service.version': product,
            'oobe.fleet.id': fleet,
            'oobe.fleet.title': title,
          }),
        },
        scopeMetrics: [
          {
            scope: { name: 'oobe-sim fleet', version: product },
            metrics: measuresOf(totals, gauges).map((measure) => metricOf(measure, source)),
          },
        ],
      },
    ],
  }
}

function metricOf(measure: Measure, source: OtlpSource) {
  const { name, unit, help: description } = measure
  const common = { name, unit, description }
  const timeUnixNano = nanoseconds(source.now)
  const since = { startTimeUnixNano: nanoseconds(source.startedAt), timeUnixNano }
  switch (measure.kind) {
    case 'gauge':
      return { ...common, gauge: { dataPoints: measure.samples.map((one) => ({ ...numberOf(one), timeUnixNano })) } }
    case 'counter': {
      const dataPoints = measure.samples.map((one) => ({ ...numberOf(one), ...since }))
      return { ...common, sum: { aggregationTemporality: CUMULATIVE, isMonotonic: true, dataPoints } }
    }
    case 'histogram': {
      const dataPoints = measure.samples.map(({ labels, histogram }) => ({
        attributes: attributesOf(labels),
        ...since,
        ...bucketsOf(histogram),
      }))
      return { ...common, histogram: { aggregationTemporality: CUMULATIVE, dataPoints } }
    }
  }
}

const numberOf = ({ labels, value }: { labels: Labels; value: number }) => ({
  attributes: attributesOf(labels),
  asInt: String(value),
})

/** A count for each bucket, and one for what is above the last end. */
function bucketsOf(histogram: Histogram) {
  const below = BUCKET_ENDS.map((end) => histogram.atMost(end * MILLISECONDS))
  const counts = [...below, histogram.count].map((count, index) => count - (below[index - 1] ?? 0))
  const { min, max } = histogram
  return {
    count: String(histogram.count),
    sum: histogram.sum / MILLISECONDS,
    ...(min === undefined || max === undefined ? {} : { min: min / MILLISECONDS, max: max / MILLISECONDS }),
    explicitBounds: BUCKET_ENDS,
    bucketCounts: counts.map(String),
  }
}

const attributesOf = (labels: Labels) =>
  Object.entries(labels).map(([key, stringValue]) => ({ key, value: { stringValue } }))

const nanoseconds = (ms: number): string => String(BigInt(Math.round(ms)) * 1_000_000n)
