import type { JournalEntry, JournalFact, JournalWriter } from '../domain/journal.ts'
import { MASK } from '../domain/secret.ts'
import { maskedExchange, maskedNode } from './mask-exchange.ts'

const SECRET_LENGTH_MIN = 4

/** Keeps a run's journal. Secrets are masked here, where everything is written, in whatever field they turn up. */
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

  /** From now on this text is written as a mask: as it is, in base64, and as it stands in a URL. */
  protect(secret: string): void {
    if (secret.length < SECRET_LENGTH_MIN) return
    const forms = [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64').replace(/=+$/, '')]
    // As they stand inside a line of JSON.
    for (const form of forms) this.#secrets.add(JSON.stringify(form).slice(1, -1))
  }

  write(fact: JournalFact): void {
    const written = { at: this.#now(), seq: this.entries.length, ...withoutSecrets(fact) }
    const text = JSON.stringify(written)
    const line = this.#masked(text)
    const entry = line === text ? written : (JSON.parse(line) as JournalEntry)
    this.entries.push(entry)
    this.#sink?.(`${line}\n`)
    for (const listener of this.#listeners) listener(entry)
  }

  onEntry(listener: (entry: JournalEntry) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #masked(line: string): string {
    let out = line
    for (const secret of this.#secrets) {
      if (out.includes(secret)) out = out.replaceAll(secret, MASK)
    }
    return out
  }
}

function withoutSecrets(fact: JournalFact): JournalFact {
  switch (fact.kind) {
    case 'request':
    case 'response':
      return maskedExchange(fact)
    case 'csp':
      return maskedNode(fact)
    default:
      return fact
  }
}

/** The journal as its file holds it: one entry a line. */
export const journalText = (entries: readonly JournalEntry[]): string =>
  entries.map((entry) => `${JSON.stringify(entry)}\n`).join('')
