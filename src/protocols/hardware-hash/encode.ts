import { createHash } from 'node:crypto'
import { recordsOf } from './assemble.ts'
import { PayloadWriter } from './byte-cursor.ts'
import { CHECKSUM_RECORD_LENGTH, CHECKSUM_TYPE, HASH_LENGTH, MAGIC, RECORD_HEADER_LENGTH } from './container.ts'
import type { HardwareReport, RawRecord } from './report.ts'

/**
 * The bytes of a hardware hash (device-identity.md section 1.2): records in the tool's order, unknown ones after the
 * known ones, SHA-256 over all of it, zeros up to 3000 bytes. A report that was read from other bytes gives back those:
 * {@link standardHardwareHash} makes 3000 of them. A value that its record cannot hold, or a report that is too long,
 * is a RangeError.
 */
export function encodeHardwareHash(report: HardwareReport): Uint8Array {
  const body = new PayloadWriter()
  for (const record of recordsOf(report)) writeRecord(body, record)
  const bodyBytes = body.done()
  const totalLength = MAGIC.length + 2 + bodyBytes.length
  const end = totalLength + CHECKSUM_RECORD_LENGTH
  const tail = report.layout?.tail
  if (tail === undefined && end > HASH_LENGTH) {
    throw new RangeError(`a report of ${totalLength} bytes does not fit a hardware hash of ${HASH_LENGTH} bytes`)
  }
  const covered = new PayloadWriter().raw(MAGIC).u16(totalLength).raw(bodyBytes).done()
  const trailer = new PayloadWriter()
  writeRecord(trailer, { type: CHECKSUM_TYPE, payload: createHash('sha256').update(covered).digest() })

  const hash = new Uint8Array(tail === undefined ? HASH_LENGTH : end + tail.length)
  hash.set(covered)
  hash.set(trailer.done(), totalLength)
  if (tail !== undefined) hash.set(tail, end)
  return hash
}

/** The same records in exactly 3000 bytes, whatever the report was read from. */
export function standardHardwareHash({ layout, ...report }: HardwareReport): Uint8Array {
  return encodeHardwareHash(layout?.records === undefined ? report : { ...report, layout: { records: layout.records } })
}

export const hardwareHashToBase64 = (hash: Uint8Array): string => Buffer.from(hash).toString('base64')

function writeRecord(writer: PayloadWriter, { type, payload }: RawRecord): void {
  writer
    .u16(type)
    .u16(RECORD_HEADER_LENGTH + payload.length)
    .raw(payload)
}
