import { DecodeError } from '../../domain/trouble.ts'
import { BYTES_MAX, TEXT_LENGTH_MAX } from './container.ts'

/**
 * The bytes of a hash that is given as bytes or as base64. `badAt` is the place of a character that is not base64.
 *
 * @throws DecodeError `ERR_HASH_TOO_LARGE` for what is too long to be a hash, before it is decoded
 */
export function readInput(input: Uint8Array | string): { bytes: Uint8Array; badAt?: number } {
  checkSize(input)
  if (typeof input === 'string') return readBase64(input)
  // A Buffer's `slice` would share memory with the caller.
  return { bytes: new Uint8Array(input.buffer, input.byteOffset, input.length) }
}

function checkSize(input: Uint8Array | string): void {
  const isText = typeof input === 'string'
  if (input.length <= (isText ? TEXT_LENGTH_MAX : BYTES_MAX)) return
  const [limit, unit] = isText ? [TEXT_LENGTH_MAX, 'characters'] : [BYTES_MAX, 'bytes']
  throw new DecodeError('ERR_HASH_TOO_LARGE', `${input.length} ${unit} are no hardware hash: it has at most ${limit}`)
}

const BASE64 = /^([A-Za-z0-9+/\s]*)(?:=\s*){0,2}/

/**
 * Bytes of base64 text with or without its padding; white space is allowed anywhere. `badAt` is the place of the first
 * character that does not belong there, counted from 0 in the text as given: what comes before it is in `bytes`.
 */
function readBase64(text: string): { bytes: Uint8Array; badAt?: number } {
  const [whole, body] = BASE64.exec(text) as unknown as [string, string]
  const digits = body.replace(/\s+/g, '')
  // Trailing `A`s are zero bits: senders drop them, so we may add them. Where there is a `=`, nothing was dropped.
  const missing = whole.includes('=') ? 0 : (4 - (digits.length % 4)) % 4
  const bytes = new Uint8Array(Buffer.from(digits + 'A'.repeat(missing), 'base64'))
  return whole.length === text.length ? { bytes } : { bytes, badAt: whole.length }
}
