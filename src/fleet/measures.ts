import type { Histogram } from './histogram.ts'
import { PHASE_METRICS } from './metrics.ts'
import type { Totals } from './totals.ts'

export interface Gauges {
  planned: number
  backlog: number | undefined
}

export type Labels = Readonly<Record<string, string>>

/** What a monitoring reads: by its name in OpenTelemetry, with its unit in UCUM. */
export type Measure = { name: string; unit: string; help: string } & (
  | { kind: 'gauge' | 'counter'; samples: { labels: Labels; value: number }[] }
  /** Milliseconds in the histogram, seconds for who reads. */
  | { kind: 'histogram'; samples: { labels: Labels; histogram: Histogram }[] }
)

/** Upper ends of the buckets in seconds: from a moment of a mock to the 60 minutes of a status page. */
export const BUCKET_ENDS = [0.1, 0.5, 1, 5, 15, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200]

/** What is known of a fleet while it is played. What has no sample yet is left out. */
export function measuresOf(totals: Totals, { planned, backlog }: Gauges): Measure[] {
  const { passed, failed, outcomes, statuses, unanswered, phases, times } = totals
  const all: Measure[] = [
    {
      name: 'oobe.fleet.devices.planned',
      unit: '{device}',
      help: 'Devices that are to be played.',
      kind: 'gauge',
      samples: [{ labels: {}, value: planned }],
    },
    {
      name: 'oobe.fleet.devices',
      unit: '{device}',
      help: 'Devices that have ended.',
      kind: 'counter',
      samples: [
        { labels: { result: 'passed' }, value: passed },
        { labels: { result: 'failed' }, value: failed },
      ],
    },
    {
      name: 'oobe.fleet.outcomes',
      unit: '{device}',
      help: 'Devices by how their first boot ended.',
      kind: 'counter',
      samples: counts(outcomes, 'outcome'),
    },
    {
      name: 'oobe.fleet.backlog',
      unit: '{device}',
      help: 'Devices whose time to start has come, and that have not ended.',
      kind: 'gauge',
      samples: backlog === undefined ? [] : [{ labels: {}, value: backlog }],
    },
    {
      name: 'oobe.fleet.responses',
      unit: '{response}',
      help: 'Answers by status.',
      kind: 'counter',
      samples: counts(statuses, 'status'),
    },
    {
      name: 'oobe.fleet.unanswered',
      unit: '{request}',
      help: 'Requests without an answer, by Windows code.',
      kind: 'counter',
      samples: counts(unanswered, 'code'),
    },
    {
      name: 'oobe.fleet.phase',
      unit: 's',
      help: 'Parts of the first boot, in device time.',
      kind: 'histogram',
      samples: [...phases].map(([name, { device }]) => ({ labels: { phase: keyOf(name) }, histogram: device })),
    },
    {
      name: 'oobe.fleet.first_boot',
      unit: 's',
      help: 'The whole first boot, in device time.',
      kind: 'histogram',
      samples: [{ labels: {}, histogram: times.firstBoot }],
    },
  ]
  return all.filter(({ samples }) => samples.length > 0)
}

const counts = (map: ReadonlyMap<string, number>, label: string) =>
  [...map].map(([name, value]) => ({ labels: { [label]: name }, value }))

/** The name that a threshold has for a phase. */
const keyOf = (name: string): string => Object.entries(PHASE_METRICS).find(([, known]) => known === name)?.[0] ?? name
