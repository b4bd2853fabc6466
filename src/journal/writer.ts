import type { JournalEntry, JournalFact, JournalWriter } from '../domain/journal.ts'
import { MASK } from '../domain/secret.ts'
import { maskedFact } from './mask-fact.ts'

const SECRET_LENGTH_MIN = 4

/** Keeps a run's journal. Secrets are masked here, where everything is written, as values and before they become text. */
export class Journal implements JournalWriter {
  readonly entries: JournalEntry[] = []
  readonly #now: () => number
  readonly #sink: ((line: string) => void) | undefined
  readonly #secrets = new Set<string>()
  readonly #listeners = new Set<(entry: JournalEntry) => void>()

  /** @param sink gets each line as it is written, its end included */
  constructor(now: () => number, sink?: (line: string) => void) {
    this.#now = now
    this.#sink = sink
  }

  /** From now on this text is written as a mask, in each form in which a message may carry it. */
  protect(secret: string): void {
    if (secret.length < SECRET_LENGTH_MIN) return
    const forms = [
      secret,
      encodeURIComponent(secret),
      new URLSearchParams({ '': secret }).toString().slice(1),
      Buffer.from(secret).toString('base64').replace(/=+$/, ''),
      JSON.stringify(secret).slice(1, -1),
    ]
    for (const form of forms) this.#secrets.add(form)
  }

  write(fact: JournalFact): void {
    const entry = { at: this.#now(), seq: this.entries.length, ...maskedFact(fact, this.#mask) }
    this.entries.push(entry)
    this.#sink?.(`${JSON.stringify(entry)}\n`)
    for (const listener of this.#listeners) listener(entry)
  }

  onEntry(listener: (entry: JournalEntry) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly #mask = (text: string): string => {
    let out = text
    for (const secret of this.#secrets) {
      if (out.includes(secret)) out = out.replaceAll(secret, MASK)
    }
    return out
  }
}

/** The journal as its file holds it: one entry a line. */
export const journalText = (entries: readonly JournalEntry[]): string =>
  entries.map((entry) => `${JSON.stringify(entry)}\n`).join('')
