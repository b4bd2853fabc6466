import { EventQueue, type QueueEntry } from './event-queue.ts'
import type { Entry, Pace, RunEnd, Timeline, TimelineClock, TimelineRunOptions } from './timeline.ts'

const INSTANT: Pace = { speed: () => Number.POSITIVE_INFINITY, subscribe: () => () => {} }

/** The real timeline of a run. Instant, real and scaled time pace the same queue. */
export class VirtualTimeline implements Timeline {
  readonly clock: TimelineClock = {
    setTimeout: (fire, ms) => this.schedule(ms, fire),
    clearTimeout: (entry) => entry?.cancel(),
  }

  readonly #queue = new EventQueue()
  readonly #tie: () => number
  readonly #pace: Pace
  #now = 0
  #seq = 0
  /** Activities that execute. 1 at most, but for the moment in which an entry hands over. */
  #running = 0
  #wake: (() => void) | null = null
  #failure: { error: unknown } | null = null
  #realAtNow = 0
  #speedSinceNow = 0

  /** @param tie a seeded number for each entry, which orders the entries of one moment */
  constructor(tie: () => number, pace: Pace = INSTANT) {
    this.#tie = tie
    this.#pace = pace
  }

  get now(): number {
    return this.#now
  }

  /** Virtual time as it goes by between two entries: for a clock on the screen, and for nothing else. */
  get present(): number {
    return this.#reachedAt(performance.now())
  }

  schedule(delayMs: number, fire: () => void): Entry {
    const entry = this.#push(this.#now + Math.max(0, delayMs), fire)
    return {
      at: entry.at,
      cancel: () => {
        entry.dead = true
      },
    }
  }

  /** Puts input from outside (a key, a script) onto the queue, at the virtual moment that real time has reached. */
  input(fire: () => void): void {
    this.#catchUp()
    this.#push(this.#now, fire)
  }

  async activity<Value>(work: () => Promise<Value>, signal?: AbortSignal): Promise<Value> {
    this.#running++
    try {
      await this.sleep(0, signal)
      return await work()
    } finally {
      this.#running--
      this.#wakeUp()
    }
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const abort = () => {
        if (entry.dead) return
        entry.dead = true
        this.#running++
        reject(signal!.reason)
      }
      const entry = this.#push(this.#now + Math.max(0, ms), () => {
        signal?.removeEventListener('abort', abort)
        this.#running++
        resolve()
      })
      this.#running--
      signal?.addEventListener('abort', abort, { once: true })
      this.#wakeUp()
    })
  }

  /** Ends the run with an error as soon as the present entry is done. */
  fail(error: unknown): void {
    this.#failure ??= { error }
    this.#wakeUp()
  }

  /** Fires entries in order until the run is done or stuck. Rejects with what {@link fail} was given. */
  async run({ done, whenEmpty = 'stuck', isStalled = () => false }: TimelineRunOptions): Promise<RunEnd> {
    this.#realAtNow = performance.now()
    this.#speedSinceNow = this.#pace.speed()
    for (;;) {
      await this.#settle()
      if (this.#failure) throw this.#failure.error
      if (done()) return 'done'
      const next = this.#queue.peek()
      if (next ? isStalled(next.at) : whenEmpty === 'stuck') return 'stuck'
      if (!(await this.#waitUntil(next?.at))) continue
      this.#advance(next!.at)
      this.#queue.take()
      next!.dead = true
      next!.fire()
    }
  }

  #push(at: number, fire: () => void): QueueEntry {
    const entry: QueueEntry = { at, tie: this.#tie(), seq: this.#seq++, fire, dead: false }
    this.#queue.push(entry)
    this.#wakeUp()
    return entry
  }

  #wakeUp(): void {
    this.#wake?.()
  }

  /** Lets started work run on until each activity has parked or ended. */
  async #settle(): Promise<void> {
    for (;;) {
      await new Promise(setImmediate)
      if (this.#running === 0 || this.#failure) return
      await new Promise<void>((resolve) => (this.#wake = resolve))
      this.#wake = null
    }
  }

  /** Waits for the pace to reach `at`. False when something changed meanwhile and the queue wants another look. */
  async #waitUntil(at: number | undefined): Promise<boolean> {
    const speed = this.#pace.speed()
    if (at !== undefined && speed === Number.POSITIVE_INFINITY) return true
    this.#catchUp()
    const realMs = at === undefined || speed === 0 ? undefined : (at - this.#now) / speed
    if (realMs !== undefined && realMs <= 0) return true
    return new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => settle(true), Math.min(realMs ?? 2 ** 30, 2 ** 30))
      const settle = (reached: boolean) => {
        clearTimeout(timer)
        unsubscribe()
        this.#wake = null
        resolve(reached && realMs !== undefined && realMs < 2 ** 30)
      }
      const unsubscribe = this.#pace.subscribe(() => {
        this.#catchUp()
        settle(false)
      })
      this.#wake = () => settle(false)
    })
  }

  /** Moves virtual time on by the real time that has passed, never past the next entry. */
  #catchUp(): void {
    const real = performance.now()
    this.#now = this.#reachedAt(real)
    this.#realAtNow = real
    // What has passed has passed at the speed that held then.
    this.#speedSinceNow = this.#pace.speed()
  }

  #reachedAt(real: number): number {
    const speed = this.#speedSinceNow
    if (speed === Number.POSITIVE_INFINITY || this.#running > 0) return this.#now
    const reached = this.#now + (real - this.#realAtNow) * speed
    return Math.max(this.#now, Math.floor(Math.min(reached, this.#queue.peek()?.at ?? reached)))
  }

  #advance(at: number): void {
    this.#now = Math.max(this.#now, at)
    this.#realAtNow = performance.now()
    this.#speedSinceNow = this.#pace.speed()
  }
}
