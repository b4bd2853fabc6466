import type { Target } from '../domain/target.ts'
import type { KeySource } from '../ports/keys.ts'
import { AdjustablePace } from '../ports/pace.ts'
import { elapsed, pause } from '../ports/stopwatch.ts'
import { wallClock } from '../ports/wall-clock.ts'
import type { Run } from '../run/run.ts'
import { intendedStart } from './arrival.ts'
import type { Batch } from './batches.ts'
import { Brake } from './brake.ts'
import type { DeviceLine } from './device-line.ts'
import { FleetDevices } from './fleet-device.ts'
import type { FleetPlan } from './plan.ts'
import { playDevice } from './play-device.ts'
import type { SegmentSink } from './segment.ts'
import { UseMeter } from './use-meter.ts'

export interface PlayBatchesOptions {
  /** Where what a batch comes to is kept, from its first device on. */
  open(batch: Batch): SegmentSink
  /** Real milliseconds since the fleet started, now. */
  sinceStart: number
  /** So many devices are under way at most. */
  abreast: number
  stop: AbortSignal
  onDevice?: (line: DeviceLine) => void
  /** Called when a batch is complete. */
  onBatch?: (batch: Batch) => void
}

/** A service that is silent does not hold up the end for longer. */
const STOP_MAX_MS = 1_000

/** Plays devices of one plan in this process. What it keeps is for all batches: models, faults' places, the brake. */
export class BatchPlayer {
  readonly plan: FleetPlan
  readonly brake: Brake
  readonly #devices: FleetDevices
  readonly #target: Target | undefined
  readonly #keys: KeySource
  readonly #meter = new UseMeter()
  readonly #runs = new Set<Run>()

  constructor(plan: FleetPlan, target: Target | undefined, keys: KeySource, onBrake?: (ms: number) => void) {
    this.plan = plan
    this.brake = new Brake(onBrake)
    this.#target = target
    this.#keys = keys
    this.#devices = new FleetDevices(plan, target)
  }

  /** Plays all batches, the next device as soon as the plan lets it start. Resolves when none is under way. */
  async play(batches: readonly Batch[], options: PlayBatchesOptions): Promise<void> {
    const { abreast } = options
    // What one device throws ends the others too.
    const failed = new AbortController()
    const stop = AbortSignal.any([options.stop, failed.signal])
    const since = elapsed()
    const now = () => options.sinceStart + since()
    const open = new Map<number, { writer: SegmentSink; batch: Batch; left: number }>()
    const release = this.#stopRunsWith(stop)
    const queue = devicesIn(batches)
    const playNext = async (batch: Batch, index: number): Promise<void> => {
      let segment = open.get(batch.number)
      if (!segment) {
        const writer = options.open(batch)
        segment = { writer, batch, left: batch.to - batch.from }
        open.set(batch.number, segment)
      }
      const line = await this.#playOne(index, segment.writer.attempt, now)
      if (!line) return
      segment.writer.write(line)
      segment.left--
      if (segment.left === 0) {
        open.delete(batch.number)
        segment.writer.end(this.#meter.take(this.brake.times))
      }
      options.onDevice?.(line)
      if (segment.left === 0) options.onBatch?.(batch)
    }
    const lane = async (): Promise<void> => {
      for (;;) {
        if (stop.aborted) return
        const next = queue.next()
        if (next.done) return
        const { batch, index } = next.value
        const intended = this.#intended(index)
        if (intended !== undefined) await pause(intended - now(), stop)
        await this.brake.wait(stop)
        if (stop.aborted) return
        await playNext(batch, index)
      }
    }
    try {
      const lanes = Array.from({ length: abreast }, () =>
        lane().catch((error: unknown) => {
          failed.abort()
          throw error
        }),
      )
      for (const one of await Promise.allSettled(lanes)) if (one.status === 'rejected') throw one.reason
    } finally {
      release()
      for (const { writer } of open.values()) writer.close()
    }
  }

  #intended(index: number): number | undefined {
    return intendedStart(this.plan.arrival, index, this.plan.count, this.plan.seed)
  }

  async #playOne(index: number, attempt: number, now: () => number): Promise<DeviceLine | undefined> {
    const isRepeatable = this.#target === undefined && this.plan.speed === Number.POSITIVE_INFINITY
    const intendedMs = this.#intended(index)
    // A real service knows what time it is.
    const prepared = await this.#devices.prepare(index, this.#target ? wallClock() : this.plan.startsAt)
    let own: Run | undefined
    return playDevice(prepared, {
      attempt,
      ...(intendedMs === undefined ? {} : { intendedMs: tenths(intendedMs) }),
      startedMs: tenths(now()),
      pace: new AdjustablePace(this.plan.speed),
      keys: this.#keys,
      ...(this.#target ? { target: this.#target } : {}),
      brake: this.brake,
      isRepeatable,
      onRun: (run) => {
        if (own) this.#runs.delete(own)
        own = run
        if (run) this.#runs.add(run)
      },
    })
  }

  /** Runs that are under way end in order, and those that do not are broken off. */
  #stopRunsWith(stop: AbortSignal): () => void {
    const end = async () => {
      const runs = [...this.#runs]
      for (const run of runs) run.stop()
      await pause(STOP_MAX_MS)
      for (const run of this.#runs) run.breakOff()
    }
    const listen = () => void end()
    stop.addEventListener('abort', listen)
    return () => stop.removeEventListener('abort', listen)
  }
}

const tenths = (ms: number): number => Math.round(ms * 10) / 10

function* devicesIn(batches: readonly Batch[]): Generator<{ batch: Batch; index: number }> {
  for (const batch of batches) for (let index = batch.from; index < batch.to; index++) yield { batch, index }
}
