/** 2^7 steps in each power of two: a value is off by less than 0.8 %. */
const STEPS_BITS = 7
const STEPS = 2 ** STEPS_BITS
const VALUE_MAX = 2 ** 48

/** A histogram as JSON. */
export interface HistogramData {
  count: number
  sum: number
  min: number
  max: number
  /** Bucket and count, by bucket. */
  buckets: [number, number][]
}

/**
 * Counts whole numbers from 0 on in buckets that grow with the value, as HdrHistogram does: two can be added without loss, in any
 * order, and the memory is bounded whatever is counted.
 */
export class Histogram {
  readonly #buckets = new Map<number, number>()
  #count = 0
  #sum = 0
  #min = Number.POSITIVE_INFINITY
  #max = 0

  static from({ count, sum, min, max, buckets }: HistogramData): Histogram {
    const histogram = new Histogram()
    histogram.#count = count
    histogram.#sum = sum
    histogram.#min = count === 0 ? Number.POSITIVE_INFINITY : min
    histogram.#max = max
    for (const [bucket, times] of buckets) histogram.#buckets.set(bucket, times)
    return histogram
  }

  get count(): number {
    return this.#count
  }

  /** Rounded to a whole number; what is below 0 counts as 0. */
  add(value: number, times = 1): void {
    const whole = Math.min(VALUE_MAX, Math.max(0, Math.round(value)))
    const bucket = bucketOf(whole)
    this.#buckets.set(bucket, (this.#buckets.get(bucket) ?? 0) + times)
    this.#count += times
    this.#sum += whole * times
    this.#min = Math.min(this.#min, whole)
    this.#max = Math.max(this.#max, whole)
  }

  merge(other: Histogram): void {
    for (const [bucket, times] of other.#buckets) {
      this.#buckets.set(bucket, (this.#buckets.get(bucket) ?? 0) + times)
    }
    this.#count += other.#count
    this.#sum += other.#sum
    this.#min = Math.min(this.#min, other.#min)
    this.#max = Math.max(this.#max, other.#max)
  }

  /** The highest value of the bucket in which the share of all values ends; undefined for an empty one. @param share from 0 to 1 */
  quantile(share: number): number | undefined {
    if (this.#count === 0) return undefined
    // 0.95 * 20 is 19.000000000000004.
    const rank = Math.max(1, Math.ceil(share * this.#count - 1e-9))
    let seen = 0
    for (const [bucket, times] of this.#inOrder()) {
      seen += times
      if (seen >= rank) return Math.min(this.#max, Math.max(this.#min, highestOf(bucket)))
    }
    return this.#max
  }

  get min(): number | undefined {
    return this.#count === 0 ? undefined : this.#min
  }

  get max(): number | undefined {
    return this.#count === 0 ? undefined : this.#max
  }

  get mean(): number | undefined {
    return this.#count === 0 ? undefined : this.#sum / this.#count
  }

  get sum(): number {
    return this.#sum
  }

  /** Upper ends of the buckets with how many values are at or below each, for a scale of other steps. */
  atMost(value: number): number {
    let seen = 0
    for (const [bucket, times] of this.#buckets) if (highestOf(bucket) <= value) seen += times
    return seen
  }

  toJSON(): HistogramData {
    return {
      count: this.#count,
      sum: this.#sum,
      min: this.#count === 0 ? 0 : this.#min,
      max: this.#max,
      buckets: this.#inOrder(),
    }
  }

  #inOrder(): [number, number][] {
    return [...this.#buckets].sort(([one], [other]) => one - other)
  }
}

/** Values below two times the steps have a bucket each; above, a power of two has as many buckets as there are steps. */
function bucketOf(value: number): number {
  if (value < 2 * STEPS) return value
  const exponent = Math.floor(Math.log2(value))
  // Rounding of the logarithm at the edges.
  const exact = 2 ** exponent > value ? exponent - 1 : 2 ** (exponent + 1) <= value ? exponent + 1 : exponent
  const shift = exact - STEPS_BITS
  return (shift + 1) * STEPS + Math.floor(value / 2 ** shift) - STEPS
}

function highestOf(bucket: number): number {
  if (bucket < 2 * STEPS) return bucket
  const shift = Math.floor(bucket / STEPS) - 1
  const step = (bucket % STEPS) + STEPS
  return (step + 1) * 2 ** shift - 1
}
