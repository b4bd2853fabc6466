import { isUtf8 } from 'node:buffer'

/**
 * A log file as text: UTF-8, UTF-16 of either order with or without its mark, else Windows-1252, in which names and numbers are as in all
 * code pages of Windows. Undefined for what is no text.
 */
export function decodeText(bytes: Uint8Array): string | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const order = utf16Order(buffer)
  if (order === 'le') return withoutMark(buffer.toString('utf16le'))
  if (order === 'be') return withoutMark(new TextDecoder('utf-16be').decode(buffer))
  // One NUL may be damage; a binary file is full of them.
  if (nulsIn(buffer.subarray(0, HEAD)) > 1) return undefined
  return withoutMark(isUtf8(buffer) ? buffer.toString('utf8') : new TextDecoder('windows-1252').decode(buffer))
}

const HEAD = 4096

const withoutMark = (text: string): string => text.replace(/^\ufeff/, '')

/** By its mark, or by where the zeros of its first characters are. */
function utf16Order(buffer: Buffer): 'le' | 'be' | undefined {
  const [one, two] = buffer
  if (one === 0xff && two === 0xfe) return 'le'
  if (one === 0xfe && two === 0xff) return 'be'
  const head = buffer.subarray(0, 64)
  if (head.length < 8) return undefined
  const zeros = [0, 0]
  head.forEach((byte, index) => {
    if (byte === 0) zeros[index & 1]!++
  })
  if (zeros[0] === 0 && zeros[1]! > head.length / 4) return 'le'
  return zeros[1] === 0 && zeros[0]! > head.length / 4 ? 'be' : undefined
}

function nulsIn(bytes: Uint8Array): number {
  let count = 0
  for (const byte of bytes) if (byte === 0) count++
  return count
}
