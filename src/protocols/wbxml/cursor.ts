import { DecodeError } from '../../domain/trouble.ts'

/** An integer of WBXML has 32 bits: at most five bytes (WBXML 1.3, 5.1). */
const INTEGER_BYTES_MAX = 5
const INTEGER_MAX = 0xffff_ffff

/** Reads bytes one after another, never beyond their end. */
export class Cursor {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get at(): number {
    return this.#at
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length
  }

  byte(): number {
    const byte = this.#bytes[this.#at]
    if (byte === undefined) throw this.trouble('ERR_WBXML_TRUNCATED', 'the document ends too early')
    this.#at++
    return byte
  }

  /** `mb_u_int32`. */
  integer(): number {
    let value = 0
    for (let count = 0; count < INTEGER_BYTES_MAX; count++) {
      const byte = this.byte()
      value = value * 128 + (byte & 0x7f)
      if (value > INTEGER_MAX) break
      if (byte < 0x80) return value
    }
    throw this.trouble('ERR_WBXML_INTEGER', 'an integer of more than 32 bits')
  }

  take(length: number): Uint8Array {
    if (length > this.#bytes.length - this.#at) {
      throw this.trouble('ERR_WBXML_TRUNCATED', `${length} bytes do not fit into the document`)
    }
    const taken = this.#bytes.subarray(this.#at, this.#at + length)
    this.#at += length
    return taken
  }

  /** `termstr`: the text up to a zero byte. */
  string(): string {
    return stringAt(this.#bytes, this.#at, (length) => {
      this.take(length + 1)
    })
  }

  trouble(code: string, text: string): DecodeError {
    return new DecodeError(code, `byte ${this.#at}: ${text}`)
  }
}

/** The text that begins here and ends before a zero byte. @param found hears of its length in bytes */
export function stringAt(bytes: Uint8Array, from: number, found?: (length: number) => void): string {
  const end = from > bytes.length ? -1 : bytes.indexOf(0, from)
  if (end < 0) throw new DecodeError('ERR_WBXML_STRING', `byte ${from}: a text without its end`)
  found?.(end - from)
  return utf8(bytes.subarray(from, end), from)
}

/** @throws DecodeError `ERR_WBXML_ENCODING` for what is no UTF-8, or no text of XML. */
export function utf8(bytes: Uint8Array, at: number): string {
  let text: string
  try {
    text = strict.decode(bytes)
  } catch (cause) {
    throw new DecodeError('ERR_WBXML_ENCODING', `byte ${at}: a text that is not UTF-8`, { cause })
  }
  if (NOT_XML.test(text)) throw new DecodeError('ERR_WBXML_ENCODING', `byte ${at}: a character that XML does not have`)
  return text
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
/** XML 1.0, 2.2. */
const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u
