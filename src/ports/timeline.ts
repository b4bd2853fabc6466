/** A moment of virtual time at which something will happen. */
export interface Entry {
  readonly at: number
  /** Takes the entry off the queue; a second call changes nothing. */
  cancel(): void
}

/** XState's `Clock`, served by the queue. */
export interface TimelineClock {
  setTimeout(fire: () => void, ms: number): Entry
  clearTimeout(entry: Entry | undefined): void
}

/**
 * Virtual time as a queue of entries. At most one activity of a run executes; time moves only when none does.
 * Everything that happens in a run happens because an entry fired, so the order of a run is the order of its queue.
 */
export interface Timeline {
  /** Virtual milliseconds since the run began. */
  readonly now: number
  readonly clock: TimelineClock

  /** Puts something onto the queue, `delayMs` from now. */
  schedule(delayMs: number, fire: () => void): Entry

  /** Runs real work in its turn: its start is an entry, and time stands still while it executes. */
  activity<Value>(work: () => Promise<Value>, signal?: AbortSignal): Promise<Value>

  /** Called inside an activity: gives up the turn for `ms` of virtual time. Rejects with the signal's reason. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

export type RunEnd = 'done' | 'stuck'

/** How virtual time keeps step with the wall clock. */
export interface Pace {
  /** Virtual milliseconds per real millisecond; `Infinity` for as fast as possible, 0 for a pause. */
  speed(): number
  /** Called when the pace changes, so that a wait under way is measured anew. */
  subscribe(listener: () => void): () => void
}

export interface TimelineRunOptions {
  done: () => boolean
  /** What an empty queue means: headless, the run is stuck; at a terminal, somebody may still press a key. */
  whenEmpty?: 'stuck' | 'wait'
  /** True when nothing has happened for so long that the run is stuck, whatever still stands in the queue. */
  isStalled?: (nextAt: number) => boolean
}
