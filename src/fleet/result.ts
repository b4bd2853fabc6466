import type { FleetShard } from './batches.ts'
import { type JudgedThreshold, judgeThresholds } from './judge-thresholds.ts'
import type { MergedFleet, MissingBatch } from './merge.ts'
import { parseThreshold } from './threshold.ts'
import { type MixPart, type Spread, spreadOf, type Totals } from './totals.ts'

/** What a fleet came to, for programs. Times are milliseconds. */
export interface FleetResult {
  fleet: string
  title: string
  product: string
  seed: number
  /** As planned: of this part, where the result is that of one. */
  count: number
  part?: FleetShard
  devices: number
  passed: number
  failed: number
  broken: { bug: number; infrastructure: number }
  /** Every device has its result. */
  isComplete: boolean
  missing: MissingBatch[]
  missingShards: number[]
  repeated: { batches: number; devices: number }
  outcomes: Record<string, number>
  causes: { text: string; devices: number; code?: string; example: number }[]
  phases: { name: string; device: Spread; real: Spread; failed: number; open: number }[]
  times: { firstBoot?: Spread; realTime?: Spread; lag?: Spread; request?: Spread }
  requests: number
  statuses: Record<string, number>
  unanswered: Record<string, number>
  mix: { part: MixPart; name: string; devices: number; failed: number }[]
  thresholds: JudgedThreshold[]
  generator: MergedFleet['generator'] & { cpuShare: number; cpuMsPerDevice: number }
  warnings: string[]
  /** Of what every device was and came to. */
  digest: string
}

/** In the histogram of requests a value is a microsecond. */
const REQUEST_UNIT = 1_000
const LAG_MAX_MS = 1_000
const CPU_SHARE_MAX = 0.8

/** Judges a fleet. This happens once, when all parts are together. */
export function resultOf(merged: MergedFleet): FleetResult {
  const { manifest, part, expected, totals, missing, missingShards, repeated, generator } = merged
  const { times } = totals
  const spreads = {
    firstBoot: spreadOf(times.firstBoot),
    realTime: spreadOf(times.realTime),
    lag: spreadOf(times.lag),
    request: spreadOf(times.request, REQUEST_UNIT),
  }
  const cpuShare = generator.wallMs === 0 ? 0 : generator.cpuMs / generator.wallMs
  // A part says nothing about the whole.
  const thresholds = part ? [] : judgeThresholds(manifest.thresholds.map(parseThreshold), totals)
  return {
    fleet: manifest.fleet,
    title: manifest.title,
    product: manifest.product,
    seed: manifest.seed,
    count: expected,
    ...(part ? { part } : {}),
    devices: totals.devices,
    passed: totals.passed,
    failed: totals.failed,
    broken: totals.broken,
    isComplete: missing.length === 0,
    missing,
    missingShards,
    repeated,
    outcomes: Object.fromEntries(totals.outcomes),
    causes: [...totals.causes]
      .map(([text, cause]) => ({ text, ...cause }))
      .sort((a, b) => b.devices - a.devices || a.example - b.example),
    phases: phasesIn(totals),
    times: Object.fromEntries(Object.entries(spreads).filter(([, spread]) => spread !== undefined)),
    requests: totals.requests,
    statuses: sorted(totals.statuses),
    unanswered: sorted(totals.unanswered),
    mix: mixIn(totals),
    thresholds,
    generator: {
      ...generator,
      cpuShare: Math.round(cpuShare * 1_000) / 1_000,
      cpuMsPerDevice: totals.devices === 0 ? 0 : Math.round((generator.cpuMs / totals.devices) * 10) / 10,
    },
    warnings: warningsOf(merged, spreads.lag, cpuShare),
    digest: totals.digest,
  }
}

function phasesIn({ phases }: Totals): FleetResult['phases'] {
  return [...phases].map(([name, { device, real, failed, open }]) => ({
    name,
    device: spreadOf(device)!,
    real: spreadOf(real)!,
    failed,
    open,
  }))
}

const mixIn = ({ mix }: Totals): FleetResult['mix'] =>
  [...mix]
    .map(([key, counts]) => {
      const [part, ...name] = key.split(' ')
      return { part: part as MixPart, name: name.join(' '), ...counts }
    })
    .sort((a, b) =>
      a.part === b.part ? b.devices - a.devices || (a.name < b.name ? -1 : 1) : a.part < b.part ? -1 : 1,
    )

const sorted = (counts: ReadonlyMap<string, number>): Record<string, number> =>
  Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)))

/** What a reader has to know before the times are believed. */
function warningsOf({ manifest, generator }: MergedFleet, lag: Spread | undefined, cpuShare: number): string[] {
  const warnings: string[] = []
  if (lag && lag.p95 > LAG_MAX_MS) {
    warnings.push(
      `the generator was the bottleneck: of a hundred devices five started ${seconds(lag.p95)} late or more, the last ${seconds(lag.max)}. More workers or more machines keep to the plan`,
    )
  }
  if ((manifest.isOpen || manifest.isReal) && cpuShare > CPU_SHARE_MAX) {
    warnings.push(
      `the generator was busy: its processes used ${Math.round(cpuShare * 100)} % of a processor each. Real times hold what it needed itself`,
    )
  }
  if (generator.braked > 0) {
    warnings.push(`the generator braked: the service asked for a pause ${generator.braked} times (429 or 503)`)
  }
  return warnings
}

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`
