import { UserError } from '../../domain/trouble.ts'
import { BatchPlayer } from '../../fleet/play-batches.ts'
import { SegmentWriter } from '../../fleet/segment.ts'
import { wallClock } from '../../ports/wall-clock.ts'
import { silentKeys } from '../reported-keys.ts'
import type { Stopping } from '../stopping.ts'
import type { Task } from '../worker/tasks.ts'
import type { FleetJob, FleetProgress } from './fleet-job.ts'
import { targetOfPlan } from './fleet-target.ts'

let player: BatchPlayer | undefined

/** Batches in a worker process. What a plan needs is made with its first job. Bad input goes back as a message: it is no bug. */
export const fleetTask: Task<'playFleet'> = async (job, { stopping, tell }) => {
  try {
    await playFleetJob(job, stopping, tell)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const { code, message, details } = error
    tell({ trouble: { code, message, details } })
  }
  return null
}

/** The same in this process. Throws for bad input. */
export async function playFleetJob(
  { plan, batches, folder, engine, startedAt, abreast }: FleetJob,
  stopping: Pick<Stopping, 'code' | 'onStop'>,
  tell: (progress: FleetProgress) => void,
): Promise<void> {
  if (player?.plan.id !== plan.id) player = new BatchPlayer(plan, targetOfPlan(plan), silentKeys)
  const stop = new AbortController()
  if (stopping.code !== undefined) stop.abort()
  const undo = stopping.onStop(() => stop.abort())
  try {
    await player.play(batches, {
      open: (batch) => new SegmentWriter(folder, plan.id, batch, engine),
      sinceStart: wallClock() - startedAt,
      abreast,
      stop: stop.signal,
      onDevice: (device) => tell({ device }),
      onBatch: (batch) => tell({ batch }),
    })
  } finally {
    undo()
  }
}
