import { availableParallelism } from 'node:os'
import { type Player, playAll } from '../../explore/pool.ts'
import { playJob, type SweepJob, type SweepResult } from '../../explore/sweep.ts'
import type { Stopping } from '../stopping.ts'
import { hasWorkers, workerPlayer } from '../worker/worker-player.ts'

/** Fewer are played sooner here than another process starts. */
const WORTH_JOBS = 40

/**
 * The results of jobs in their order, as far as they are played: side by side where that is worth it.
 *
 * @param workers undefined: as many as there are cores
 */
export async function playJobs(
  jobs: readonly SweepJob[],
  stopping: Stopping,
  workers: number | undefined,
): Promise<SweepResult[]> {
  const size = hasWorkers() ? (workers ?? (jobs.length < WORTH_JOBS ? 1 : availableParallelism())) : 1
  const results: SweepResult[] = []
  if (stopping.code !== undefined) return results
  const pool = playAll<SweepJob, SweepResult>(jobs, {
    size,
    start: size > 1 ? () => workerPlayer('playFault') : playerHere,
    lost: (job, { message }) => ({ job, failures: [message], bug: message }),
    onResult: (result) => void results.push(result),
    onNotPlayed() {},
  })
  const undo = stopping.onStop((code) => pool.stop(code))
  await pool.done.finally(undo)
  return results
}

const playerHere = (): Player<SweepJob, SweepResult> => ({ play: playJob, stop() {}, end() {} })
