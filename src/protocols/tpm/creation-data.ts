import { createHash } from 'node:crypto'
import { join, readWhole, sized, type TpmReader, u8, u16, u32 } from './bytes.ts'
import { encodePcrSelections, type PcrSelection, readPcrSelections } from './pcr.ts'

/** TPMS_CREATION_DATA (TPM 2.0 Library, Part 2, 15.1). */
export interface CreationData {
  selections: readonly PcrSelection[]
  pcrDigest: Uint8Array
  /** TPMA_LOCALITY. */
  locality: number
  parentNameAlg: number
  /** Of a primary key the handle of its hierarchy. */
  parentName: Uint8Array
  parentQualifiedName: Uint8Array
  outsideInfo: Uint8Array
}

export const encodeCreationData = (data: CreationData): Uint8Array =>
  join(
    encodePcrSelections(data.selections),
    sized(data.pcrDigest),
    u8(data.locality),
    u16(data.parentNameAlg),
    sized(data.parentName),
    sized(data.parentQualifiedName),
    sized(data.outsideInfo),
  )

/** `ERR_TPM_…` on malformed input. */
export const decodeCreationData = (bytes: Uint8Array): CreationData =>
  readWhole(bytes, 'creation data', (reader) => ({
    selections: readPcrSelections(reader),
    pcrDigest: reader.sized(),
    locality: reader.u8(),
    parentNameAlg: reader.u16(),
    parentName: reader.sized(),
    parentQualifiedName: reader.sized(),
    outsideInfo: reader.sized(),
  }))

export const creationHash = (encoded: Uint8Array): Uint8Array =>
  new Uint8Array(createHash('sha256').update(encoded).digest())

/** TPMT_TK_*: what only this TPM can have made (Part 2, 10.7). */
export interface Ticket {
  tag: number
  hierarchy: number
  digest: Uint8Array
}

export const encodeTicket = ({ tag, hierarchy, digest }: Ticket): Uint8Array =>
  join(u16(tag), u32(hierarchy), sized(digest))

export const readTicket = (reader: TpmReader): Ticket => ({
  tag: reader.u16(),
  hierarchy: reader.u32(),
  digest: reader.sized(),
})
