import type { Batch } from './batches.ts'
import type { DeviceLine } from './device-line.ts'

/** What an engine tells while it plays. */
export interface FleetListener {
  onDevice?(line: DeviceLine): void
  onBatch?(batch: Batch): void
  /** One line for a person: a worker was lost, the service asks for a pause. */
  onNote?(text: string): void
}

/** Who plays a fleet: processes of this machine, a part of it for each of several machines, or workers behind a queue. */
export interface FleetEngine {
  readonly name: 'local' | 'static' | 'bullmq'
  /** The batches that are left to play. */
  plan(): Promise<readonly Batch[]>
  /** Plays them. Resolves when none is left, when those that are left have failed too often, or after `cancel`. */
  start(batches: readonly Batch[]): Promise<void>
  /** Returns the undoing. */
  watch(listener: FleetListener): () => void
  /** No further device starts; those under way end in order. The code is that of the signal. */
  cancel(code: number): void
}
