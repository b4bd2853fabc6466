import { createPublicKey, type KeyObject } from 'node:crypto'
import { join, readWhole, sized, type TpmReader, u16, u32 } from './bytes.ts'
import { ALG, CURVE } from './constants.ts'

/** TPMT_SYM_DEF_OBJECT; null is TPM_ALG_NULL. */
export type Symmetric = { algorithm: number; keyBits: number; mode: number } | null

/** TPMT_RSA_SCHEME, TPMT_ECC_SCHEME, TPMT_SIG_SCHEME, TPMT_KDF_SCHEME; null is TPM_ALG_NULL, `hash` is 0 for RSAES. */
export type Scheme = { algorithm: number; hash: number } | null

interface PublicBase {
  /** TPM_ALG_ID. */
  nameAlg: number
  /** TPMA_OBJECT. */
  attributes: number
  authPolicy: Uint8Array
  symmetric: Symmetric
  scheme: Scheme
}

export interface RsaPublic extends PublicBase {
  type: 'rsa'
  keyBits: number
  /** 0 means 65537. */
  exponent: number
  /** The modulus; in a template zeros, or what makes the key another one. */
  unique: Uint8Array
}

export interface EccPublic extends PublicBase {
  type: 'ecc'
  /** TPM_ECC_CURVE. */
  curve: number
  kdf: Scheme
  unique: { x: Uint8Array; y: Uint8Array }
}

/** The public area of an asymmetric key: TPMT_PUBLIC (TPM 2.0 Library, Part 2, 12.2.4). */
export type TpmPublic = RsaPublic | EccPublic

const KEY_TYPE = { rsa: ALG.RSA, ecc: ALG.ECC } as const

export function encodePublic(area: TpmPublic): Uint8Array {
  const head = [u16(KEY_TYPE[area.type]), u16(area.nameAlg), u32(area.attributes), sized(area.authPolicy)]
  const { symmetric } = area
  const cipher = symmetric ? [u16(symmetric.algorithm), u16(symmetric.keyBits), u16(symmetric.mode)] : [u16(ALG.NULL)]
  const tail =
    area.type === 'rsa'
      ? [u16(area.keyBits), u32(area.exponent), sized(area.unique)]
      : [u16(area.curve), encodeScheme(area.kdf), sized(area.unique.x), sized(area.unique.y)]
  return join(...head, ...cipher, encodeScheme(area.scheme), ...tail)
}

export const encodeScheme = (scheme: Scheme): Uint8Array => {
  if (!scheme) return u16(ALG.NULL)
  return scheme.algorithm === ALG.RSAES ? u16(ALG.RSAES) : join(u16(scheme.algorithm), u16(scheme.hash))
}

/**
 * A whole TPMT_PUBLIC. `ERR_TPM_TRUNCATED`, `ERR_TPM_TRAILING`, or `ERR_TPM_ALGORITHM` for a key that is neither RSA nor ECC
 * and for an algorithm that has no place there.
 */
export const decodePublic = (bytes: Uint8Array): TpmPublic => readWhole(bytes, 'a public area', readPublic)

export function readPublic(reader: TpmReader): TpmPublic {
  const type = reader.u16()
  if (type !== ALG.RSA && type !== ALG.ECC) {
    throw reader.trouble('ERR_TPM_ALGORITHM', `0x${type.toString(16)} is no asymmetric key type`, 2)
  }
  const base = {
    nameAlg: reader.u16(),
    attributes: reader.u32(),
    authPolicy: reader.sized(),
    symmetric: readSymmetric(reader),
    scheme: readScheme(reader),
  }
  if (type === ALG.RSA) {
    return { type: 'rsa', ...base, keyBits: reader.u16(), exponent: reader.u32(), unique: reader.sized() }
  }
  const curve = reader.u16()
  const kdf = readScheme(reader)
  return { type: 'ecc', ...base, curve, kdf, unique: { x: reader.sized(), y: reader.sized() } }
}

function readSymmetric(reader: TpmReader): Symmetric {
  const algorithm = reader.u16()
  if (algorithm === ALG.NULL) return null
  if (algorithm !== ALG.AES) {
    throw reader.trouble('ERR_TPM_ALGORITHM', `0x${algorithm.toString(16)} is no symmetric algorithm of ours`, 2)
  }
  return { algorithm, keyBits: reader.u16(), mode: reader.u16() }
}

const SCHEMES = new Set<number>([
  ALG.RSASSA,
  ALG.RSAES,
  ALG.RSAPSS,
  ALG.OAEP,
  ALG.ECDSA,
  ALG.ECDH,
  ALG.KDF1_SP800_56A,
  ALG.KDF1_SP800_108,
])

export function readScheme(reader: TpmReader): Scheme {
  const algorithm = reader.u16()
  if (algorithm === ALG.NULL) return null
  if (!SCHEMES.has(algorithm)) throw reader.trouble('ERR_TPM_ALGORITHM', `0x${algorithm.toString(16)} is no scheme`, 2)
  return { algorithm, hash: algorithm === ALG.RSAES ? 0 : reader.u16() }
}

/** The key itself, or undefined when the numbers are none: a point off the curve, a modulus that is short or even. */
export function publicKeyOf(area: TpmPublic): KeyObject | undefined {
  if (area.type === 'ecc' && area.curve !== CURVE.P256) return undefined
  if (area.type === 'rsa' && (area.unique.length * 8 !== area.keyBits || (area.unique.at(-1)! & 1) === 0)) {
    return undefined
  }
  const jwk =
    area.type === 'rsa'
      ? { kty: 'RSA', n: base64url(area.unique), e: base64url(u32(area.exponent || 65_537)) }
      : { kty: 'EC', crv: 'P-256', x: base64url(area.unique.x), y: base64url(area.unique.y) }
  try {
    const key = createPublicKey({ key: jwk, format: 'jwk' })
    const bits = key.asymmetricKeyDetails?.modulusLength
    return area.type === 'rsa' && bits !== area.keyBits ? undefined : key
  } catch {
    return undefined
  }
}

/** JSON Web Key has no leading zeros in `e`. */
const base64url = (bytes: Uint8Array): string => {
  const start = bytes.findIndex((byte) => byte !== 0)
  return Buffer.from(bytes.length === 4 ? bytes.subarray(Math.max(0, start)) : bytes).toString('base64url')
}
