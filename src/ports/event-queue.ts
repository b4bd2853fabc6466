/** A living or dead entry of the queue. */
export interface QueueEntry {
  at: number
  /** Seeded: entries of one moment fire in an order that the seed picks. */
  tie: number
  seq: number
  fire: () => void
  dead: boolean
}

const isBefore = (a: QueueEntry, b: QueueEntry) =>
  a.at !== b.at ? a.at < b.at : a.tie !== b.tie ? a.tie < b.tie : a.seq < b.seq

/** Binary heap ordered by time, then tie, then insertion. Dead entries are dropped when they surface. */
export class EventQueue {
  readonly #heap: QueueEntry[] = []

  push(entry: QueueEntry): void {
    const heap = this.#heap
    let index = heap.push(entry) - 1
    while (index > 0) {
      const parent = (index - 1) >> 1
      if (!isBefore(heap[index]!, heap[parent]!)) break
      this.#swap(index, parent)
      index = parent
    }
  }

  peek(): QueueEntry | undefined {
    while (this.#heap[0]?.dead) this.#removeFirst()
    return this.#heap[0]
  }

  take(): QueueEntry | undefined {
    const entry = this.peek()
    if (entry) this.#removeFirst()
    return entry
  }

  #removeFirst(): void {
    const heap = this.#heap
    const last = heap.pop()!
    if (heap.length === 0) return
    heap[0] = last
    let index = 0
    for (;;) {
      const left = 2 * index + 1
      const right = left + 1
      let first = index
      if (left < heap.length && isBefore(heap[left]!, heap[first]!)) first = left
      if (right < heap.length && isBefore(heap[right]!, heap[first]!)) first = right
      if (first === index) return
      this.#swap(index, first)
      index = first
    }
  }

  #swap(a: number, b: number): void {
    const heap = this.#heap
    const entry = heap[a]!
    heap[a] = heap[b]!
    heap[b] = entry
  }
}
