import { isUtf8 } from 'node:buffer'
import { statSync } from 'node:fs'
import { UserError } from '../domain/trouble.ts'
import { readBounded } from './read-bounded.ts'

/**
 * A whole file that a person wrote, without the byte order mark that some editors put before it. Codes `ERR_NOT_READABLE`,
 * `ERR_YAML_TOO_LARGE`, `ERR_FILE_ENCODING`.
 *
 * @param shown what messages call the file; one that cannot be read is called as its user did: `named`
 */
export function readTextFile(path: string, shown: string, bytesMax: number, named = shown): string {
  let bytes: Buffer
  try {
    const kind = statSync(path)
    // A pipe would never answer, and a device never end.
    if (!kind.isFile() && !kind.isDirectory()) throw new Error('it is no plain file')
    bytes = readBounded(path, bytesMax)
  } catch (error) {
    throw new UserError('ERR_NOT_READABLE', `${named} cannot be read: ${(error as Error).message}`)
  }
  if (bytes.length > bytesMax) throw new UserError('ERR_YAML_TOO_LARGE', `${shown}: larger than ${bytesMax / 1024} KiB`)
  return decodeText(bytes, shown)
}

const HINT = 'Save it as UTF-8, and try again'

/** Code `ERR_FILE_ENCODING`: another encoding, or bytes that are no text. */
export function decodeText(bytes: Uint8Array, shown: string): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const other = otherEncoding(buffer)
  if (other) throw new UserError('ERR_FILE_ENCODING', `${shown}:1:1: the file is ${other}, from byte 0 on`, [HINT])
  const text = buffer.toString('utf8')
  if (!isUtf8(buffer)) {
    const at = firstWrongByte(buffer, text)
    const byte = `0x${buffer[at]!.toString(16).padStart(2, '0')}`
    throw new UserError(
      'ERR_FILE_ENCODING',
      `${placeOf(shown, buffer, at)}: byte ${at} is ${byte}, which is not UTF-8`,
      [`The file may be Latin-1 or Windows-1252. ${HINT}`],
    )
  }
  const nul = buffer.indexOf(0)
  if (nul >= 0) {
    const message = `${placeOf(shown, buffer, nul)}: byte ${nul} is NUL, which no text has`
    throw new UserError('ERR_FILE_ENCODING', message, [`The file may be damaged, or no text at all. ${HINT}`])
  }
  return text.replace(/^\ufeff/, '')
}

/** By its byte order mark, or by how an ASCII character looks in it: a file of ours begins with a key or a comment. */
function otherEncoding(bytes: Buffer): string | undefined {
  const [one, two, three, four] = bytes
  if (one === 0xff && two === 0xfe && three === 0 && four === 0) return 'UTF-32 (little-endian)'
  if (one === 0 && two === 0 && three === 0xfe && four === 0xff) return 'UTF-32 (big-endian)'
  if (one === 0xff && two === 0xfe) return 'UTF-16 (little-endian)'
  if (one === 0xfe && two === 0xff) return 'UTF-16 (big-endian)'
  if (isPrintable(one) && two === 0 && isPrintable(three) && four === 0) return 'UTF-16 (little-endian)'
  if (one === 0 && isPrintable(two) && three === 0 && isPrintable(four)) return 'UTF-16 (big-endian)'
  return undefined
}

const isPrintable = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x20 && byte < 0x7f

/** The decoder writes U+FFFD for what it cannot read, which a file may also hold itself. */
function firstWrongByte(bytes: Buffer, text: string): number {
  let at = 0
  for (const char of text) {
    const length = Buffer.byteLength(char)
    if (char === '\ufffd' && bytes.toString('latin1', at, at + 3) !== '\xef\xbf\xbd') return at
    at += length
  }
  return 0
}

/** `file:line:column`, for the byte at this offset. */
function placeOf(shown: string, bytes: Buffer, offset: number): string {
  const before = bytes.toString('utf8', 0, offset)
  const line = before.split('\n').length
  return `${shown}:${line}:${[...before.slice(before.lastIndexOf('\n') + 1)].length + 1}`
}
