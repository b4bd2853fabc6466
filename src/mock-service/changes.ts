/**
 * Counts what changes in a tenant. A server that keeps the tenant on a disk tells by it whether a request has left something behind: one
 * that was refused mostly has not, and need not be kept. To count too much is harmless, to count too little is not.
 */
export class Changes {
  #count = 0

  get count(): number {
    return this.#count
  }

  readonly note = (): void => {
    this.#count++
  }

  /** The same state, whose parts' maps and sets count. A copy of a state has lost that. */
  counted<Parts extends object>(parts: Parts): Parts {
    const counted = Object.entries(parts).map(([name, part]) => [name, isPart(part) ? this.#countedPart(part) : part])
    return Object.fromEntries(counted) as Parts
  }

  #countedPart(part: object): object {
    const values = Object.entries(part).map(([name, value]) => {
      if (value instanceof Map) return [name, new CountedMap(this.note, value)]
      return [name, value instanceof Set ? new CountedSet(this.note, value) : value]
    })
    return Object.fromEntries(values)
  }
}

const isPart = (value: unknown): value is object => typeof value === 'object' && value !== null

class CountedMap<Key, Value> extends Map<Key, Value> {
  readonly #note: () => void

  constructor(note: () => void, entries: Iterable<readonly [Key, Value]>) {
    super()
    this.#note = note
    for (const [key, value] of entries) super.set(key, value)
  }

  override set(key: Key, value: Value): this {
    this.#note()
    return super.set(key, value)
  }

  override delete(key: Key): boolean {
    const had = super.delete(key)
    if (had) this.#note()
    return had
  }

  override clear(): void {
    this.#note()
    super.clear()
  }
}

class CountedSet<Value> extends Set<Value> {
  readonly #note: () => void

  constructor(note: () => void, values: Iterable<Value>) {
    super()
    this.#note = note
    for (const value of values) super.add(value)
  }

  override add(value: Value): this {
    this.#note()
    return super.add(value)
  }

  override delete(value: Value): boolean {
    const had = super.delete(value)
    if (had) this.#note()
    return had
  }

  override clear(): void {
    this.#note()
    super.clear()
  }
}
