import { playOrder } from '../../explore/order.ts'
import type { Task } from '../worker/tasks.ts'

/** One order in a worker process. It is short: a stop waits for it. */
export const orderTask: Task<'playOrder'> = (job) => playOrder(job)
