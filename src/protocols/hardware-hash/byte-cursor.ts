import { DecodeError } from '../../domain/trouble.ts'
import { recordPlace } from './record-text.ts'

/** Reads little-endian values of one record and says where it ran out. */
export class PayloadReader {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  /** The record, for messages. */
  readonly #place: { type: number; offset: number }
  #at = 0

  constructor(bytes: Uint8Array, place: { type: number; offset: number }) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#place = place
  }

  u8 = (): number => this.#view.getUint8(this.#advance(1))
  s8 = (): number => this.#view.getInt8(this.#advance(1))
  u16 = (): number => this.#view.getUint16(this.#advance(2), true)
  u32 = (): number => this.#view.getUint32(this.#advance(4), true)

  u64(): number {
    const value = this.#view.getBigUint64(this.#advance(8), true)
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw this.trouble('ERR_HASH_NUMBER', `${value} is too large`)
    return Number(value)
  }

  take(length: number): Uint8Array {
    const start = this.#advance(length)
    return this.#bytes.slice(start, start + length)
  }

  rest = (): Uint8Array => this.take(this.#bytes.length - this.#at)

  trouble = (code: string, text: string): DecodeError =>
    new DecodeError(code, `${recordPlace(this.#place.type, this.#place.offset)}: ${text}`)

  #advance(length: number): number {
    const start = this.#at
    if (start + length > this.#bytes.length) {
      const text = `a payload of ${this.#bytes.length} bytes ends before byte ${start + length}`
      throw this.trouble('ERR_HASH_RECORD_SHORT', text)
    }
    this.#at += length
    return start
  }
}

/** Collects little-endian values; a value that does not fit is a mistake of the caller. */
export class PayloadWriter {
  #bytes = new Uint8Array(64)
  #length = 0

  u8 = (value: number): this => this.#integer(value, 1)
  u16 = (value: number): this => this.#integer(value, 2)
  u32 = (value: number): this => this.#integer(value, 4)
  u64 = (value: number): this => this.#integer(value, 8)
  s8 = (value: number): this => {
    if (value < -128 || value > 127) throw new RangeError(`${value} does not fit a signed byte`)
    return this.#integer(value & 0xff, 1)
  }

  raw(bytes: Uint8Array | readonly number[]): this {
    this.#reserve(bytes.length)
    this.#bytes.set(bytes, this.#length)
    this.#length += bytes.length
    return this
  }

  done = (): Uint8Array => this.#bytes.slice(0, this.#length)

  #integer(value: number, size: number): this {
    if (!Number.isSafeInteger(value) || value < 0 || value >= 256 ** size) {
      throw new RangeError(`${value} does not fit ${size} unsigned bytes`)
    }
    this.#reserve(size)
    for (let rest = value; size > 0; size--, rest = Math.floor(rest / 256)) this.#bytes[this.#length++] = rest % 256
    return this
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return
    const larger = new Uint8Array(2 * (this.#length + count))
    larger.set(this.#bytes)
    this.#bytes = larger
  }
}
