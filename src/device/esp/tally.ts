interface Entry<Mark> {
  uri: string
  /** Its place in the list. */
  place: number
  /** How often the list names it. */
  times: number
  marks: readonly Mark[]
}

/**
 * How many entries of a list have which marks. An entry is looked at when it comes, and again when it is said to have
 * changed: a change costs the same, however long the list is.
 */
export class Tally<Mark extends string> {
  readonly #marksOf: (uri: string) => readonly Mark[]
  readonly #entries = new Map<string, Entry<Mark>>()
  readonly #marked = new Map<Mark, Set<Entry<Mark>>>()
  readonly #counts = new Map<Mark, number>()
  readonly #firsts = new Map<Mark, Entry<Mark>>()
  #places = 0
  /** Length of the list, with what it names more than once. */
  size = 0

  constructor(marksOf: (uri: string) => readonly Mark[]) {
    this.#marksOf = marksOf
  }

  has(key: string): boolean {
    return this.#entries.has(key)
  }

  count(mark: Mark): number {
    return this.#counts.get(mark) ?? 0
  }

  isMarked(key: string, mark: Mark): boolean {
    return this.#entries.get(key)?.marks.includes(mark) ?? false
  }

  /** URI of the first entry of the list that has this mark. */
  first(mark: Mark): string | undefined {
    const known = this.#firsts.get(mark)
    if (known) return known.uri
    let first: Entry<Mark> | undefined
    for (const entry of this.#marked.get(mark) ?? []) if (!first || entry.place < first.place) first = entry
    if (first) this.#firsts.set(mark, first)
    return first?.uri
  }

  /** One more entry at the end of the list. */
  add(key: string, uri: string): void {
    this.size++
    const known = this.#entries.get(key)
    const entry = known ?? { uri, place: this.#places++, times: 0, marks: this.#marksOf(uri) }
    if (known) this.#unmark(entry)
    else this.#entries.set(key, entry)
    entry.times++
    this.#mark(entry)
  }

  /** Looks at an entry again. False when there is none. */
  look(key: string): boolean {
    const entry = this.#entries.get(key)
    if (!entry) return false
    this.#unmark(entry)
    entry.marks = this.#marksOf(entry.uri)
    this.#mark(entry)
    return true
  }

  remove(key: string): void {
    const entry = this.#entries.get(key)
    if (!entry) return
    this.#unmark(entry)
    this.#entries.delete(key)
    this.size -= entry.times
  }

  clear(): void {
    for (const all of [this.#entries, this.#marked, this.#counts, this.#firsts]) all.clear()
    this.size = 0
  }

  #mark(entry: Entry<Mark>): void {
    for (const mark of entry.marks) {
      this.#counts.set(mark, this.count(mark) + entry.times)
      const marked = this.#marked.get(mark) ?? new Set()
      this.#marked.set(mark, marked.add(entry))
      const first = this.#firsts.get(mark)
      if (marked.size === 1 || (first && entry.place < first.place)) this.#firsts.set(mark, entry)
    }
  }

  #unmark(entry: Entry<Mark>): void {
    for (const mark of entry.marks) {
      this.#counts.set(mark, this.count(mark) - entry.times)
      this.#marked.get(mark)?.delete(entry)
      if (this.#firsts.get(mark) === entry) this.#firsts.delete(mark)
    }
  }
}
