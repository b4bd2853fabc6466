import type { KeyObject } from 'node:crypto'
import { DecodeError } from '../../domain/trouble.ts'
import type { DerNode } from '../der/reader.ts'
import { contextTagOf, TAG } from '../der/tags.ts'
import { childrenOf, readOid, readText, readUnsigned } from '../der/values.ts'
import { bitString, contextTag, integer, oid, printableString, sequence, set, utf8String } from '../der/writer.ts'
import { type Extension, encodeExtensions, readExtensions } from './extensions.ts'
import { encodeName, type NameAttribute, readName } from './name.ts'
import {
  readSigned,
  type Sign,
  type SignatureHash,
  type Signed,
  signatureAlgorithmDer,
  spkiOf,
  verifySigned,
} from './signature.ts'

export interface CertificationRequest {
  subject: readonly NameAttribute[]
  /** A key object (of a private key its public half), or a SubjectPublicKeyInfo in DER. */
  publicKey: KeyObject | Uint8Array
  sign: Sign
  /** What `sign` uses; SHA-256 when left out. */
  hash?: SignatureHash
  extensions: readonly Extension[]
  /** What proves to the authority that the device may have it (RFC 2985, 5.4.1). */
  challenge?: string
}

export interface DecodedCertificationRequest extends Signed {
  subject: NameAttribute[]
  spki: Uint8Array
  extensions: Required<Extension>[]
  challenge: string | undefined
}

/** PKCS #9 extensionRequest (RFC 2985 section 5.4.2). */
const EXTENSION_REQUEST = '1.2.840.113549.1.9.14'
/** PKCS #9 challengePassword (RFC 2985 section 5.4.1). */
const CHALLENGE = '1.2.840.113549.1.9.7'

/** A PKCS #10 request in DER (RFC 2986 section 4), RSA by PKCS #1 version 1.5. */
export function createCertificationRequest(request: CertificationRequest): Uint8Array {
  const { subject, publicKey, sign, hash, extensions, challenge } = request
  const attributes = [
    ...(extensions.length === 0 ? [] : [sequence(oid(EXTENSION_REQUEST), set(encodeExtensions(extensions)))]),
    ...(challenge === undefined ? [] : [sequence(oid(CHALLENGE), set(printableOrUtf8(challenge)))]),
  ]
  const tbs = sequence(integer(0), encodeName(subject), spkiOf(publicKey), contextTag(0, Buffer.concat(attributes)))
  return sequence(tbs, signatureAlgorithmDer(hash), bitString(sign(tbs)))
}

/**
 * `ERR_DER_…` on malformed input, `ERR_X509_VERSION` on a version other than 0, `ERR_X509_ALGORITHM` on
 * parameters of its signature algorithm. The signature is not verified here.
 */
export function decodeCertificationRequest(der: Uint8Array): DecodedCertificationRequest {
  const { body: info, signed } = readSigned(der, 'certification request')
  const [version, subject, spki, ...rest] = childrenOf(info, 'request info')
  if (readUnsigned(version, 'version').some((byte) => byte !== 0)) {
    throw new DecodeError('ERR_X509_VERSION', 'a certification request has version 0')
  }
  childrenOf(spki, 'public key')
  const attributes = rest.find((node) => node.tag === contextTagOf(0))
  const challenge = attributeIn(attributes, CHALLENGE)
  const requested = attributeIn(attributes, EXTENSION_REQUEST)
  return {
    subject: readName(subject),
    spki: spki!.raw.slice(),
    extensions: requested ? readExtensions(requested) : [],
    challenge: challenge && readText(challenge, 'challenge'),
    tbs: info!.raw.slice(),
    ...signed,
  }
}

/** Whether the requester has the private key of the key in the request. See `verifySigned` for SHA-1. */
export const verifyCertificationRequest = (request: DecodedCertificationRequest, isSha1Good = false): boolean =>
  verifySigned(request, request.spki, isSha1Good)

const printableOrUtf8 = (text: string): Uint8Array =>
  /^[A-Za-z0-9 '()+,\-./:=?]*$/.test(text) ? printableString(text) : utf8String(text)

/** The first value of an attribute. */
function attributeIn(attributes: DerNode | undefined, wanted: string): DerNode | undefined {
  for (const attribute of attributes?.children ?? []) {
    const [type, values] = childrenOf(attribute, 'attribute')
    if (readOid(type, 'attribute type') === wanted) return childrenOf(values, 'attribute values', TAG.set)[0]
  }
  return undefined
}
