import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { DecodeError } from '../../domain/trouble.ts'
import { type DerNode, readDer } from '../der/reader.ts'
import { childrenOf, readBitBytes, readOid } from '../der/values.ts'
import { nullValue, oid, sequence } from '../der/writer.ts'
import { publicKeyFrom } from './public-key.ts'

/** Signs bytes as they are: RSASSA-PKCS1-v1_5, with SHA-256 unless another hash is named beside it. */
export type Sign = (tbs: Uint8Array) => Uint8Array

export type SignatureHash = 'sha1' | 'sha256' | 'sha384' | 'sha512'

/** RSASSA-PKCS1-v1_5 (RFC 8017, appendix A.2.4). */
const RSA_WITH: Record<SignatureHash, string> = {
  sha1: '1.2.840.113549.1.1.5',
  sha256: '1.2.840.113549.1.1.11',
  sha384: '1.2.840.113549.1.1.12',
  sha512: '1.2.840.113549.1.1.13',
}

/** SHA-1 with RSA by its older name (OIW), which Windows 10 wrote into certificate requests (mdm-protocols.md, 1.7 [C]). */
const SHA1_WITH_RSA_OIW = '1.3.14.3.2.29'

/** The hash of an RSA signature; undefined for another algorithm. */
export function rsaHashOf(algorithm: string): SignatureHash | undefined {
  if (algorithm === SHA1_WITH_RSA_OIW) return 'sha1'
  const found = Object.entries(RSA_WITH).find(([, id]) => id === algorithm)
  return found?.[0] as SignatureHash | undefined
}

/** Signature algorithms that we verify (RFC 4055 section 5, RFC 5758 section 3.2). SHA-1 is not one of them. */
const HASH_BY_ALGORITHM = new Map([
  [RSA_WITH.sha256, 'sha256'],
  [RSA_WITH.sha384, 'sha384'],
  [RSA_WITH.sha512, 'sha512'],
  ['1.2.840.10045.4.3.2', 'sha256'],
  ['1.2.840.10045.4.3.3', 'sha384'],
])

export interface Signed {
  /** The encoding that the signature covers. */
  tbs: Uint8Array
  signature: Uint8Array
  /** Object identifier. */
  signatureAlgorithm: string
}

/** AlgorithmIdentifier of what we sign. */
export const signatureAlgorithmDer = (hash: SignatureHash = 'sha256'): Uint8Array =>
  sequence(oid(RSA_WITH[hash]), nullValue())

/** `ERR_X509_ALGORITHM` when one that we verify has parameters: with a signature outside of the body they are free. */
export function readAlgorithm(node: DerNode | undefined): string {
  const [id, ...parameters] = childrenOf(node, 'algorithm')
  const algorithm = readOid(id, 'algorithm')
  const isNull = parameters.length === 1 && Buffer.from(parameters[0]!.raw).equals(nullValue())
  if (HASH_BY_ALGORITHM.has(algorithm) && parameters.length > 0 && !isNull) {
    throw new DecodeError('ERR_X509_ALGORITHM', `the signature algorithm ${algorithm} has parameters`)
  }
  return algorithm
}

/** Body, algorithm and signature of a request or a certificate; nothing may follow, for nothing would protect it. */
export function readSigned(der: Uint8Array, what: string): { body: DerNode | undefined; signed: Omit<Signed, 'tbs'> } {
  const [body, algorithm, signature, ...rest] = childrenOf(readDer(der), what)
  if (rest.length > 0) throw new DecodeError('ERR_DER_TRAILING', `byte ${rest[0]!.offset}: ${what} has a fourth value`)
  const bytes = readBitBytes(signature, 'signature')
  return { body, signed: { signature: bytes, signatureAlgorithm: readAlgorithm(algorithm) } }
}

/**
 * False as well for an algorithm that we do not verify and for a key that is none.
 *
 * @param isSha1Good for the one message where Windows signs with SHA-1 by default, an enrolment without a policy
 */
export function verifySigned(
  { tbs, signature, signatureAlgorithm }: Signed,
  spki: Uint8Array,
  isSha1Good = false,
): boolean {
  const isSha1 = isSha1Good && rsaHashOf(signatureAlgorithm) === 'sha1'
  const hash = isSha1 ? 'sha1' : HASH_BY_ALGORITHM.get(signatureAlgorithm)
  if (hash === undefined) return false
  const key = publicKeyOf(spki)
  if (key === undefined) return false
  // The algorithm names a key type too: without this an RSA identifier would verify an ECDSA signature.
  const type = rsaHashOf(signatureAlgorithm) === undefined ? 'ec' : 'rsa'
  return key.asymmetricKeyType === type && verify(hash, tbs, key, signature)
}

export const spkiOf = (publicKey: KeyObject | Uint8Array): Uint8Array =>
  publicKey instanceof Uint8Array
    ? publicKey
    : Uint8Array.from((publicKey.type === 'private' ? createPublicKey(publicKey) : publicKey).export(SPKI))

const SPKI = { type: 'spki', format: 'der' } as const

function publicKeyOf(spki: Uint8Array): KeyObject | undefined {
  try {
    return publicKeyFrom(spki)
  } catch {
    // The caller asks whether the signature is valid; with no key it is not.
    return undefined
  }
}
