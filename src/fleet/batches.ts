/** Devices that are played and kept together: those from `from` up to and without `to`. */
export interface Batch {
  /** From 0 on. */
  number: number
  from: number
  to: number
}

/** One of several parts of a fleet, for one of several machines. */
export interface FleetShard {
  /** From 1 on. */
  index: number
  count: number
}

const batchCount = (count: number, size: number): number => Math.ceil(count / size)

const batchAt = (number: number, count: number, size: number): Batch => ({
  number,
  from: number * size,
  to: Math.min(count, (number + 1) * size),
})

/** Parts take batches in turn, so that each starts devices as the plan says, at its share of the rate. */
export const shardOf = (batch: number, shards: number): number => (batch % shards) + 1

/** The batches of a part, or all. */
export function batchesOf(count: number, size: number, shard: FleetShard = { index: 1, count: 1 }): Batch[] {
  const batches: Batch[] = []
  for (let number = shard.index - 1; number < batchCount(count, size); number += shard.count) {
    batches.push(batchAt(number, count, size))
  }
  return batches
}

/** `devices 51 to 100`, as a person counts. */
export const devicesText = ({ from, to }: Pick<Batch, 'from' | 'to'>): string =>
  to - from === 1 ? `device ${to}` : `devices ${from + 1} to ${to}`
