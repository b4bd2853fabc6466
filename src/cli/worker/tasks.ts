import type { CoveredCase, MutantJob, MutantResult, PlayedCase } from '../../explore/mutate/play-mutant.ts'
import type { OrderJob, OrderResult } from '../../explore/order.ts'
import type { SweepJob, SweepResult } from '../../explore/sweep.ts'
import type { WalkJob, WalkResult } from '../../explore/walk/play-walk.ts'
import type { FleetJob, FleetProgress } from '../fleet/fleet-job.ts'
import type { CaseJob, CaseResult } from '../run/case-job.ts'
import type { Stopping } from '../stopping.ts'

/** What a worker process can do: jobs, results and progress are plain data. */
export interface Tasks {
  playCase: { job: CaseJob; result: CaseResult; progress: string }
  playOrder: { job: OrderJob; result: OrderResult; progress: never }
  playCovered: { job: PlayedCase; result: CoveredCase; progress: never }
  playMutant: { job: MutantJob; result: MutantResult; progress: never }
  playWalk: { job: WalkJob; result: WalkResult; progress: never }
  playFault: { job: SweepJob; result: SweepResult; progress: never }
  playFleet: { job: FleetJob; result: null; progress: FleetProgress }
}

export type TaskName = keyof Tasks

export interface TaskContext<Progress> {
  stopping: Stopping
  tell(progress: Progress): void
}

export type Task<Name extends TaskName> = (
  job: Tasks[Name]['job'],
  context: TaskContext<Tasks[Name]['progress']>,
) => Promise<Tasks[Name]['result']>

/** To a worker: one job at a time. */
export type ToWorker = { kind: 'job'; task: TaskName; job: unknown } | { kind: 'stop'; code: number }

/** From a worker. `failed`: something was thrown, which is a bug of ours. */
export type FromWorker =
  | { kind: 'ready' }
  | { kind: 'progress'; progress: unknown }
  | { kind: 'result'; result: unknown }
  | { kind: 'failed'; stack: string }
