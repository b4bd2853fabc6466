import type { Batch } from './batches.ts'
import type { DeviceLine } from './device-line.ts'
import type { FleetEngine } from './engine.ts'
import type { GeneratorUse } from './segment.ts'

/** What a batch came to, on its way from a worker to the coordinator. */
export interface BatchResult {
  lines: DeviceLine[]
  use: GeneratorUse
}

/** Where the queue is. The password is never in the URL: others of the machine see the arguments of a process. */
export interface QueueAddress {
  url: string
  password?: string
}

/** Who takes part: a worker with another plan or version plays nothing. */
export interface QueueIdentity {
  fleet: string
  product: string
}

export interface QueueEngineOptions extends QueueIdentity {
  address: QueueAddress
  /** The batches that have no complete segment yet. */
  left(): readonly Batch[]
  /** Keeps a batch, once. */
  keep(batch: Batch, attempt: number, result: BatchResult): void
  /** So many jobs are in hand at most, in all workers together; left out where devices have their times. */
  jobsAtOnce?: number
  /** When the first device of a batch is to start, in milliseconds from the start of the fleet. */
  startOf(batch: Batch): number
  /** The moment of the fleet at which this start begins: after an interruption it is as if there had been none. */
  beginsAtMs: number
}

export interface QueueWorkerOptions extends QueueIdentity {
  address: QueueAddress
  /** The batch of a number; undefined where the plan has none of that kind. */
  batchAt(number: number): Batch | undefined
  /** So many jobs are in hand of this worker at most. */
  jobsAtOnce: number
  play(job: QueueJob): Promise<BatchResult | undefined>
  /** Another worker's service asked for a pause. */
  hold(ms: number): void
  onNote(text: string): void
  stop: AbortSignal
}

export interface QueueJob {
  batch: Batch
  attempt: number
  /** Milliseconds since the start of the fleet, by the clock of the queue. */
  sinceStart: number
  stop: AbortSignal
}

export interface QueueWorker {
  /** Tells all workers of the fleet that the service asks for a pause. */
  brake(ms: number): void
  /** Resolves when the fleet is over, or after the stop. */
  readonly done: Promise<void>
}

/** What the package oobe-sim-bullmq gives. It holds no part of this program. */
export interface QueuePackage {
  bullmqEngine(options: QueueEngineOptions): Promise<FleetEngine>
  bullmqWorker(options: QueueWorkerOptions): Promise<QueueWorker>
}
