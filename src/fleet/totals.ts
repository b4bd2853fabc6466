import { createHash, type Hash } from 'node:crypto'
import type { DeviceLine } from './device-line.ts'
import { Histogram } from './histogram.ts'
import { isPhaseMetric, PHASE_METRICS, type TimeMetric } from './metrics.ts'

/** Causes, codes and the like that are counted one by one; further ones are counted together. */
const DISTINCT_MAX = 200
export const FURTHER = 'further ones'

/** Parts of the mix that a report compares. */
export const MIX = ['model', 'tenant', 'person', 'network', 'fault'] as const
export type MixPart = (typeof MIX)[number]

export interface PhaseTotals {
  device: Histogram
  real: Histogram
  failed: number
  /** The run ended in it. */
  open: number
}

export interface CauseTotals {
  devices: number
  code?: string
  /** The first device that had it. */
  example: number
}

/** Counts devices. The memory is bounded, however many there are. */
export class Totals {
  devices = 0
  passed = 0
  requests = 0
  deviceMs = 0
  readonly outcomes = new Map<string, number>()
  readonly broken = { bug: 0, infrastructure: 0 }
  readonly causes = new Map<string, CauseTotals>()
  readonly statuses = new Map<string, number>()
  readonly unanswered = new Map<string, number>()
  readonly phases = new Map<string, PhaseTotals>()
  readonly times: Record<'firstBoot' | 'realTime' | 'lag' | 'request', Histogram> = {
    firstBoot: new Histogram(),
    realTime: new Histogram(),
    lag: new Histogram(),
    /** Microseconds. */
    request: new Histogram(),
  }
  readonly mix = new Map<string, { devices: number; failed: number }>()
  /** The first bug of ours, with its stack. */
  bug: string | undefined
  readonly #hash: Hash = createHash('sha256')

  /** Devices in their order give the same digest, however they were played. */
  add(line: DeviceLine): void {
    this.devices++
    if (line.passed) this.passed++
    this.requests += line.requests
    this.deviceMs += line.deviceMs
    count(this.outcomes, line.outcome)
    if (line.broken) this.broken[line.broken]++
    if (line.broken === 'bug') this.bug ??= line.cause
    if (!line.passed) this.#cause(line)
    for (const [status, times] of Object.entries(line.statuses)) count(this.statuses, status, times)
    for (const [code, times] of Object.entries(line.unanswered)) count(this.unanswered, code, times)
    for (const { name, deviceMs, realMs, state } of line.phases) {
      const phase = this.#phase(name)
      phase.device.add(deviceMs)
      phase.real.add(realMs)
      if (state === 'failed') phase.failed++
      if (state === 'inProgress') phase.open++
    }
    this.times.firstBoot.add(line.deviceMs)
    this.times.realTime.add(line.realMs)
    if (line.intendedMs !== undefined) this.times.lag.add(line.startedMs - line.intendedMs)
    if (line.latency) this.times.request.merge(Histogram.from(line.latency))
    for (const part of MIX) {
      const key = `${part} ${line[part]}`
      const known = this.mix.get(key) ?? { devices: 0, failed: 0 }
      known.devices++
      if (!line.passed) known.failed++
      this.mix.set(key, known)
    }
    this.#hash.update(
      `${line.index} ${line.serial} ${line.spec} ${line.outcome} ${line.passed} ${line.journal ?? ''}\n`,
    )
  }

  get failed(): number {
    return this.devices - this.passed
  }

  /** Of what every device was and came to: two plays of one plan against the mock have the same. */
  get digest(): string {
    return this.#hash.copy().digest('hex')
  }

  /** Answers with a status, or one of a class. */
  answers(status: string): number {
    let sum = 0
    for (const [one, times] of this.statuses) {
      if (one === status || (status.endsWith('xx') && one.length === 3 && one[0] === status[0])) sum += times
    }
    return sum
  }

  get unansweredRequests(): number {
    return [...this.unanswered.values()].reduce((sum, times) => sum + times, 0)
  }

  histogram(metric: TimeMetric): Histogram | undefined {
    return isPhaseMetric(metric) ? this.phases.get(PHASE_METRICS[metric])?.device : this.times[metric]
  }

  #cause({ cause = 'no cause was found', code, index }: DeviceLine): void {
    const text = cause.split('\n')[0]!
    const key = this.causes.has(text) || this.causes.size < DISTINCT_MAX ? text : FURTHER
    const known = this.causes.get(key)
    if (known) {
      known.devices++
      known.example = Math.min(known.example, index)
    } else
      this.causes.set(key, { devices: 1, example: index, ...(code === undefined || key === FURTHER ? {} : { code }) })
  }

  #phase(name: string): PhaseTotals {
    const known = this.phases.get(name)
    if (known) return known
    const phase = { device: new Histogram(), real: new Histogram(), failed: 0, open: 0 }
    this.phases.set(name, phase)
    return phase
  }
}

function count(counts: Map<string, number>, name: string, times = 1): void {
  const key = counts.has(name) || counts.size < DISTINCT_MAX ? name : FURTHER
  counts.set(key, (counts.get(key) ?? 0) + times)
}

/** What a program reads of a time: milliseconds. */
export interface Spread {
  count: number
  min: number
  mean: number
  p50: number
  p90: number
  p95: number
  p99: number
  max: number
}

/** Undefined where nothing was counted. @param unit so many of the histogram's units are a millisecond */
export function spreadOf(histogram: Histogram, unit = 1): Spread | undefined {
  if (histogram.count === 0) return undefined
  const at = (share: number): number => rounded(histogram.quantile(share)! / unit)
  return {
    count: histogram.count,
    min: rounded(histogram.min! / unit),
    mean: rounded(histogram.mean! / unit),
    p50: at(0.5),
    p90: at(0.9),
    p95: at(0.95),
    p99: at(0.99),
    max: rounded(histogram.max! / unit),
  }
}

const rounded = (value: number): number => Math.round(value * 10) / 10
