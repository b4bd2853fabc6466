import { join, readWhole, sized, type TpmReader, u8, u16, u32, u64 } from './bytes.ts'
import { GENERATED, ST } from './constants.ts'
import { encodePcrSelections, type PcrSelection, readPcrSelections } from './pcr.ts'

/** TPMS_CLOCK_INFO (TPM 2.0 Library, Part 2, 10.11.1). */
export interface ClockInfo {
  /** Milliseconds. */
  clock: bigint
  resetCount: number
  restartCount: number
  safe: boolean
}

export type Attested =
  | { kind: 'quote'; selections: readonly PcrSelection[]; pcrDigest: Uint8Array }
  | { kind: 'creation'; objectName: Uint8Array; creationHash: Uint8Array }
  | { kind: 'certify'; name: Uint8Array; qualifiedName: Uint8Array }

/** TPMS_ATTEST (Part 2, 10.12.12). */
export interface Attest {
  /** Qualified name of the key that signs. */
  qualifiedSigner: Uint8Array
  /** What the caller gave along: a nonce. */
  extraData: Uint8Array
  clockInfo: ClockInfo
  firmwareVersion: bigint
  attested: Attested
}

const TAG = { quote: ST.ATTEST_QUOTE, creation: ST.ATTEST_CREATION, certify: ST.ATTEST_CERTIFY } as const

export function encodeAttest({ qualifiedSigner, extraData, clockInfo, firmwareVersion, attested }: Attest): Uint8Array {
  const { clock, resetCount, restartCount, safe } = clockInfo
  return join(
    u32(GENERATED),
    u16(TAG[attested.kind]),
    sized(qualifiedSigner),
    sized(extraData),
    u64(clock),
    u32(resetCount),
    u32(restartCount),
    u8(safe ? 1 : 0),
    u64(firmwareVersion),
    ...bodyOf(attested),
  )
}

function bodyOf(attested: Attested): Uint8Array[] {
  switch (attested.kind) {
    case 'quote':
      return [encodePcrSelections(attested.selections), sized(attested.pcrDigest)]
    case 'creation':
      return [sized(attested.objectName), sized(attested.creationHash)]
    case 'certify':
      return [sized(attested.name), sized(attested.qualifiedName)]
  }
}

/** `ERR_TPM_TRUNCATED`, `ERR_TPM_TRAILING`, `ERR_TPM_MAGIC` when no TPM has made it, `ERR_TPM_TAG` for another kind. */
export const decodeAttest = (bytes: Uint8Array): Attest =>
  readWhole(bytes, 'an attestation', (reader) => {
    if (reader.u32() !== GENERATED) throw reader.trouble('ERR_TPM_MAGIC', 'this is nothing that a TPM has made', 4)
    const tag = reader.u16()
    const tagAt = reader.offset
    return {
      qualifiedSigner: reader.sized(),
      extraData: reader.sized(),
      clockInfo: {
        clock: reader.u64(),
        resetCount: reader.u32(),
        restartCount: reader.u32(),
        safe: reader.u8() === 1,
      },
      firmwareVersion: reader.u64(),
      attested: readAttested(reader, tag, reader.offset - tagAt + 2),
    }
  })

function readAttested(reader: TpmReader, tag: number, back: number): Attested {
  switch (tag) {
    case TAG.quote:
      return { kind: 'quote', selections: readPcrSelections(reader), pcrDigest: reader.sized() }
    case TAG.creation:
      return { kind: 'creation', objectName: reader.sized(), creationHash: reader.sized() }
    case TAG.certify:
      return { kind: 'certify', name: reader.sized(), qualifiedName: reader.sized() }
    default:
      throw reader.trouble('ERR_TPM_TAG', `0x${tag.toString(16)} is no attestation of ours`, back)
  }
}
