import type { KeyObject } from 'node:crypto'
import { DecodeError } from '../../domain/trouble.ts'
import type { DerNode } from '../der/reader.ts'
import { contextTagOf, TAG } from '../der/tags.ts'
import { childrenOf, readOid, readUnsigned } from '../der/values.ts'
import { bitString, contextTag, integer, oid, sequence, set } from '../der/writer.ts'
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
}

export interface DecodedCertificationRequest extends Signed {
  subject: NameAttribute[]
  spki: Uint8Array
  extensions: Required<Extension>[]
}

/** PKCS #9 extensionRequest (RFC 2985 section 5.4.2). */
const EXTENSION_REQUEST = '1.2.840.113549.1.9.14'

/** A PKCS #10 request in DER (RFC 2986 section 4), RSA by PKCS #1 version 1.5. */
export function createCertificationRequest(request: CertificationRequest): Uint8Array {
  const { subject, publicKey, sign, hash, extensions } = request
  const attribute = () => sequence(oid(EXTENSION_REQUEST), set(encodeExtensions(extensions)))
  const attributes = extensions.length === 0 ? new Uint8Array() : attribute()
  const tbs = sequence(integer(0), encodeName(subject), spkiOf(publicKey), contextTag(0, attributes))
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
  return {
    subject: readName(subject),
    spki: spki!.raw.slice(),
    extensions: requestedExtensions(rest.find((node) => node.tag === contextTagOf(0))),
    tbs: info!.raw.slice(),
    ...signed,
  }
}

/** Whether the requester has the private key of the key in the request. See `verifySigned` for SHA-1. */
export const verifyCertificationRequest = (request: DecodedCertificationRequest, isSha1Good = false): boolean =>
  verifySigned(request, request.spki, isSha1Good)

function requestedExtensions(attributes: DerNode | undefined): Required<Extension>[] {
  for (const attribute of attributes?.children ?? []) {
    const [type, values] = childrenOf(attribute, 'attribute')
    if (readOid(type, 'attribute type') !== EXTENSION_REQUEST) continue
    return readExtensions(childrenOf(values, 'attribute values', TAG.set)[0])
  }
  return []
}
