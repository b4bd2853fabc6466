import { CHECKSUM_RECORD_LENGTH, HASH_LENGTH, PREFIX_LENGTH } from '../../protocols/hardware-hash/container.ts'

/** Characters of a whole hash. */
const WHOLE = (HASH_LENGTH / 3) * 4

/** A line that is shorter is a word of the text below the hash. */
const PIECE_MIN = 16

/** "OA", a length, and the header of record 1, which follows in every hash of Microsoft's tools. */
const BEGINS_ANOTHER = /^T0[E-H].{3}EAHA/

/** A line of base64, and what ends the value that it belongs to. */
const PIECE = /^["'`|]?([A-Za-z0-9+/_-]+={0,2})((?:["'`<\])}].*|["'`]?\s*[,;|]?)$)/

export const beginsAnother = (line: string): boolean => BEGINS_ANOTHER.test(line)

/** A hash that may go on in the lines below the one in which it begins. */
export class HashInLines {
  readonly #pieces: string[]
  /** Characters up to the end of its checksum, as its own length says. */
  readonly #needed: number
  #length: number
  #hasEnded = false

  constructor(begin: string) {
    this.#pieces = [begin]
    this.#length = begin.length
    const bytes = Buffer.from(begin.slice(0, 8), 'base64')
    const totalLength = bytes[2]! + 256 * bytes[3]!
    this.#needed = totalLength > PREFIX_LENGTH ? Math.ceil(((totalLength + CHECKSUM_RECORD_LENGTH) / 3) * 4) : 0
  }

  get text(): string {
    return this.#pieces.join('')
  }

  /** Whether a line belongs to it; then it is kept. Blank lines are passed over while something is missing. */
  takes(line: string): boolean {
    if (this.#hasEnded) return false
    const trimmed = line.trim()
    if (trimmed === '') return this.#length < this.#needed
    const [, piece, end] = PIECE.exec(trimmed) ?? []
    if (piece === undefined || beginsAnother(piece) || !this.#takes(piece)) return false
    this.#dropSoftBreak()
    this.#pieces.push(piece)
    this.#length += piece.length
    this.#hasEnded = end !== ''
    return true
  }

  #takes(piece: string): boolean {
    // Behind the checksum there are zeros up to the whole length.
    if (this.#length >= this.#needed) return this.#length < WHOLE && /^A*={0,2}$/.test(piece)
    return piece.length >= PIECE_MIN || this.#length + piece.length >= this.#needed
  }

  /** Mail programs end a line that continues with "=". */
  #dropSoftBreak(): void {
    const last = this.#pieces.at(-1)!
    if (!last.endsWith('=')) return
    this.#pieces[this.#pieces.length - 1] = last.slice(0, -1)
    this.#length--
  }
}
