import { createHash } from 'node:crypto'
import { join, list, type TpmReader, u8, u16 } from './bytes.ts'

/** TPMS_PCR_SELECTION: registers of one bank (TPM 2.0 Library, Part 2, 10.6.2). */
export interface PcrSelection {
  /** TPM_ALG_ID of the bank. */
  hash: number
  /** Ascending, 0 to 23. */
  pcrs: readonly number[]
}

const SELECT_SIZE = 3
const BANKS_MAX = 16

/** TPML_PCR_SELECTION, each with a bitmap of 3 bytes. */
export const encodePcrSelections = (selections: readonly PcrSelection[]): Uint8Array =>
  list(
    selections.map(({ hash, pcrs }) => {
      const bitmap = new Uint8Array(SELECT_SIZE)
      for (const pcr of pcrs) {
        if (pcr < 0 || pcr >= SELECT_SIZE * 8) throw new RangeError(`there is no PCR ${pcr}`)
        bitmap[pcr >> 3]! |= 1 << (pcr & 7)
      }
      return join(u16(hash), u8(SELECT_SIZE), bitmap)
    }),
  )

/** `ERR_TPM_SIZE` for more than 16 banks or a bitmap of more than 4 bytes. */
export const readPcrSelections = (reader: TpmReader): PcrSelection[] =>
  reader.list(BANKS_MAX, () => {
    const hash = reader.u16()
    const size = reader.u8()
    if (size > 4) throw reader.trouble('ERR_TPM_SIZE', `a bitmap of ${size} bytes`, 1)
    const pcrs = [...reader.bytes(size)].flatMap((byte, index) =>
      Array.from({ length: 8 }, (_, bit) => ((byte >> bit) & 1 ? index * 8 + bit : -1)).filter((pcr) => pcr >= 0),
    )
    return { hash, pcrs }
  })

/** What a quote covers: the hash over the values, in ascending order of their registers. */
export function pcrDigest(values: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256')
  for (const value of values) hash.update(value)
  return new Uint8Array(hash.digest())
}

/** The value of a register after an extend. */
export const extended = (value: Uint8Array, digest: Uint8Array): Uint8Array =>
  new Uint8Array(createHash('sha256').update(value).update(digest).digest())
