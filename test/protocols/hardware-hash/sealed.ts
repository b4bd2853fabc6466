import { createHash } from 'node:crypto'

/** Section 1.2: `OA`, a length, records, checksum; no padding. */
export function sealed(...records: number[][]): Uint8Array {
  const covered = Buffer.concat([Buffer.of(0x4f, 0x41, 0, 0), ...records.map((record) => Buffer.from(record))])
  covered.writeUInt16LE(covered.length, 2)
  const checksum = createHash('sha256').update(covered).digest()
  return Uint8Array.from(Buffer.concat([covered, Buffer.of(0x43, 0x53, 0x24, 0), checksum]))
}

/** One record: type, length, payload. */
export const record = (type: number, payload: ArrayLike<number>): number[] => {
  const length = 4 + payload.length
  return [type & 0xff, type >> 8, length & 0xff, length >> 8, ...Array.from(payload)]
}

export const text = (value: string): number[] => [...Buffer.from(value, 'latin1')]

/** A tool header of zeros. */
export const TOOL = record(1, new Uint8Array(24))
