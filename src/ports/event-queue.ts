/** A living or dead entry of the queue. */
export interface QueueEntry {
  /** The earliest moment at which it may fire. */
  at: number
  /** The latest: later than `at` by the jitter of the network, where it has any. */
  until: number
  seq: number
  what: string
  fire: () => void
  dead: boolean
  /** Takes the entry off as well. */
  signal?: AbortSignal | undefined
}

const isDead = ({ dead, signal }: QueueEntry): boolean => dead || signal?.aborted === true

const isBefore = (a: QueueEntry, b: QueueEntry): boolean => (a.at === b.at ? a.seq < b.seq : a.at < b.at)

/** Entries in the order of their time, then of their insertion. Dead ones are dropped when they surface. */
export class EventQueue {
  /** The next one last: it is taken off the end. A run has some dozens of them at a time. */
  readonly #entries: QueueEntry[] = []

  push(entry: QueueEntry): void {
    const entries = this.#entries
    let [low, high] = [0, entries.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (isBefore(entry, entries[middle]!)) low = middle + 1
      else high = middle
    }
    entries.splice(low, 0, entry)
  }

  /** Takes an entry off, without an end of it: it may be pushed again. */
  take(entry: QueueEntry): QueueEntry {
    this.#entries.splice(this.#entries.indexOf(entry), 1)
    return entry
  }

  /** The earliest living entry. */
  peek(): QueueEntry | undefined {
    const entries = this.#entries
    for (let last = entries.at(-1); last; last = entries.at(-1)) {
      if (!isDead(last)) return last
      entries.pop()
    }
    return undefined
  }

  /** All that may fire next: each can still fire before any other has to. In their order; none when the queue is empty. */
  next(): QueueEntry[] {
    const found: QueueEntry[] = []
    let latest = Number.POSITIVE_INFINITY
    for (let index = this.#entries.length - 1; index >= 0; index--) {
      const entry = this.#entries[index]!
      if (entry.at > latest) break
      if (isDead(entry)) continue
      found.push(entry)
      latest = Math.min(latest, entry.until)
    }
    return found
  }
}
