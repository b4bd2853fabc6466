import { playJob } from '../../explore/sweep.ts'
import type { Task } from '../worker/tasks.ts'

/** One run of a sweep in a worker process. It is short: a stop waits for it. */
export const faultTask: Task<'playFault'> = (job) => playJob(job)
