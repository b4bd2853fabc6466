import { createHash } from 'node:crypto'

/** PolicySecret(TPM_RH_ENDORSEMENT), the policy of every endorsement key (TCG EK Credential Profile, template L-1). */
const EK_POLICY = '837197674484b3f81a90cc8d46a5d724fd52d76e06520b64f2a1da1b331469aa'

/** TPMT_PUBLIC of template L-1 up to the modulus, big-endian (TPM 2.0 Part 2, section 12.2.4). */
const EK_TEMPLATE = [
  '0001', // TPM_ALG_RSA
  '000b', // nameAlg SHA-256
  '000300b2', // fixedTPM, fixedParent, sensitiveDataOrigin, adminWithPolicy, restricted, decrypt
  '0020',
  EK_POLICY,
  '000600800043', // AES, 128 bits, CFB
  '0010', // no scheme
  '0800', // 2048 bits
  '00000000', // exponent: 0 stands for 65537
  '0100',
].join('')

const SHA256_ALG = Uint8Array.of(0x00, 0x0b)

/** The TPMT_PUBLIC of an RSA-2048 endorsement key, 314 bytes, for its modulus of 256 bytes. */
export function encodeEkPublicArea(modulus: Uint8Array): Uint8Array {
  if (modulus.length !== 256) throw new RangeError(`an EK modulus has 256 bytes, not ${modulus.length}`)
  return join(Buffer.from(EK_TEMPLATE, 'hex'), modulus)
}

/** The TPM name of an object: its name algorithm and the hash of its public area, 34 bytes (Part 1, section 16). */
export const nameOf = (publicArea: Uint8Array): Uint8Array => join(SHA256_ALG, sha256(publicArea))

/**
 * What a hardware hash carries as OfflineDeviceId: SHA-256 of the bare modulus, most significant byte first
 * (device-identity.md section 1.5, fact 1).
 */
export const offlineDeviceId = (modulus: Uint8Array): Uint8Array => Uint8Array.from(sha256(modulus))

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()

function join(first: Uint8Array, second: Uint8Array): Uint8Array {
  const whole = new Uint8Array(first.length + second.length)
  whole.set(first)
  whole.set(second, first.length)
  return whole
}
