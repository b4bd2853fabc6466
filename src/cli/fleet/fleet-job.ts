import type { Batch } from '../../fleet/batches.ts'
import type { DeviceLine } from '../../fleet/device-line.ts'
import type { FleetPlan } from '../../fleet/plan.ts'

/** Batches of a fleet for one process, as plain data. */
export interface FleetJob {
  plan: FleetPlan
  batches: readonly Batch[]
  /** Of the segments. */
  folder: string
  engine: string
  /** Unix milliseconds: the moment from which starts are counted. */
  startedAt: number
  abreast: number
}

export type FleetProgress =
  | { device: DeviceLine }
  | { batch: Batch }
  | { trouble: { code: string; message: string; details: readonly string[] } }
