import { UserError } from '../../domain/trouble.ts'

/** One of several parts of a run, for one of several machines. */
export interface Shard {
  /** From 1 on. */
  index: number
  count: number
}

/** `2/5`. Code `ERR_BAD_ARGUMENTS`. */
export function parseShard(text: string): Shard {
  const [, index, count] = /^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? []
  const shard = { index: Number(index), count: Number(count) }
  if (shard.index >= 1 && shard.index <= shard.count) return shard
  throw new UserError('ERR_BAD_ARGUMENTS', `"${text}" is no shard`, ['1/3 is the first of three'])
}

/**
 * The cases of one part, in their order. The parts take about the same time, where times are known: the longest case first, each to the part
 * that has least. A case without a time counts as the mean of the others, so that without any the parts have as many cases.
 * All parts have to be made with the same times.
 *
 * @param times real milliseconds by name
 */
export function inShard<One extends { name: string }>(
  cases: readonly One[],
  { index, count }: Shard,
  times: Readonly<Record<string, number>>,
): One[] {
  const known = cases.flatMap(({ name }) => (Object.hasOwn(times, name) ? [times[name]!] : []))
  const mean = known.length === 0 ? 1 : known.reduce((sum, time) => sum + time, 0) / known.length
  const timed = cases.map((one, place) => ({
    one,
    place,
    time: Object.hasOwn(times, one.name) ? times[one.name]! : mean,
  }))
  const sums = Array.from({ length: count }, () => 0)
  const counts = Array.from({ length: count }, () => 0)
  const mine = new Set<One>()
  for (const { one, time } of timed.sort((a, b) => b.time - a.time || a.place - b.place)) {
    let least = 0
    for (let part = 1; part < count; part++) {
      if (sums[part]! < sums[least]! || (sums[part] === sums[least] && counts[part]! < counts[least]!)) least = part
    }
    sums[least]! += time
    counts[least]!++
    if (least === index - 1) mine.add(one)
  }
  return cases.filter((one) => mine.has(one))
}
