/**
 * Values by key, with an index of what is below each: what is asked about one node costs the same in a large tree as in a
 * small one. Names keep the order in which they came.
 */
export class NodeStore<Value> {
  readonly #values = new Map<string, Value>()
  /** For each key with something below it: the next names, each with the number of its arrival. */
  readonly #below = new Map<string, Map<string, number>>()
  /** Keys whose names are out of order, since a rollback has put one back. */
  readonly #unsorted = new Set<string>()
  #arrivals = 0
  /** What a rollback has to do, last step first; undefined while nothing can be rolled back. */
  #undo: (() => void)[] | undefined

  get(key: string): Value | undefined {
    return this.#values.get(key)
  }

  holds(key: string): boolean {
    return this.#values.has(key)
  }

  /** Whether there is a value at the key, or below it. */
  has(key: string): boolean {
    return this.#values.has(key) || this.#below.has(key)
  }

  /** The next names below a key, as they are in keys. */
  names(key: string): string[] {
    return [...(this.#sorted(key)?.keys() ?? [])]
  }

  keys(): string[] {
    return [...this.#values.keys()]
  }

  set(key: string, value: Value): void {
    const isNew = !this.has(key)
    this.#put(key, value)
    if (isNew) this.#link(key)
  }

  /** Takes away the value at a key and those below it; answers with what it took, in order. */
  take(key: string): [string, Value][] {
    const taken = this.#entries(key)
    for (const [each] of taken) this.#put(each, undefined)
    for (const [each] of taken) this.#unlink(each)
    return taken
  }

  clear(): void {
    for (const key of this.keys()) this.take(key)
  }

  /** From here on everything can be rolled back, until it is kept. */
  begin(): void {
    this.#undo = []
  }

  keep(): void {
    this.#undo = undefined
  }

  rollBack(): void {
    const steps = this.#undo ?? []
    this.#undo = undefined
    for (const step of steps.reverse()) step()
  }

  #entries(key: string): [string, Value][] {
    const value = this.#values.get(key)
    const below = this.names(key).flatMap((name) => this.#entries(`${key}/${name}`))
    return value === undefined ? below : [[key, value], ...below]
  }

  #put(key: string, value: Value | undefined): void {
    const before = this.#values.get(key)
    if (value === undefined) this.#values.delete(key)
    else this.#values.set(key, value)
    this.#undo?.push(() => this.#put(key, before))
  }

  /** Tells every key above that there is one more below it. */
  #link(key: string): void {
    for (let [above, name] = split(key); above !== undefined; [above, name] = split(above)) {
      const isKnown = this.has(above)
      this.#setArrival(above, name, this.#arrivals++)
      if (isKnown) return
    }
  }

  #unlink(key: string): void {
    let gone = key
    for (let [above, name] = split(gone); above !== undefined; [above, name] = split(gone)) {
      if (this.has(gone) || !this.#below.get(above)?.has(name)) return
      this.#setArrival(above, name, undefined)
      gone = above
    }
  }

  #setArrival(above: string, name: string, arrival: number | undefined): void {
    const names = this.#below.get(above) ?? new Map<string, number>()
    const before = names.get(name)
    if (arrival === undefined) names.delete(name)
    else names.set(name, arrival)
    if (names.size === 0) this.#below.delete(above)
    else this.#below.set(above, names)
    this.#undo?.push(() => {
      this.#setArrival(above, name, before)
      if (before !== undefined) this.#unsorted.add(above)
    })
  }

  #sorted(key: string): ReadonlyMap<string, number> | undefined {
    const names = this.#below.get(key)
    if (!names || !this.#unsorted.delete(key)) return names
    const sorted = new Map([...names].sort(([, a], [, b]) => a - b))
    this.#below.set(key, sorted)
    return sorted
  }
}

/** The key above and the last name; nothing is above the first name. */
function split(key: string): [string | undefined, string] {
  const end = key.lastIndexOf('/')
  return end < 0 ? [undefined, key] : [key.slice(0, end), key.slice(end + 1)]
}
