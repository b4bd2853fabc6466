import { crc32 } from 'node:zlib'

/** Closes a line: CRC-32 of all before it, as eight hexadecimal digits. */
const SUM = /,"crc":"([0-9a-f]{8})"\}$/

/** CRC-32 of all pieces together, as eight hexadecimal digits. */
export const sumOf = (...pieces: readonly (string | Uint8Array)[]): string =>
  pieces
    .reduce((sum: number, piece) => crc32(piece, sum), 0)
    .toString(16)
    .padStart(8, '0')

/** An object as a line of JSON whose last member is the sum of the others. */
export function summed(value: object): string {
  const text = JSON.stringify(value)
  return `${text.slice(0, -1)},"crc":"${sumOf(text)}"}`
}

/** Whether a line is as it was written; undefined for one without a sum. */
export function isAsWritten(line: string): boolean | undefined {
  const sum = SUM.exec(line)?.[1]
  return sum === undefined ? undefined : sumOf(line.replace(SUM, '}')) === sum
}
