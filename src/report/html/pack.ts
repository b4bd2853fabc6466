import { deflateRawSync } from 'node:zlib'
import type { JournalEntry } from '../../domain/journal.ts'

/** Journals of many runs in the space of a few: each entry is kept once, without its time and number. */
export class Packing {
  readonly #lines = new Map<string, number>()

  /** The run as text: for each entry its time, its number, and which of {@link lines} it is. */
  add(entries: readonly JournalEntry[]): string {
    const run = entries.map(({ at, seq, ...rest }) => `${at} ${seq} ${this.#numberOf(JSON.stringify(rest))}`)
    return packed(run.join('\n'))
  }

  /** What {@link add} has counted. */
  lines(): string {
    return packed([...this.#lines.keys()].join('\n'))
  }

  #numberOf(rest: string): number {
    const known = this.#lines.get(rest)
    if (known !== undefined) return known
    const number = this.#lines.size
    this.#lines.set(rest, number)
    return number
  }
}

/** Deflated, in Base64: text that no HTML parser has an opinion of. */
export const packed = (text: string): string => deflateRawSync(text).toString('base64')
