import { type Job, Queue } from 'bullmq'
import { Redis } from 'ioredis'
import { elapsed, pause } from '../../ports/stopwatch.ts'
import type { Batch } from '../batches.ts'
import type { FleetEngine, FleetListener } from '../engine.ts'
import type { BatchResult, QueueEngineOptions } from '../queue.ts'
import { channelOf, type JobData, jobId, manifestKey, milliseconds, PREFIX, queueName, type Said } from './names.ts'
import { away, badInput } from './queue-error.ts'
import { checkRedis, connectionOf } from './redis-address.ts'

type BatchQueue = Queue<JobData, BatchResult, string, JobData, BatchResult, string>

const LOOK_MS = 250
/** How often it is looked whether Redis still has all jobs: one that was started anew may have lost some. */
const COUNT_MS = 3_000
const ADD_AT_ONCE = 500
const TAKE_AT_ONCE = 20
/** Of a job whose worker threw. One whose worker was killed is taken over, and does not count. */
const ATTEMPTS = 3
/** A coordinator waits so long for a Redis that is away. */
const AWAY_MAX_MS = 120_000
const CANCEL_MS = 5_000
/** A worker that missed the end has a day to see it. */
const KEPT_S = 86_400
/** A job is given to the queue before its first device starts: the worker waits for the rest. */
const EARLY_MS = 1_000

/** Workers behind a queue of BullMQ. Codes as `connectionOf` and `checkRedis`; `ERR_REDIS_OTHER`; later `ERR_REDIS_AWAY`. */
export async function bullmqEngine(options: QueueEngineOptions): Promise<FleetEngine> {
  const connection = connectionOf(options.address)
  await checkRedis(connection)
  const redis = new Redis(connection)
  const queue = new Queue<JobData, BatchResult, string, JobData, BatchResult, string>(queueName(options.fleet), {
    connection,
    prefix: PREFIX,
  })
  const coordinator = new Coordinator(options, queue, redis)
  // Told by what waits for an answer.
  for (const one of [redis, queue]) one.on('error', () => {})
  return {
    name: 'bullmq',
    plan: async () => options.left(),
    start: (batches) => coordinator.run(batches),
    watch: (listener) => coordinator.watch(listener),
    cancel: () => coordinator.cancel(),
  }
}

class Coordinator {
  readonly #options: QueueEngineOptions
  readonly #queue: BatchQueue
  readonly #redis: Redis
  readonly #listeners = new Set<FleetListener>()
  readonly #failures = new Map<number, number>()
  #open = new Map<number, Batch>()
  /** Of the open ones, those whose time has not come, the first one last. */
  #later: Batch[] = []
  #sinceBegin = elapsed()
  #isCancelled = false
  /** By the clock of Redis, Unix milliseconds. */
  #startedAt = 0

  constructor(options: QueueEngineOptions, queue: BatchQueue, redis: Redis) {
    this.#options = options
    this.#queue = queue
    this.#redis = redis
  }

  watch(listener: FleetListener): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  cancel(): void {
    this.#isCancelled = true
  }

  async run(batches: readonly Batch[]): Promise<void> {
    this.#open = new Map(batches.map((batch) => [batch.number, batch]))
    try {
      await this.#begin()
      await this.#untilDone()
      await this.#say(this.#isCancelled ? { kind: 'cancel' } : { kind: 'over' })
      if (this.#isCancelled) await this.#endInOrder()
      else await this.#queue.obliterate({ force: true }).catch(() => {})
    } finally {
      await this.#queue.close().catch(() => {})
      this.#redis.disconnect()
    }
  }

  /** Jobs that are there already are those of a coordinator before: results that it did not fetch are fetched now. */
  async #begin(): Promise<void> {
    const { fleet, product, jobsAtOnce } = this.#options
    const now = milliseconds(await this.#redis.time())
    this.#startedAt = now - this.#options.beginsAtMs
    const known = await this.#redis.hgetall(manifestKey(fleet))
    if (known.product !== undefined && known.product !== product) {
      throw badInput(
        'ERR_REDIS_OTHER',
        `the queue of this fleet is that of oobe-sim ${known.product}, this is ${product}`,
      )
    }
    await this.#redis.hset(manifestKey(fleet), { product, startedAt: this.#startedAt, isOver: '0' })
    await this.#redis.persist(manifestKey(fleet))
    if (jobsAtOnce !== undefined) await this.#queue.setGlobalConcurrency(jobsAtOnce)
    await this.#queue.resume()
    this.#sinceBegin = elapsed()
    this.#later = [...this.#open.values()].sort((a, b) => this.#dueAt(a) - this.#dueAt(b)).reverse()
    await this.#addDue()
  }

  /** Milliseconds since it began. */
  #dueAt(batch: Batch): number {
    const { startOf, beginsAtMs } = this.#options
    return startOf(batch) - beginsAtMs - EARLY_MS
  }

  /** A delay of BullMQ would end by the clock of a worker, and those may differ. */
  async #addDue(): Promise<void> {
    if (this.#isCancelled) return
    const now = this.#sinceBegin()
    // One that a coordinator before has given out may have been played meanwhile.
    this.#later = this.#later.filter(({ number }) => this.#open.has(number))
    const due: Batch[] = []
    for (let next = this.#later.at(-1); next && this.#dueAt(next) <= now; next = this.#later.at(-1)) {
      due.push(next)
      this.#later.pop()
    }
    await this.#add(due)
  }

  /** A job of that id that is there stays as it is: adding twice changes nothing. */
  async #add(batches: readonly Batch[]): Promise<void> {
    const { fleet, product } = this.#options
    for (let from = 0; from < batches.length; from += ADD_AT_ONCE) {
      await this.#queue.addBulk(
        batches.slice(from, from + ADD_AT_ONCE).map(({ number, from: first, to }) => ({
          name: 'batch',
          data: { fleet, product, batch: number, from: first, to },
          opts: {
            jobId: jobId(number),
            attempts: ATTEMPTS,
            removeOnComplete: false,
            removeOnFail: false,
          },
        })),
      )
    }
  }

  async #untilDone(): Promise<void> {
    const clock = elapsed()
    let heardAt = clock()
    let countedAt = clock()
    let isAway = false
    while (this.#open.size > 0 && !this.#isCancelled) {
      const look = this.#look()
      const answered = await Promise.race([look.then(() => true), pause(CANCEL_MS).then(() => false)])
      // The answer of a Redis that is away comes when it is back.
      look.catch(() => {})
      if (answered) {
        if (isAway) this.#note('Redis is back')
        isAway = false
        heardAt = clock()
        if (clock() - countedAt > COUNT_MS) {
          countedAt = clock()
          await Promise.race([this.#refill(), pause(CANCEL_MS)])
        }
      } else {
        if (!isAway) this.#note('Redis does not answer: it is waited for')
        isAway = true
        if (clock() - heardAt > AWAY_MAX_MS) {
          throw away(`Redis did not answer for ${AWAY_MAX_MS / 1_000} s. What was played is kept: --resume continues`)
        }
      }
      await pause(LOOK_MS)
    }
  }

  async #look(): Promise<void> {
    await this.#addDue()
    for (const job of await this.#queue.getJobs(['completed'], 0, TAKE_AT_ONCE - 1)) await this.#take(job)
    for (const job of await this.#queue.getJobs(['failed'], 0, TAKE_AT_ONCE - 1)) await this.#fail(job)
  }

  /** First the file, then the queue: a coordinator that is killed between them finds it there again, and keeps it once. */
  async #take(job: Job<JobData, BatchResult> | undefined): Promise<void> {
    if (!job) return
    const batch = this.#open.get(job.data.batch)
    const result = job.returnvalue
    if (batch && result) {
      this.#options.keep(batch, job.attemptsStarted, result)
      this.#open.delete(batch.number)
      for (const listener of this.#listeners) {
        for (const line of result.lines) listener.onDevice?.(line)
        listener.onBatch?.(batch)
      }
    }
    await job.remove()
  }

  /** A worker refused it, or threw each time. */
  async #fail(job: Job<JobData, BatchResult> | undefined): Promise<void> {
    if (!job) return
    const { batch: number } = job.data
    const batch = this.#open.get(number)
    await job.remove()
    if (!batch) return
    const failures = (this.#failures.get(number) ?? 0) + 1
    this.#failures.set(number, failures)
    this.#note(`batch ${number + 1}: ${job.failedReason.split('\n')[0]}`)
    if (failures >= ATTEMPTS) this.#open.delete(number)
    else await this.#add([batch])
  }

  /** Whatever is open and not in Redis is given to it again. */
  async #refill(): Promise<void> {
    const counts = await this.#queue.getJobCounts()
    const there = Object.values(counts).reduce((sum, count) => sum + count, 0)
    const waiting = new Set(this.#later.map(({ number }) => number).filter((number) => this.#open.has(number)))
    if (there >= this.#open.size - waiting.size) return
    const { fleet, product } = this.#options
    const lost: Batch[] = []
    for (const batch of this.#open.values()) {
      if (!waiting.has(batch.number) && !(await this.#queue.getJob(jobId(batch.number)))) lost.push(batch)
    }
    if (lost.length === 0) return
    this.#note(
      `${lost.length} ${lost.length === 1 ? 'batch was' : 'batches were'} lost by Redis, and given to it again`,
    )
    // Its manifest may be lost too.
    if ((await this.#redis.exists(manifestKey(fleet))) === 0) {
      await this.#redis.hset(manifestKey(fleet), { product, startedAt: this.#startedAt, isOver: '0' })
    }
    await this.#add(lost)
  }

  /** What waits is taken back; what is in hand ends or is left to --resume. */
  async #endInOrder(): Promise<void> {
    const wait = elapsed()
    await Promise.race([this.#queue.drain(true), pause(CANCEL_MS)])
    while (wait() < CANCEL_MS) {
      await Promise.race([this.#look(), pause(CANCEL_MS)])
      if ((await Promise.race([this.#queue.getActiveCount(), pause(CANCEL_MS).then(() => 0)])) === 0) break
      await pause(LOOK_MS)
    }
    await Promise.race([this.#queue.obliterate({ force: true }).catch(() => {}), pause(CANCEL_MS)])
  }

  async #say(said: Said): Promise<void> {
    const { fleet } = this.#options
    const work = async () => {
      await this.#redis.hset(manifestKey(fleet), { isOver: '1' })
      await this.#redis.expire(manifestKey(fleet), KEPT_S)
      await this.#redis.publish(channelOf(fleet), JSON.stringify(said))
    }
    await Promise.race([work(), pause(CANCEL_MS)])
  }

  #note(text: string): void {
    for (const listener of this.#listeners) listener.onNote?.(text)
  }
}
