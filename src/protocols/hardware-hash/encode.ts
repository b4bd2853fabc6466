import { createHash } from 'node:crypto'
import { PayloadWriter } from './byte-cursor.ts'
import { CHECKSUM_RECORD_LENGTH, CHECKSUM_TYPE, HASH_LENGTH, MAGIC, RECORD_HEADER_LENGTH } from './container.ts'
import { RECORD_CODECS } from './records.ts'
import type { HardwareReport, RawRecord } from './report.ts'

/**
 * The 3000 bytes of a hardware hash (device-identity.md section 1.2): records in the tool's order, unknown ones after
 * the known ones, SHA-256 over all of it, zeros. A value that its record cannot hold, or a report that is too long,
 * is a RangeError.
 */
export function encodeHardwareHash(report: HardwareReport): Uint8Array {
  const records: RawRecord[] = RECORD_CODECS.flatMap(({ type, encode }) =>
    encode(report).map((payload) => ({ type, payload })),
  )
  const body = new PayloadWriter()
  for (const record of [...records, ...report.unknown]) writeRecord(body, record)

  const bodyBytes = body.done()
  const totalLength = MAGIC.length + 2 + bodyBytes.length
  if (totalLength + CHECKSUM_RECORD_LENGTH > HASH_LENGTH) {
    throw new RangeError(`a report of ${totalLength} bytes does not fit a hardware hash of ${HASH_LENGTH} bytes`)
  }
  const covered = new PayloadWriter().raw(MAGIC).u16(totalLength).raw(bodyBytes).done()
  const trailer = new PayloadWriter()
  writeRecord(trailer, { type: CHECKSUM_TYPE, payload: createHash('sha256').update(covered).digest() })

  const hash = new Uint8Array(HASH_LENGTH)
  hash.set(covered)
  hash.set(trailer.done(), totalLength)
  return hash
}

export const hardwareHashToBase64 = (hash: Uint8Array): string => Buffer.from(hash).toString('base64')

function writeRecord(writer: PayloadWriter, { type, payload }: RawRecord): void {
  writer
    .u16(type)
    .u16(RECORD_HEADER_LENGTH + payload.length)
    .raw(payload)
}
