import { DecodeError } from '../../domain/trouble.ts'

/**
 * Bytes as UTF-8, strictly: no replacement characters, a leading byte order mark dropped.
 *
 * @throws DecodeError `ERR_XML_ENCODING`, naming the first bad byte.
 */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    const at = firstBadByte(bytes)
    const shown = bytes[at]?.toString(16).padStart(2, '0') ?? 'end of input'
    throw new DecodeError('ERR_XML_ENCODING', `1:1 not UTF-8: byte ${at} (${shown})`, { cause })
  }
}

/** Where lenient decoding first changes the input. */
function firstBadByte(bytes: Uint8Array): number {
  const lenient = new TextEncoder().encode(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes))
  const at = lenient.findIndex((byte, index) => byte !== bytes[index])
  return at === -1 ? bytes.length : at
}
