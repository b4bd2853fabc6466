/** A moment of virtual time at which something will happen. */
export interface Entry {
  readonly at: number
  /** Takes the entry off the queue; a second call changes nothing. */
  cancel(): void
}

/** How an entry is recognized, and how exactly its time is known. */
export interface EntryFacts {
  /** What happens, where a choice names it: `arrive MS-MDE2 Discover`. */
  what?: string
  /** Virtual milliseconds by which it may also happen later: the jitter of the network. Default 0. */
  slackMs?: number
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
  schedule(delayMs: number, fire: () => void, facts?: EntryFacts): Entry

  /**
   * Runs real work in its turn: its start is an entry, and virtual time stops while it executes. Never settles when the signal
   * came before its turn.
   */
  activity<Value>(work: () => Promise<Value>, signal?: AbortSignal, what?: string): Promise<Value>

  /** Called inside an activity: gives up the turn for `ms` of virtual time. Rejects with the signal's reason. */
  sleep(ms: number, signal?: AbortSignal, facts?: EntryFacts): Promise<void>
}

export type RunEnd = 'done' | 'stuck'

/** How virtual time keeps step with the wall clock. */
export interface Pace {
  /** Virtual milliseconds per real millisecond; `Infinity` for as fast as possible, 0 for a pause. */
  speed(): number
  /** Called when the pace changes, so that a wait under way is measured anew. */
  subscribe(listener: () => void): () => void
}

/** Something from outside that happens between two entries. */
export interface Interjection {
  /** Virtual milliseconds: no later than the next entry. */
  at: number
  fire: () => void
}

export interface TimelineRunOptions {
  done: () => boolean
  /** What an empty queue means: headless, the run is stuck; at a terminal, a person may still press a key. */
  whenEmpty?: () => 'stuck' | 'wait'
  /** True when nothing has happened for so long that the run is stuck, whatever is still in the queue. */
  isStalled?: (nextAt: number) => boolean
  /** Asked before each entry: how many have fired, the time now, and the time of the next one when there is one. */
  interject?: (step: number, now: number, nextAt: number | undefined) => Interjection | undefined
}
