import { type Job, UnrecoverableError, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import { pause } from '../../ports/stopwatch.ts'
import type { Batch } from '../batches.ts'
import type { BatchResult, QueueWorker, QueueWorkerOptions } from '../queue.ts'
import { channelOf, type JobData, manifestKey, milliseconds, PREFIX, queueName, type Said } from './names.ts'
import { badInput } from './queue-error.ts'
import { checkRedis, connectionOf } from './redis-address.ts'

/** A job whose worker does not renew its lock for so long is given to another one. */
const LOCK_MS = 10_000
const STALLED_MS = 3_000
/** A fleet must not end because workers were killed often. */
const STALLED_MAX = 1_000
const LOOK_MS = 2_000

/**
 * Plays batches that a coordinator has put into the queue, until the fleet is over. Codes as `connectionOf` and `checkRedis`;
 * `ERR_REDIS_OTHER` for a fleet of another version.
 */
export async function bullmqWorker(options: QueueWorkerOptions): Promise<QueueWorker> {
  const connection = connectionOf(options.address)
  await checkRedis(connection)
  const redis = new Redis(connection)
  const listening = new Redis(connection)
  const over = new AbortController()
  const stop = AbortSignal.any([options.stop, over.signal])
  for (const one of [redis, listening]) one.on('error', () => {})
  await refuseOther(redis, options)
  listening.on('message', (_, text: string) => {
    const said = JSON.parse(text) as Said
    if (said.kind === 'brake') options.hold(said.ms)
    else over.abort()
  })
  await listening.subscribe(channelOf(options.fleet))
  const worker = new Worker<JobData, BatchResult>(queueName(options.fleet), (job) => play(job, options, redis, stop), {
    connection,
    prefix: PREFIX,
    concurrency: options.jobsAtOnce,
    lockDuration: LOCK_MS,
    stalledInterval: STALLED_MS,
    maxStalledCount: STALLED_MAX,
  })
  worker.on('error', () => {})
  const untilClosed = async (): Promise<void> => {
    try {
      await untilOver(options, redis, stop)
    } finally {
      await Promise.race([worker.close(), pause(LOCK_MS)])
      redis.disconnect()
      listening.disconnect()
    }
  }
  worker.on('stalled', (id) => options.onNote(`${id} was another worker's, and is taken over`))
  return {
    brake: (ms) => {
      const said: Said = { kind: 'brake', ms }
      // One that does not arrive is heard from the service again.
      worker.rateLimit(ms).catch(() => {})
      redis.publish(channelOf(options.fleet), JSON.stringify(said)).catch(() => {})
    },
    done: untilClosed(),
  }
}

async function refuseOther(redis: Redis, { fleet, product }: QueueWorkerOptions): Promise<void> {
  const known = await redis.hget(manifestKey(fleet), 'product')
  if (known === null || known === product) return
  throw badInput('ERR_REDIS_OTHER', `the fleet is that of oobe-sim ${known}, this is ${product}`, [
    'Coordinator and workers have the same version',
  ])
}

/** The message that a fleet is over may be missed while Redis is away: its manifest says so too. */
async function untilOver({ fleet }: QueueWorkerOptions, redis: Redis, stop: AbortSignal): Promise<void> {
  let began = false
  while (!stop.aborted) {
    await pause(LOOK_MS, stop)
    const isOver = await Promise.race([redis.hget(manifestKey(fleet), 'isOver'), pause(LOOK_MS, stop)])
    if (isOver === '0') began = true
    if (isOver === '1' && began) return
  }
}

async function play(
  job: Job<JobData, BatchResult>,
  options: QueueWorkerOptions,
  redis: Redis,
  stop: AbortSignal,
): Promise<BatchResult> {
  const batch = batchOf(job, options)
  const now = milliseconds(await redis.time())
  const startedAt = Number(await redis.hget(manifestKey(options.fleet), 'startedAt'))
  const sinceStart = startedAt > 0 ? Math.max(0, now - startedAt) : 0
  const result = await options.play({ batch, attempt: job.attemptsStarted, sinceStart, stop })
  if (!result) throw new UnrecoverableError('the fleet was stopped')
  return result
}

/** What is in the queue was written by others: it has to be what the plan says. */
function batchOf({ data }: Job<JobData>, { fleet, product, batchAt }: QueueWorkerOptions): Batch {
  if (data.fleet !== fleet) throw new UnrecoverableError(`the job is of another fleet: ${data.fleet}`)
  if (data.product !== product) {
    throw new UnrecoverableError(`the job is of oobe-sim ${data.product}, the worker is ${product}`)
  }
  const batch = Number.isSafeInteger(data.batch) ? batchAt(data.batch) : undefined
  if (!batch || batch.from !== data.from || batch.to !== data.to) {
    throw new UnrecoverableError('the job names devices that the plan has not in this batch: it was changed')
  }
  return batch
}
