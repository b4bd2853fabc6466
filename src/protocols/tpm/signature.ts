import { verify } from 'node:crypto'
import { join, readWhole, sized, u16 } from './bytes.ts'
import { ALG } from './constants.ts'
import { publicKeyOf, type TpmPublic } from './tpmt-public.ts'

/** TPMT_SIGNATURE of an RSA key (TPM 2.0 Library, Part 2, 11.3.4). */
export interface Signature {
  /** TPM_ALG_ID: RSASSA. */
  algorithm: number
  hash: number
  signature: Uint8Array
}

export const encodeSignature = ({ algorithm, hash, signature }: Signature): Uint8Array =>
  join(u16(algorithm), u16(hash), sized(signature))

/** `ERR_TPM_…` on malformed input, `ERR_TPM_ALGORITHM` for anything but RSASSA. */
export const decodeSignature = (bytes: Uint8Array): Signature =>
  readWhole(bytes, 'a signature', (reader) => {
    const algorithm = reader.u16()
    if (algorithm !== ALG.RSASSA) {
      throw reader.trouble('ERR_TPM_ALGORITHM', `0x${algorithm.toString(16)} is not RSASSA`, 2)
    }
    return { algorithm, hash: reader.u16(), signature: reader.sized() }
  })

/** Whether the key signed these bytes, RSASSA-PKCS1-v1_5 with SHA-256; every other scheme is a no. */
export function verifySignature(signed: Uint8Array, signature: Signature, signer: TpmPublic): boolean {
  if (signature.algorithm !== ALG.RSASSA || signature.hash !== ALG.SHA256 || signer.type !== 'rsa') return false
  const key = publicKeyOf(signer)
  return key !== undefined && verify('sha256', signed, key, signature.signature)
}
