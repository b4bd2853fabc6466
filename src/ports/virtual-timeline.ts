import type { Choices } from './choices.ts'
import { EventQueue, type QueueEntry } from './event-queue.ts'
import type { Entry, EntryFacts, Pace, RunEnd, Timeline, TimelineClock, TimelineRunOptions } from './timeline.ts'

const INSTANT: Pace = { speed: () => Number.POSITIVE_INFINITY, subscribe: () => () => {} }

/**
 * A turn ends when every promise has done what it could, which `nextTick` tells. Keys, signals and sockets are seen by the
 * loop of the process alone, and one turn of that costs as much as an entry: it is let in once in so many.
 */
const TURNS_PER_LOOK = 64

/** The real timeline of a run. Instant, real and scaled time pace the same queue. */
export class VirtualTimeline implements Timeline {
  readonly clock: TimelineClock = {
    setTimeout: (fire, ms) => this.schedule(ms, fire),
    clearTimeout: (entry) => entry?.cancel(),
  }

  readonly #queue = new EventQueue()
  readonly #choices: Choices
  readonly #pace: Pace
  readonly #input: (() => void)[] = []
  /** The earliest first. */
  #alarms: { at: number; fire: () => void }[] = []
  readonly #sleepers = new WeakMap<AbortSignal, Set<() => void>>()
  #now = 0
  #seq = 0
  #steps = 0
  #settled = 0
  /** Activities that execute. 1 at most, but for the moment in which an entry hands over. */
  #running = 0
  #wake: (() => void) | null = null
  #failure: { error: unknown } | null = null
  #isBrokenOff = false
  #held: { isExempt: (what: string) => boolean; entries: QueueEntry[] } | undefined
  #realAtNow = 0
  #speedSinceNow = 0

  /** @param choices asked where more than one entry may fire next */
  constructor(choices: Choices, pace: Pace = INSTANT) {
    this.#choices = choices
    this.#pace = pace
  }

  get now(): number {
    return this.#now
  }

  /** How many entries have fired: with it, what came from outside has its place in the order of a run. */
  get steps(): number {
    return this.#steps
  }

  /** Virtual time as it passes between two entries: for a clock on the screen, and for nothing else. */
  get present(): number {
    return this.#reachedAt(performance.now())
  }

  /** Nothing is due and nothing is under way: only something from outside can happen. */
  get isIdle(): boolean {
    return this.#nextAt === undefined && this.#running === 0 && this.#input.length === 0
  }

  schedule(delayMs: number, fire: () => void, facts?: EntryFacts): Entry {
    const entry = this.#push(this.#now + Math.max(0, delayMs), fire, facts)
    return {
      at: entry.at,
      cancel: () => {
        entry.dead = true
      },
    }
  }

  /** Something from outside (a key, a signal): it happens between two entries, at the virtual moment that real time has reached. */
  input(fire: () => void): void {
    this.#input.push(fire)
    this.#wakeUp()
  }

  /**
   * Calls back from outside when device time has come so far. It is no entry of the run: it is never a choice, and counts in no order, so that
   * a replay, which has no alarms, meets the same entries. @returns takes it back
   */
  alarm(at: number, fire: () => void): () => void {
    const alarm = { at: Math.max(this.#now, at), fire }
    this.#alarms = [...this.#alarms, alarm].sort((a, b) => a.at - b.at)
    this.#wakeUp()
    return () => {
      this.#alarms = this.#alarms.filter((one) => one !== alarm)
    }
  }

  activity<Value>(work: () => Promise<Value>, signal?: AbortSignal, what = 'work'): Promise<Value> {
    return new Promise((resolve, reject) => {
      const start = async () => {
        this.#running++
        try {
          resolve(await work())
        } catch (error) {
          reject(error)
        } finally {
          this.#running--
          this.#wakeUp()
        }
      }
      this.#push(this.#now, () => void start(), { what }, signal)
    })
  }

  sleep(ms: number, signal?: AbortSignal, facts?: EntryFacts): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const sleepers = signal && this.#sleepersOf(signal)
      const abort = () => {
        if (entry.dead) return
        entry.dead = true
        this.#running++
        reject(signal!.reason)
      }
      const wake = () => {
        sleepers?.delete(abort)
        this.#running++
        resolve()
      }
      const entry = this.#push(this.#now + Math.max(0, ms), wake, facts)
      this.#running--
      sleepers?.add(abort)
      this.#wakeUp()
    })
  }

  /** What is to be woken when this signal comes: it is listened to once, since a listener costs more than a sleep. */
  #sleepersOf(signal: AbortSignal): Set<() => void> {
    const known = this.#sleepers.get(signal)
    if (known) return known
    const sleepers = new Set<() => void>()
    const wakeAll = () => {
      for (const abort of sleepers) abort()
    }
    signal.addEventListener('abort', wakeAll, { once: true })
    this.#sleepers.set(signal, sleepers)
    return sleepers
  }

  /** From now on entries that are due are kept back: the device sleeps. @param isExempt what happens all the same, by its name */
  hold(isExempt: (what: string) => boolean): void {
    this.#held ??= { isExempt, entries: [] }
  }

  /** What was kept back is due now, in its order. */
  release(): void {
    const entries = this.#held?.entries ?? []
    this.#held = undefined
    for (const entry of entries) {
      if (entry.dead) continue
      entry.until += this.#now - entry.at
      entry.at = this.#now
      entry.seq = this.#seq++
      this.#queue.push(entry)
    }
    this.#wakeUp()
  }

  /** Ends the run with an error as soon as the present entry is done. */
  fail(error: unknown): void {
    this.#failure ??= { error }
    this.#wakeUp()
  }

  /** From now on work under way is not waited for: the run has to be done already. */
  breakOff(): void {
    this.#isBrokenOff = true
    this.#wakeUp()
  }

  /** Fires entries in order until the run is done or stuck. Rejects with what {@link fail} was given. */
  async run({
    done,
    whenEmpty = () => 'stuck',
    isStalled = () => false,
    interject,
  }: TimelineRunOptions): Promise<RunEnd> {
    this.#realAtNow = performance.now()
    this.#speedSinceNow = this.#pace.speed()
    for (;;) {
      await this.#settle()
      if (this.#failure) throw this.#failure.error
      if (done()) return 'done'
      if (this.#interject(interject)) continue
      // A wait that is over at once would be one turn more for all that runs.
      if (this.#alarms.length > 0 && (await this.#ring())) continue
      const next = this.#queue.peek()
      if (next ? isStalled(next.at) : whenEmpty() === 'stuck') return 'stuck'
      if (!this.#isDue(next?.at) && !(await this.#waitUntil(next?.at))) continue
      const entry = this.#pick()
      if (this.#held && !this.#held.isExempt(entry.what)) this.#held.entries.push(this.#queue.take(entry))
      else this.#fire(entry)
    }
  }

  /** Lets happen what comes from outside at this point. False when nothing does. */
  #interject(interject: TimelineRunOptions['interject']): boolean {
    const interjection = interject?.(this.#steps, this.#now, this.#queue.peek()?.at)
    if (interjection) {
      this.#advance(interjection.at)
      interjection.fire()
      return true
    }
    const input = this.#input.shift()
    if (!input) return false
    this.#catchUp()
    input()
    return true
  }

  /** The moment of the next thing that is due. */
  get #nextAt(): number | undefined {
    const at = Math.min(
      this.#queue.peek()?.at ?? Number.POSITIVE_INFINITY,
      this.#alarms[0]?.at ?? Number.POSITIVE_INFINITY,
    )
    return at === Number.POSITIVE_INFINITY ? undefined : at
  }

  /** Waits for the alarm that is due before all else, and lets it happen. False when there is none. */
  async #ring(): Promise<boolean> {
    const alarm = this.#alarms[0]
    if (!alarm || alarm.at > (this.#queue.peek()?.at ?? Number.POSITIVE_INFINITY)) return false
    if (!this.#isDue(alarm.at) && !(await this.#waitUntil(alarm.at))) return true
    this.#alarms = this.#alarms.filter((one) => one !== alarm)
    this.#advance(alarm.at)
    alarm.fire()
    return true
  }

  #pick(): QueueEntry {
    const next = this.#queue.next()
    // The choice is made when the first of them is due, at any pace.
    this.#advance(next[0]!.at)
    return next.length > 1 ? next[this.#choices.pick(next)]! : next[0]!
  }

  #fire(entry: QueueEntry): void {
    this.#advance(entry.at)
    this.#steps++
    entry.dead = true
    entry.fire()
  }

  #push(at: number, fire: () => void, facts: EntryFacts = {}, signal?: AbortSignal): QueueEntry {
    const { what = 'timer', slackMs = 0 } = facts
    if (!Number.isFinite(at)) throw new RangeError(`${what}: ${at} is no moment of device time`)
    const entry: QueueEntry = { at, until: at + slackMs, seq: this.#seq++, what, fire, dead: false, signal }
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
      await new Promise(this.#settled++ % TURNS_PER_LOOK === 0 ? setImmediate : process.nextTick)
      if (this.#running === 0 || this.#failure || this.#isBrokenOff) return
      await new Promise<void>((resolve) => (this.#wake = resolve))
      this.#wake = null
    }
  }

  /** Whether there is nothing to wait for. */
  #isDue(at: number | undefined): boolean {
    return at !== undefined && this.#pace.speed() === Number.POSITIVE_INFINITY
  }

  /** Waits for the pace to reach `at`. False when something changed meanwhile and the queue has to be read again. */
  async #waitUntil(at: number | undefined): Promise<boolean> {
    const speed = this.#pace.speed()
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
    return Math.max(this.#now, Math.floor(Math.min(reached, this.#nextAt ?? reached)))
  }

  #advance(at: number): void {
    this.#now = Math.max(this.#now, at)
    this.#realAtNow = performance.now()
    this.#speedSinceNow = this.#pace.speed()
  }
}
