import { createHash } from 'node:crypto'
import { DecodeError } from '../../domain/trouble.ts'
import type { FoundRecord } from './assemble.ts'
import { CHECKSUM_RECORD_LENGTH, CHECKSUM_TYPE, MAGIC, PREFIX_LENGTH, RECORD_HEADER_LENGTH } from './container.ts'

/** Checks the magic; returns the total length as it is stated. */
export function checkPrefix(bytes: Uint8Array): number {
  if (bytes.length < PREFIX_LENGTH) throw truncated(bytes.length, PREFIX_LENGTH)
  if (bytes[0] !== MAGIC[0] || bytes[1] !== MAGIC[1]) {
    throw new DecodeError('ERR_HASH_MAGIC', 'byte 0: a hardware hash begins with "OA"')
  }
  return bytes[2]! + 256 * bytes[3]!
}

/** What is wrong with the checksum record at a byte, all of which must be there. */
export function checksumTrouble(bytes: Uint8Array, at: number): { offset: number; error: DecodeError } | undefined {
  const trouble = (offset: number, text: string) => ({
    offset,
    error: new DecodeError('ERR_HASH_CHECKSUM', `byte ${offset}: ${text}`),
  })
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.getUint16(at, true) !== CHECKSUM_TYPE) return trouble(at, 'no checksum record after the records')
  if (view.getUint16(at + 2, true) !== CHECKSUM_RECORD_LENGTH) {
    return trouble(at + 2, 'a checksum record has 36 bytes')
  }
  const digest = at + RECORD_HEADER_LENGTH
  const expected = createHash('sha256').update(bytes.subarray(0, at)).digest()
  if (expected.equals(bytes.subarray(digest, at + CHECKSUM_RECORD_LENGTH))) return undefined
  return trouble(digest, `not the SHA-256 of the ${at} bytes before it`)
}

/** The records up to `end`. The first one that does not fit goes to `complain`; when that returns, it ends the list. */
export function splitRecords(
  bytes: Uint8Array,
  end: number,
  complain: (error: DecodeError, offset: number) => void = (error) => {
    throw error
  },
): FoundRecord[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const records: FoundRecord[] = []
  let offset = PREFIX_LENGTH
  while (offset < end) {
    const length = offset + RECORD_HEADER_LENGTH <= end ? view.getUint16(offset + 2, true) : 0
    if (length < RECORD_HEADER_LENGTH || offset + length > end) {
      const text = `byte ${offset}: a record of ${length} bytes does not fit before byte ${end}`
      complain(new DecodeError('ERR_HASH_RECORD_LENGTH', text), offset)
      break
    }
    const payload = bytes.slice(offset + RECORD_HEADER_LENGTH, offset + length)
    records.push({ type: view.getUint16(offset, true), payload, offset })
    offset += length
  }
  return records
}

export const noRecords = (): DecodeError =>
  new DecodeError('ERR_HASH_EMPTY', `byte ${PREFIX_LENGTH}: the hash holds no record`)

export const prefixLength = (totalLength: number): DecodeError =>
  new DecodeError('ERR_HASH_LENGTH', `byte 2: a total length of ${totalLength} does not hold its own prefix`)

export const truncated = (have: number, need: number): DecodeError =>
  new DecodeError('ERR_HASH_TRUNCATED', `byte ${have}: the input ends, but its length says ${need} bytes`)

export const notBase64 = (at: number): DecodeError =>
  new DecodeError('ERR_HASH_BASE64', `character ${at} is not base64`)
