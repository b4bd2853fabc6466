import { type Choice, FACTOR_NAMES, type Factors } from './factors.ts'

/** Two values of two factors: `device asus | fault none`. */
const pairOf = (one: number, other: number, values: readonly string[]): string =>
  `${FACTOR_NAMES[one]} ${values[one]} | ${FACTOR_NAMES[other]} ${values[other]}`

/** All pairs in a choice: with five factors, ten. */
export function pairsIn(choice: Choice): string[] {
  const values = FACTOR_NAMES.map((name) => choice[name])
  return FACTOR_NAMES.flatMap((_, one) =>
    FACTOR_NAMES.slice(one + 1).map((__, index) => pairOf(one, one + 1 + index, values)),
  )
}

/** How many pairs there are. */
export function pairsCount(factors: Factors): number {
  const sizes = FACTOR_NAMES.map((name) => factors[name].length)
  return sizes.reduce(
    (sum, size, one) => sum + sizes.slice(one + 1).reduce((inner, other) => inner + size * other, 0),
    0,
  )
}

/** So many rows are tried for each row; the one with most new pairs is taken. */
const TRIES = 4

/**
 * Rows in which each pair of values of two factors comes at least once: a covering array of strength 2, made row by row as
 * AETG does it. Each row begins with a pair that is not covered yet, so there is an end.
 *
 * @param draw a number below the one that it is given
 */
export function* pairRows(factors: Factors, draw: (below: number) => number): Generator<Choice> {
  const lists = FACTOR_NAMES.map((name) => factors[name])
  const open = new Open(lists)
  for (let first = open.next(); first; first = open.next()) {
    let best: number[] = []
    let most = 0
    for (let tries = 0; tries < TRIES; tries++) {
      const row = rowWith(first, lists, open, draw)
      const fresh = open.count(row)
      if (fresh > most) [best, most] = [row, fresh]
    }
    open.take(best)
    yield Object.fromEntries(
      FACTOR_NAMES.map((name, index) => [name, lists[index]![best[index]!]!]),
    ) as unknown as Choice
  }
}

interface Pair {
  one: number
  other: number
  values: readonly [number, number]
}

/** The pair, and of each other factor the value with most new pairs; of equals any. */
function rowWith(
  { one, other, values }: Pair,
  lists: readonly (readonly string[])[],
  open: Open,
  draw: (below: number) => number,
): number[] {
  const row: number[] = []
  ;[row[one], row[other]] = values
  for (const factor of lists.keys()) {
    if (factor === one || factor === other) continue
    let [best, most]: [number[], number] = [[], -1]
    for (const value of lists[factor]!.keys()) {
      const fresh = open.countWith(row, factor, value)
      if (fresh > most) [best, most] = [[value], fresh]
      else if (fresh === most) best.push(value)
    }
    row[factor] = best[draw(best.length)]!
  }
  return row
}

/** Pairs that no row has yet: by two factors, a bit for each two values. */
class Open {
  readonly #lists: readonly (readonly string[])[]
  readonly #bits = new Map<number, Uint8Array>()
  /** The first place at which an open pair may be. */
  #from = { one: 0, other: 1, at: 0 }

  constructor(lists: readonly (readonly string[])[]) {
    this.#lists = lists
    for (const one of lists.keys())
      for (let other = one + 1; other < lists.length; other++)
        this.#bits.set(this.#key(one, other), new Uint8Array(lists[one]!.length * lists[other]!.length).fill(1))
  }

  next(): Pair | undefined {
    for (; this.#from.one < this.#lists.length - 1; this.#from = this.#after()) {
      const { one, other, at } = this.#from
      const found = this.#bits.get(this.#key(one, other))!.indexOf(1, at)
      if (found < 0) continue
      this.#from = { one, other, at: found }
      const width = this.#lists[other]!.length
      return { one, other, values: [Math.floor(found / width), found % width] }
    }
    return undefined
  }

  #after() {
    const { one, other } = this.#from
    return other + 1 < this.#lists.length ? { one, other: other + 1, at: 0 } : { one: one + 1, other: one + 2, at: 0 }
  }

  count(row: readonly number[]): number {
    return row.reduce((sum, value, factor) => sum + this.countWith(row.slice(0, factor), factor, value), 0)
  }

  /** How many new pairs a value has with those that a row has already. */
  countWith(row: readonly (number | undefined)[], factor: number, value: number): number {
    let sum = 0
    for (const other of row.keys()) {
      const with_ = row[other]
      if (with_ !== undefined && other !== factor) sum += this.#bit(factor, value, other, with_)
    }
    return sum
  }

  take(row: readonly number[]): void {
    for (const one of row.keys())
      for (let other = one + 1; other < row.length; other++)
        this.#bits.get(this.#key(one, other))![row[one]! * this.#lists[other]!.length + row[other]!] = 0
  }

  #bit(one: number, value: number, other: number, otherValue: number): number {
    if (one > other) return this.#bit(other, otherValue, one, value)
    return this.#bits.get(this.#key(one, other))![value * this.#lists[other]!.length + otherValue]!
  }

  #key = (one: number, other: number): number => one * this.#lists.length + other
}
