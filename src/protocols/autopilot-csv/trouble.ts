/** What is wrong with a file, and where. */
export interface CsvError {
  /** From 1; the header is line 1. */
  line: number
  /** Character of the line, from 1. */
  column: number
  /** `ERR_CSV_…`, or the decoder's `ERR_HASH_…`. */
  code: string
  text: string
  /** What the service does then, or what helps. */
  hint?: string
  /** The first line that has the same. */
  otherLine?: number
}

/** More is of no use to a reader. */
const KEPT_MAX = 100

/** Keeps the first hundred errors, and counts the rest. */
export class CsvErrors {
  readonly kept: CsvError[] = []
  #count = 0

  add(error: CsvError): void {
    this.#count++
    if (this.kept.length < KEPT_MAX) this.kept.push(error)
  }

  get more(): number {
    return this.#count - this.kept.length
  }
}
