import { ALG, CURVE, OBJECT } from './constants.ts'
import type { EccPublic, RsaPublic } from './tpmt-public.ts'

/** PolicySecret(TPM_RH_ENDORSEMENT), the policy of every endorsement key (TCG EK Credential Profile, template L-1). */
const EK_POLICY = '837197674484b3f81a90cc8d46a5d724fd52d76e06520b64f2a1da1b331469aa'

/** What Windows gives its attestation keys (device-identity.md section 3.5; the digits in between [K]). No caller satisfies it. */
const AIK_POLICY = '9dffcbf36c383ae699fb9868dc6dcb89d7153884be2803922c124158bfad22ae'

const EK_ATTRIBUTES =
  OBJECT.fixedTPM |
  OBJECT.fixedParent |
  OBJECT.sensitiveDataOrigin |
  OBJECT.adminWithPolicy |
  OBJECT.restricted |
  OBJECT.decrypt

const AIK_ATTRIBUTES =
  OBJECT.fixedTPM |
  OBJECT.fixedParent |
  OBJECT.sensitiveDataOrigin |
  OBJECT.userWithAuth |
  OBJECT.noDA |
  OBJECT.restricted |
  OBJECT.sign

const AES_128_CFB = { algorithm: ALG.AES, keyBits: 128, mode: ALG.CFB }

const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'))

/** Template L-1: RSA-2048. `modulus` makes a key's public area of it. */
export const ekRsa = (modulus: Uint8Array = new Uint8Array(256)): RsaPublic => ({
  type: 'rsa',
  nameAlg: ALG.SHA256,
  attributes: EK_ATTRIBUTES,
  authPolicy: bytes(EK_POLICY),
  symmetric: AES_128_CFB,
  scheme: null,
  keyBits: 2048,
  exponent: 0,
  unique: modulus,
})

/** Template L-2: NIST P-256. */
export const ekP256 = (unique: EccPublic['unique'] = { x: new Uint8Array(32), y: new Uint8Array(32) }): EccPublic => ({
  type: 'ecc',
  nameAlg: ALG.SHA256,
  attributes: EK_ATTRIBUTES,
  authPolicy: bytes(EK_POLICY),
  symmetric: AES_128_CFB,
  scheme: null,
  curve: CURVE.P256,
  kdf: null,
  unique,
})

/**
 * An attestation key of the owner hierarchy: restricted, RSASSA with SHA-256. Windows fills `unique` with chance, so that
 * each is another one; here it is fixed, so that its primes can be known beforehand.
 */
export const aik = (modulus: Uint8Array = new Uint8Array(256)): RsaPublic => ({
  type: 'rsa',
  nameAlg: ALG.SHA256,
  attributes: AIK_ATTRIBUTES,
  authPolicy: bytes(AIK_POLICY),
  symmetric: null,
  scheme: { algorithm: ALG.RSASSA, hash: ALG.SHA256 },
  keyBits: 2048,
  exponent: 0,
  unique: modulus,
})
