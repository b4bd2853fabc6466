import { DecodeError } from '../../domain/trouble.ts'

/** Integers of a TPM are big-endian (TPM 2.0 Library, Part 2, 4.2). */
export const u8 = (value: number): Uint8Array => Uint8Array.of(value)
export const u16 = (value: number): Uint8Array => Uint8Array.of(value >>> 8, value & 0xff)
export const u32 = (value: number): Uint8Array =>
  Uint8Array.of(value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff)
export const u64 = (value: bigint): Uint8Array =>
  join(u32(Number((value >> 32n) & 0xffff_ffffn)), u32(Number(value & 0xffff_ffffn)))

/** A TPM2B: a size of 16 bits and as many bytes. */
export function sized(...parts: Uint8Array[]): Uint8Array {
  const bytes = join(...parts)
  if (bytes.length > 0xffff) throw new RangeError(`${bytes.length} bytes do not fit into a TPM2B`)
  return join(u16(bytes.length), bytes)
}

/** A TPML: a count of 32 bits and the elements. */
export const list = (elements: readonly Uint8Array[]): Uint8Array => join(u32(elements.length), ...elements)

export function join(...parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}

/**
 * Reads a TPM structure from its begin to its end. What does not fit is a DecodeError that names the byte:
 * `ERR_TPM_TRUNCATED`, or `ERR_TPM_TRAILING` from {@link end}.
 */
export class TpmReader {
  readonly #bytes: Uint8Array
  readonly #what: string
  #offset = 0

  constructor(bytes: Uint8Array, what: string) {
    this.#bytes = bytes
    this.#what = what
  }

  get offset(): number {
    return this.#offset
  }

  get remaining(): number {
    return this.#bytes.length - this.#offset
  }

  u8(): number {
    return this.bytes(1)[0]!
  }

  u16(): number {
    const [high, low] = this.bytes(2)
    return (high! << 8) | low!
  }

  u32(): number {
    return this.u16() * 0x1_0000 + this.u16()
  }

  u64(): bigint {
    return (BigInt(this.u32()) << 32n) | BigInt(this.u32())
  }

  /** A copy: what it was cut from may change. */
  bytes(length: number): Uint8Array {
    if (length > this.remaining) {
      throw this.trouble('ERR_TPM_TRUNCATED', `${length} bytes are due, ${this.remaining} are left`)
    }
    this.#offset += length
    return this.#bytes.slice(this.#offset - length, this.#offset)
  }

  /** The content of a TPM2B. */
  sized(): Uint8Array {
    return this.bytes(this.u16())
  }

  /** The elements of a TPML; more than `max` are refused before any is read. */
  list<Element>(max: number, read: () => Element): Element[] {
    const count = this.u32()
    if (count > max) throw this.trouble('ERR_TPM_SIZE', `a list of ${count} elements, ${max} are the most`, 4)
    return Array.from({ length: count }, read)
  }

  rest(): Uint8Array {
    return this.bytes(this.remaining)
  }

  end(): void {
    if (this.remaining > 0) throw this.trouble('ERR_TPM_TRAILING', `${this.remaining} bytes follow the structure`)
  }

  /** An error about what was read `back` bytes ago. */
  trouble(code: string, text: string, back = 0): DecodeError {
    return new DecodeError(code, `byte ${this.#offset - back} of ${this.#what}: ${text}`)
  }
}

/** Reads a whole structure; nothing may follow it. */
export function readWhole<Value>(bytes: Uint8Array, what: string, read: (reader: TpmReader) => Value): Value {
  const reader = new TpmReader(bytes, what)
  const value = read(reader)
  reader.end()
  return value
}
