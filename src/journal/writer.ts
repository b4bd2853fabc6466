import type { JournalEntry, JournalFact, JournalWriter } from '../domain/journal.ts'
import { KnownSecrets } from './known-secrets.ts'
import { maskedFact } from './mask-fact.ts'

/** Keeps a run's journal. Secrets are masked here, where everything is written, as values and before they become text. */
export class Journal implements JournalWriter {
  readonly entries: JournalEntry[] = []
  readonly #now: () => number
  readonly #sink: ((line: string) => void) | undefined
  readonly #secrets = new KnownSecrets()
  readonly #listeners = new Set<(entry: JournalEntry) => void>()

  /** @param sink gets each line as it is written, its end included */
  constructor(now: () => number, sink?: (line: string) => void) {
    this.#now = now
    this.#sink = sink
  }

  /** From now on this text is written as a mask, in each form in which a message may carry it. */
  protect(secret: string): void {
    this.#secrets.add(secret)
  }

  /** What must not be written: for others who write something of the run. */
  get secrets(): KnownSecrets {
    return this.#secrets
  }

  /** The same for secrets that other runs of this process know too, such as a school's. */
  protectShared(secrets: readonly string[]): void {
    this.#secrets.share(secrets)
  }

  write(fact: JournalFact): void {
    const entry = { at: this.#now(), seq: this.entries.length, ...maskedFact(fact, this.#secrets) }
    this.entries.push(entry)
    this.#sink?.(`${JSON.stringify(entry)}\n`)
    for (const listener of this.#listeners) listener(entry)
  }

  onEntry(listener: (entry: JournalEntry) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}

/** The journal as its file holds it: one entry a line. */
export const journalText = (entries: readonly JournalEntry[]): string =>
  entries.map((entry) => `${JSON.stringify(entry)}\n`).join('')
