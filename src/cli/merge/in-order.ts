import { UserError } from '../../domain/trouble.ts'

/** Something whose entries come one after the other, each at a higher place. */
export interface Ordered<Entry extends { at: number }> {
  readonly path: string
  readonly entry: Entry | undefined
  next(): void
}

/**
 * The entries of all sources by their places, the lowest first. It holds one entry of each source, in a binary heap.
 *
 * @throws UserError `ERR_BLOB` for two sources that have an entry for the same place
 */
export function* inOrder<Entry extends { at: number }>(sources: readonly Ordered<Entry>[]): Generator<Entry> {
  const heap = sources.filter(({ entry }) => entry).sort((one, other) => one.entry!.at - other.entry!.at)
  let last: { path: string; at: number } | undefined
  while (heap.length > 0) {
    const source = heap[0]!
    const entry = source.entry!
    if (last?.at === entry.at) {
      throw new UserError('ERR_BLOB', `${last.path} and ${source.path} both hold play ${entry.at}`)
    }
    last = { path: source.path, at: entry.at }
    source.next()
    if (!source.entry) {
      const end = heap.pop()!
      if (end !== source) heap[0] = end
    }
    sink(heap)
    yield entry
  }
}

/** Moves the first to its place. */
function sink<Entry extends { at: number }>(heap: Ordered<Entry>[]): void {
  let index = 0
  for (;;) {
    let least = index
    for (const child of [2 * index + 1, 2 * index + 2]) {
      if (child < heap.length && heap[child]!.entry!.at < heap[least]!.entry!.at) least = child
    }
    if (least === index) return
    ;[heap[index], heap[least]] = [heap[least]!, heap[index]!]
    index = least
  }
}
