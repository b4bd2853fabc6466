import { createHash } from 'node:crypto'
import type { JournalEntry } from '../domain/journal.ts'
import { safeText } from '../domain/safe-text.ts'
import type { Target } from '../domain/target.ts'
import { InfrastructureError, UserError } from '../domain/trouble.ts'
import { causeOf } from '../journal/cause/cause-of.ts'
import { outcomeText } from '../journal/outcome.ts'
import { phasesOf } from '../journal/phases.ts'
import type { Transport } from '../ports/http.ts'
import type { KeySource } from '../ports/keys.ts'
import { elapsed } from '../ports/stopwatch.ts'
import type { Pace } from '../ports/timeline.ts'
import type { Run } from '../run/run.ts'
import type { RunResult } from '../run/run-options.ts'
import { prepareSealed } from '../scenario/run-scenario.ts'
import { judge } from '../scenario/verdict.ts'
import type { Brake } from './brake.ts'
import type { DeviceLine, LinePhase } from './device-line.ts'
import type { PreparedDevice } from './fleet-device.ts'
import { Histogram } from './histogram.ts'

export interface DeviceOptions {
  attempt: number
  intendedMs?: number
  startedMs: number
  pace: Pace
  keys: KeySource
  target?: Target
  brake: Brake
  /** Its journal is the same each time. */
  isRepeatable: boolean
  /** Gets the run while it is under way, and undefined when it has ended. */
  onRun?: (run: Run | undefined) => void
}

const CAUSE_MAX = 300
const DIGEST_LENGTH = 16
const MICROSECONDS = 1_000

/** Plays one device to its end; undefined when it was stopped before. Throws for bad input alone. */
export async function playDevice(prepared: PreparedDevice, options: DeviceOptions): Promise<DeviceLine | undefined> {
  const { device, sealed, spec } = prepared
  const { attempt, intendedMs, startedMs, pace, keys, target, brake, isRepeatable, onRun } = options
  const latency = target && new Histogram()
  const since = elapsed()
  const real: number[] = []
  const line = { ...device, attempt, startedMs, ...(intendedMs === undefined ? {} : { intendedMs }), spec }
  let journal: readonly JournalEntry[] = []
  try {
    const { run, release } = await prepareSealed(sealed, {
      transport: 'direct',
      pace,
      keys,
      ...(target ? { target, wrap: (transport) => measured(transport, brake, latency!) } : {}),
    })
    journal = run.journal.entries
    run.journal.onEntry(({ seq }) => {
      real[seq] = since()
    })
    onRun?.(run)
    let result: RunResult
    try {
      result = await run.play()
    } finally {
      onRun?.(undefined)
      release()
    }
    if (result.outcome.kind === 'stopped') return undefined
    return {
      ...line,
      ...judgedLine(result, judge(sealed.spec.expect, result)),
      deviceMs: result.durationMs,
      realMs: round(since()),
      phases: phasesIn(journal, real),
      ...exchangesIn(journal),
      ...(latency ? { latency: latency.toJSON() } : {}),
      ...(isRepeatable ? { journal: digestOfJournal(journal) } : {}),
    }
  } catch (error) {
    if (error instanceof UserError) throw error
    const isOurs = !(error instanceof InfrastructureError)
    const text = isOurs ? ((error as Error | undefined)?.stack ?? String(error)) : `${error.code}: ${error.message}`
    return {
      ...line,
      passed: false,
      outcome: 'broken',
      broken: isOurs ? 'bug' : 'infrastructure',
      cause: isOurs ? text : safeText(text, CAUSE_MAX),
      deviceMs: journal.at(-1)?.at ?? 0,
      realMs: round(since()),
      phases: phasesIn(journal, real),
      ...exchangesIn(journal),
    }
  }
}

const round = (ms: number): number => Math.round(ms * 10) / 10

/** A real service: how long it takes, and whether it asks for a pause. */
function measured(transport: Transport, brake: Brake, latency: Histogram): Transport {
  return async (request, peer, signal) => {
    const since = elapsed()
    const response = await transport(request, peer, signal)
    latency.add(since() * MICROSECONDS)
    brake.hear(response)
    return response
  }
}

function judgedLine(
  { outcome, journal }: RunResult,
  failures: readonly string[],
): Pick<DeviceLine, 'passed' | 'outcome' | 'cause' | 'code'> {
  if (failures.length === 0) return { passed: true, outcome: outcome.kind }
  const cause = causeOf(journal)
  const text = cause?.sentence ?? failures[0] ?? outcomeText(outcome)
  return {
    passed: false,
    outcome: outcome.kind,
    cause: safeText(text, CAUSE_MAX),
    ...(cause?.code === undefined ? {} : { code: cause.code }),
  }
}

/** The parts by device time, and the same by the clock on the wall. */
function phasesIn(journal: readonly JournalEntry[], real: readonly number[]): LinePhase[] {
  const telling = journal.filter(({ kind, seq }) => kind === 'screen' || kind === 'power' || seq === journal.length - 1)
  const reals = phasesOf(telling.map((entry): JournalEntry => ({ ...entry, at: real[entry.seq] ?? 0 })))
  return phasesOf(telling).map(({ name, tookMs, state }, index) => ({
    name,
    deviceMs: Math.round(tookMs),
    realMs: round(reals[index]?.tookMs ?? 0),
    state,
  }))
}

function exchangesIn(journal: readonly JournalEntry[]): Pick<DeviceLine, 'requests' | 'statuses' | 'unanswered'> {
  let requests = 0
  const statuses: Record<string, number> = {}
  const unanswered: Record<string, number> = {}
  for (const entry of journal) {
    if (entry.kind === 'request') requests++
    if (entry.kind !== 'response') continue
    if (entry.status !== undefined) statuses[entry.status] = (statuses[entry.status] ?? 0) + 1
    else if (entry.trouble !== undefined) unanswered[entry.trouble] = (unanswered[entry.trouble] ?? 0) + 1
  }
  return { requests, statuses, unanswered }
}

function digestOfJournal(journal: readonly JournalEntry[]): string {
  const hash = createHash('sha256')
  for (const entry of journal) hash.update(`${JSON.stringify(entry)}\n`)
  return hash.digest('hex').slice(0, DIGEST_LENGTH)
}
