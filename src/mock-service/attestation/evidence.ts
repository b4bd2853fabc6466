import { DecodeError } from '../../domain/trouble.ts'
import type { JsonObject } from '../../protocols/json.ts'

/** What a device sends to prove its TPM (docs/lookup.md). */
export interface Evidence {
  hardwareHash: string
  /** The device's clock, Unix milliseconds. */
  clientTime: number
  clientTimeText: string
  ekPub: Uint8Array
  ekCertificate: Uint8Array
  ekChain: Uint8Array[]
  aikPub: Uint8Array
  creationData: Uint8Array
  attest: Uint8Array
  signature: Uint8Array
}

export const MALFORMED = 'ERR_ATTESTATION_MALFORMED'

const CHAIN_MAX = 8

/** @throws DecodeError `ERR_ATTESTATION_MALFORMED` */
export function readEvidence(body: JsonObject): Evidence {
  const clientTimeText = body.string('clientTime')
  const clientTime = Date.parse(clientTimeText)
  if (Number.isNaN(clientTime)) throw new DecodeError(MALFORMED, 'clientTime is no time')
  return {
    hardwareHash: body.string('hardwareHash'),
    clientTime,
    clientTimeText,
    ekPub: bytes(body, 'ekPub'),
    ekCertificate: bytes(body, 'ekCertificate'),
    ekChain: body
      .list('ekChain')
      .slice(0, CHAIN_MAX)
      .map((entry) => bytes(entry, 'certificate')),
    aikPub: bytes(body, 'aikPub'),
    creationData: bytes(body, 'creationData'),
    attest: bytes(body, 'attest'),
    signature: bytes(body, 'signature'),
  }
}

function bytes(body: JsonObject, name: string): Uint8Array {
  const text = body.string(name)
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) throw new DecodeError(MALFORMED, `${name} is not base64`)
  return new Uint8Array(Buffer.from(text, 'base64'))
}
