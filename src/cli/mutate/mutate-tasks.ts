import { playCovered, playMutant } from '../../explore/mutate/play-mutant.ts'
import type { Task } from '../worker/tasks.ts'

/** One mutant in a worker process, which plays nothing else meanwhile. A stop waits for it. */
export const mutantTask: Task<'playMutant'> = (job) => playMutant(job)

export const coveredTask: Task<'playCovered'> = (one) => playCovered(one)
