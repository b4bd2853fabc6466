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

  map<Key, Value>(): Map<Key, Value> {
    return new CountedMap(this.note)
  }

  set<Value>(): Set<Value> {
    return new CountedSet(this.note)
  }
}

class CountedMap<Key, Value> extends Map<Key, Value> {
  readonly #note: () => void

  constructor(note: () => void) {
    super()
    this.#note = note
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

  constructor(note: () => void) {
    super()
    this.#note = note
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
