/** One step of a comparison: the items stand in both sequences, or in one of them. */
export type Aligned<Item> = { left: Item; right: Item } | { left: Item } | { right: Item }

/** Longer sequences are compared place by place: the table below would take a minute and a gigabyte. */
const CELLS_MAX = 16_000_000

/** Lays two sequences side by side so that as many items as possible with the same key stand together, in order. */
export function align<Item>(
  left: readonly Item[],
  right: readonly Item[],
  keyOf: (item: Item) => string,
): Aligned<Item>[] {
  const a = left.map(keyOf)
  const b = right.map(keyOf)
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  const head: Aligned<Item>[] = left.slice(0, start).map((item, index) => ({ left: item, right: right[index]! }))
  const tail = left.slice(left.length - end)
  return head.concat(
    middle(left.slice(start, left.length - end), right.slice(start, right.length - end), keyOf),
    tail.map((item, index) => ({ left: item, right: right[right.length - end + index]! })),
  )
}

/** The longest common subsequence, by the table of its lengths. */
function middle<Item>(left: Item[], right: Item[], keyOf: (item: Item) => string): Aligned<Item>[] {
  const a = left.map(keyOf)
  const b = right.map(keyOf)
  const width = b.length + 1
  if (a.length * b.length > CELLS_MAX)
    return [...left.map((item) => ({ left: item })), ...right.map((item) => ({ right: item }))]
  const lengths = new Uint32Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] =
        a[i] === b[j]
          ? lengths[(i + 1) * width + j + 1]! + 1
          : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!)
    }
  }
  const out: Aligned<Item>[] = []
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) out.push({ left: left[i++]!, right: right[j++]! })
    else if (j >= b.length || (i < a.length && lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!)) {
      out.push({ left: left[i++]! })
    } else out.push({ right: right[j++]! })
  }
  return out
}

/** Items that are alone on both sides under the same key become a pair, at the place of the left one. */
export function reunite<Item>(pairs: readonly Aligned<Item>[], keyOf: (item: Item) => string): Aligned<Item>[] {
  const waiting = new Map<string, Item[]>()
  for (const pair of pairs) {
    if ('left' in pair) continue
    const key = keyOf(pair.right)
    const before = waiting.get(key)
    if (before) before.push(pair.right)
    else waiting.set(key, [pair.right])
  }
  const met = new Set<Item>()
  const out = pairs.map((pair): Aligned<Item> => {
    if ('right' in pair) return pair
    const right = waiting.get(keyOf(pair.left))?.shift()
    if (right === undefined) return pair
    met.add(right)
    return { left: pair.left, right }
  })
  return out.filter((pair) => 'left' in pair || !met.has(pair.right))
}
