import { assembleReport, type FoundRecord, layoutOf } from './assemble.ts'
import { CHECKSUM_RECORD_LENGTH, HASH_LENGTH, PREFIX_LENGTH } from './container.ts'
import { readInput } from './input.ts'
import {
  checkPrefix,
  checksumTrouble,
  noRecords,
  notBase64,
  prefixLength,
  splitRecords,
  truncated,
} from './read-container.ts'
import type { HardwareReport, HashLayout } from './report.ts'

/**
 * Reads a hardware hash: bytes, or base64 with or without its padding and its trailing zeros (device-identity.md
 * sections 1.2 to 1.4). Records without a known meaning are kept raw, and what is unusual about the bytes is in the
 * report's `layout`: `encodeHardwareHash` gives back what was read.
 *
 * Malformed input is a DecodeError that names the byte: `ERR_HASH_TOO_LARGE`, `ERR_HASH_BASE64`, `ERR_HASH_TRUNCATED`,
 * `ERR_HASH_MAGIC`, `ERR_HASH_LENGTH` (container), `ERR_HASH_CHECKSUM`, `ERR_HASH_RECORD_LENGTH`, `ERR_HASH_EMPTY`,
 * `ERR_HASH_RECORD_SHORT` or `ERR_HASH_NUMBER`. `inspectHardwareHash` reads what can be read in spite of them.
 */
export function decodeHardwareHash(input: Uint8Array | string): HardwareReport {
  const { bytes, badAt } = readInput(input)
  if (badAt !== undefined) throw notBase64(badAt)
  const totalLength = checkContainer(bytes)
  const records = splitRecords(bytes, totalLength)
  if (records.length === 0) throw noRecords()
  const report = assembleReport(records, (error) => {
    throw error
  })
  const layout = hashLayout(report, records, bytes.length, bytes.subarray(totalLength + CHECKSUM_RECORD_LENGTH))
  return layout.records || layout.tail ? { ...report, layout } : report
}

/** Checks magic, length and checksum; returns the end of the records. */
function checkContainer(bytes: Uint8Array): number {
  const totalLength = checkPrefix(bytes)
  if (totalLength < PREFIX_LENGTH) throw prefixLength(totalLength)
  const end = totalLength + CHECKSUM_RECORD_LENGTH
  if (bytes.length < end) throw truncated(bytes.length, end)
  const trouble = checksumTrouble(bytes, totalLength)
  if (trouble !== undefined) throw trouble.error
  return totalLength
}

const ZEROS = Buffer.alloc(HASH_LENGTH)

/** @param tail the bytes after the checksum record */
function hashLayout(report: HardwareReport, found: FoundRecord[], length: number, tail: Uint8Array) {
  const layout: HashLayout = {}
  const records = layoutOf(report, found)
  if (records !== undefined) layout.records = records
  if (length !== HASH_LENGTH || !ZEROS.subarray(0, tail.length).equals(tail)) layout.tail = tail.slice()
  return layout
}
