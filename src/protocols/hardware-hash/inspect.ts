import { createHash } from 'node:crypto'
import { DecodeError } from '../../domain/trouble.ts'
import { assembleReport, type FoundRecord } from './assemble.ts'
import { CHECKSUM_RECORD_LENGTH, CHECKSUM_TYPE, HASH_LENGTH, PREFIX_LENGTH, RECORD_HEADER_LENGTH } from './container.ts'
import { decodeHardwareHash } from './decode.ts'
import type { Finding } from './finding.ts'
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
import { recordPlace } from './record-text.ts'
import type { HardwareReport } from './report.ts'

/** What could be read of a hash, and what is wrong with it. */
export interface HashInspection {
  report: HardwareReport
  /** Damage, then oddities; without an `error` among them it is a whole hash. */
  findings: Finding[]
  /** Bytes that were given. */
  size: number
  /** Length of the records with their prefix, as the hash states it. */
  totalLength: number
  /** Bytes up to the end of the last whole record: the total length, unless the hash was cut or changed. */
  readable: number
  records: { type: number; offset: number; length: number }[]
  /** Hexadecimal SHA-256; `stored` is left out when the hash ends before it. */
  checksum: { stored?: string; computed: string }
}

/**
 * Reads what can be read: a hash that was cut, changed or pasted with something behind it still shows the records that
 * are whole. Only what is no hardware hash at all is a DecodeError: `ERR_HASH_TOO_LARGE`, `ERR_HASH_BASE64` (no hash
 * begins before the bad character), `ERR_HASH_TRUNCATED` (less than four bytes) or `ERR_HASH_MAGIC`.
 */
export function inspectHardwareHash(input: Uint8Array | string): HashInspection {
  const { bytes, badAt } = readInput(input)
  const findings: Finding[] = []
  if (badAt !== undefined) {
    if (!isBegun(bytes)) throw notBase64(badAt)
    findings.push(damage(notBase64(badAt), bytes.length))
  }
  const totalLength = checkPrefix(bytes)
  const report = tryDecode(bytes)
  const end = report === undefined ? findEnd(bytes, totalLength, findings) : totalLength
  const records = splitRecords(bytes, end, (error, offset) =>
    findings.push(damage(cutRecord(bytes, error, offset), offset)),
  )
  if (records.length === 0) findings.push(damage(noRecords(), Math.min(PREFIX_LENGTH, bytes.length)))
  const inspection: HashInspection = {
    report: report ?? assembleReport(records, (error, { offset }) => findings.push(damage(error, offset))),
    findings,
    size: bytes.length,
    totalLength,
    readable: endOf(records),
    records: records.map(({ type, offset, payload }) => ({
      type,
      offset,
      length: RECORD_HEADER_LENGTH + payload.length,
    })),
    checksum: { computed: createHash('sha256').update(bytes.subarray(0, end)).digest('hex') },
  }
  if (end + CHECKSUM_RECORD_LENGTH <= bytes.length) {
    inspection.checksum.stored = Buffer.from(bytes.subarray(end + 4, end + CHECKSUM_RECORD_LENGTH)).toString('hex')
  }
  findings.push(...oddities(bytes, end, records))
  return inspection
}

function endOf(records: readonly FoundRecord[]): number {
  const last = records.at(-1)
  return last === undefined ? 0 : last.offset + RECORD_HEADER_LENGTH + last.payload.length
}

const isBegun = (bytes: Uint8Array): boolean => bytes.length > PREFIX_LENGTH && bytes[0] === 0x4f && bytes[1] === 0x41

function tryDecode(bytes: Uint8Array): HardwareReport | undefined {
  try {
    return decodeHardwareHash(bytes)
  } catch (error) {
    if (error instanceof DecodeError) return undefined
    throw error
  }
}

const damage = (error: DecodeError, offset: number): Finding => ({
  severity: 'error',
  code: error.code,
  message: error.message,
  offset,
})

/** Where the records of a damaged hash end: where it says so, else before its checksum record, else where it ends. */
function findEnd(bytes: Uint8Array, totalLength: number, findings: Finding[]): number {
  const found = checksumAt(bytes, totalLength)
  if (found !== undefined && found !== totalLength) {
    const text = `byte 2: the total length is ${totalLength}, but the checksum record begins at byte ${found}`
    findings.push(damage(new DecodeError('ERR_HASH_LENGTH', text), 2))
  } else if (totalLength < PREFIX_LENGTH) {
    findings.push(damage(prefixLength(totalLength), 2))
  }
  const end = found ?? (totalLength < PREFIX_LENGTH ? bytes.length : Math.min(totalLength, bytes.length))
  if (end + CHECKSUM_RECORD_LENGTH > bytes.length) {
    findings.push(damage(truncated(bytes.length, Math.max(end, totalLength) + CHECKSUM_RECORD_LENGTH), bytes.length))
  } else {
    const trouble = checksumTrouble(bytes, end)
    if (trouble !== undefined) findings.push(damage(trouble.error, trouble.offset))
  }
  return end
}

/** Follows the records to a checksum record; one at the place that the total length gives is preferred. */
function checksumAt(bytes: Uint8Array, totalLength: number): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let first: number | undefined
  for (let at = PREFIX_LENGTH; at + RECORD_HEADER_LENGTH <= bytes.length; ) {
    const length = view.getUint16(at + 2, true)
    if (view.getUint16(at, true) === CHECKSUM_TYPE && length === CHECKSUM_RECORD_LENGTH) {
      if (at === totalLength) return at
      first ??= at
    }
    if (length < RECORD_HEADER_LENGTH) break
    at += length
  }
  return first
}

/** Says which record it was that runs over the end of the input. */
function cutRecord(bytes: Uint8Array, error: DecodeError, offset: number): DecodeError {
  if (offset + RECORD_HEADER_LENGTH > bytes.length) return error
  const [type, length] = [bytes[offset]! + 256 * bytes[offset + 1]!, bytes[offset + 2]! + 256 * bytes[offset + 3]!]
  if (length < RECORD_HEADER_LENGTH || offset + length <= bytes.length) return error
  const there = bytes.length - offset
  return new DecodeError(error.code, `${recordPlace(type, offset)}: ${there} of its ${length} bytes are there`)
}

function oddities(bytes: Uint8Array, end: number, records: readonly FoundRecord[]): Finding[] {
  const found: Finding[] = []
  const seen = new Set<number>()
  for (const { type, offset } of records) {
    if (seen.has(type) && type !== 8) {
      const message = `${recordPlace(type, offset)}: a second one of a kind that comes once`
      found.push({ severity: 'warning', code: 'HASH_RECORD_REPEATED', message, offset })
    }
    seen.add(type)
  }
  if (records[0]?.type !== 1) {
    const message = seen.has(1) ? 'the tool header is not the first record' : 'there is no tool header'
    const why = 'every hash that a tool of Microsoft made begins with record 1'
    found.push({
      severity: 'warning',
      code: 'HASH_TOOL_HEADER',
      message,
      offset: PREFIX_LENGTH,
      why,
      source: '1.2 [V]',
    })
  }
  const tail = bytes.subarray(end + CHECKSUM_RECORD_LENGTH)
  const junk = tail.findIndex((byte) => byte !== 0)
  if (junk >= 0) {
    const offset = end + CHECKSUM_RECORD_LENGTH + junk
    const message = `byte ${offset}: something follows the checksum, where zeros belong`
    found.push({ severity: 'warning', code: 'HASH_TRAILING_BYTES', message, offset })
  }
  if (bytes.length !== HASH_LENGTH) {
    const message = `${bytes.length} bytes instead of ${HASH_LENGTH}`
    found.push({ severity: 'note', code: 'HASH_SIZE', message, offset: bytes.length, source: '1.2 [O]' })
  }
  return found
}
