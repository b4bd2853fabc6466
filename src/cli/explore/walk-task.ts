import { playWalk } from '../../explore/walk/play-walk.ts'
import type { Task } from '../worker/tasks.ts'

/** One walk in a worker process. It is short: a stop waits for it. */
export const walkTask: Task<'playWalk'> = (job) => playWalk(job)
