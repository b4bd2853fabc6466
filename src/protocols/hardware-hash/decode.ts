import { createHash } from 'node:crypto'
import { DecodeError } from '../../domain/trouble.ts'
import { PayloadReader } from './byte-cursor.ts'
import { CHECKSUM_RECORD_LENGTH, CHECKSUM_TYPE, MAGIC, PREFIX_LENGTH, RECORD_HEADER_LENGTH } from './container.ts'
import { RECORD_CODECS } from './records.ts'
import type { HardwareReport, RawRecord, ToolHeader } from './report.ts'

const CODEC_BY_TYPE = new Map(RECORD_CODECS.map((codec) => [codec.type, codec]))

const TOOL_HEADER_TYPE = 1

/**
 * Reads a hardware hash: bytes, or base64 with or without its padding and its trailing zeros (device-identity.md
 * sections 1.2 to 1.4). What follows the checksum is ignored; records without a known meaning are kept raw.
 *
 * Malformed input is a DecodeError that names the byte: `ERR_HASH_BASE64`, `ERR_HASH_TRUNCATED`, `ERR_HASH_MAGIC`,
 * `ERR_HASH_LENGTH` (container), `ERR_HASH_RECORD_LENGTH`, `ERR_HASH_RECORD_SHORT`, `ERR_HASH_NUMBER`,
 * `ERR_HASH_TOOL_HEADER` (record 1 is not the first) or `ERR_HASH_CHECKSUM`.
 */
export function decodeHardwareHash(input: Uint8Array | string): HardwareReport {
  const bytes = typeof input === 'string' ? fromBase64(input) : input
  const totalLength = checkContainer(bytes)
  const records = readRecords(bytes, totalLength)
  if (records[0]?.type !== TOOL_HEADER_TYPE) {
    throw new DecodeError('ERR_HASH_TOOL_HEADER', `byte ${PREFIX_LENGTH}: the first record is not the tool header`)
  }
  // Record 1 was just seen, and it is the first to be read.
  const report: HardwareReport = { tool: undefined as unknown as ToolHeader, adapters: [], unknown: [] }
  for (const record of records) {
    const reader = new PayloadReader(record.payload, `record ${record.type} at byte ${record.offset}`)
    const known = CODEC_BY_TYPE.get(record.type)?.decode(reader, report) ?? false
    if (!known) report.unknown.push({ type: record.type, payload: record.payload })
  }
  return report
}

function fromBase64(text: string): Uint8Array {
  const compact = text.replace(/\s+/g, '')
  const bad = /[^A-Za-z0-9+/]/.exec(compact.replace(/={1,2}$/, ''))
  if (bad !== null) throw new DecodeError('ERR_HASH_BASE64', `character ${bad.index} is not base64`)
  // Trailing `A`s are zero bits: senders drop them, so we may add them.
  const digits = compact.replace(/=+$/, '')
  return Uint8Array.from(Buffer.from(digits + 'A'.repeat((4 - (digits.length % 4)) % 4), 'base64'))
}

/** Checks magic, length and checksum; returns the end of the records. */
function checkContainer(bytes: Uint8Array): number {
  if (bytes.length < PREFIX_LENGTH) throw truncated(bytes.length, PREFIX_LENGTH)
  if (bytes[0] !== MAGIC[0] || bytes[1] !== MAGIC[1]) {
    throw new DecodeError('ERR_HASH_MAGIC', 'byte 0: a hardware hash begins with "OA"')
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const totalLength = view.getUint16(2, true)
  if (totalLength < PREFIX_LENGTH) {
    throw new DecodeError('ERR_HASH_LENGTH', `byte 2: a total length of ${totalLength} does not hold its own prefix`)
  }
  const end = totalLength + CHECKSUM_RECORD_LENGTH
  if (bytes.length < end) throw truncated(bytes.length, end)
  if (view.getUint16(totalLength, true) !== CHECKSUM_TYPE) {
    throw new DecodeError('ERR_HASH_CHECKSUM', `byte ${totalLength}: no checksum record after the records`)
  }
  if (view.getUint16(totalLength + 2, true) !== CHECKSUM_RECORD_LENGTH) {
    throw new DecodeError('ERR_HASH_CHECKSUM', `byte ${totalLength + 2}: a checksum record has 36 bytes`)
  }
  const expected = createHash('sha256').update(bytes.subarray(0, totalLength)).digest()
  if (!expected.equals(bytes.subarray(totalLength + RECORD_HEADER_LENGTH, end))) {
    const place = `byte ${totalLength + RECORD_HEADER_LENGTH}`
    throw new DecodeError('ERR_HASH_CHECKSUM', `${place}: not the SHA-256 of the ${totalLength} bytes before it`)
  }
  return totalLength
}

function readRecords(bytes: Uint8Array, end: number): (RawRecord & { offset: number })[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const records = []
  let offset = PREFIX_LENGTH
  while (offset < end) {
    const length = offset + RECORD_HEADER_LENGTH <= end ? view.getUint16(offset + 2, true) : 0
    if (length < RECORD_HEADER_LENGTH || offset + length > end) {
      const text = `byte ${offset}: a record of ${length} bytes does not fit before byte ${end}`
      throw new DecodeError('ERR_HASH_RECORD_LENGTH', text)
    }
    const payload = bytes.slice(offset + RECORD_HEADER_LENGTH, offset + length)
    records.push({ type: view.getUint16(offset, true), payload, offset })
    offset += length
  }
  return records
}

const truncated = (have: number, need: number): DecodeError =>
  new DecodeError('ERR_HASH_TRUNCATED', `byte ${have}: the input ends, but its length says ${need} bytes`)
