import { createHash, type KeyObject, sign, verify } from 'node:crypto'
import { DecodeError } from '../../domain/trouble.ts'
import { type DerNode, readDer } from '../der/reader.ts'
import { contextTagOf, TAG } from '../der/tags.ts'
import { childrenOf, expectTag, readOctets, readOid } from '../der/values.ts'
import { contextTag, integer, nullValue, octetString, oid, sequence, set } from '../der/writer.ts'
import { decodeCertificate, timeOf } from '../x509/certificate.ts'
import { publicKeyFrom } from '../x509/public-key.ts'
import type { SignatureHash } from '../x509/signature.ts'

const MALFORMED = 'ERR_WSTEP_PKCS7_MALFORMED'

/** RFC 5652, sections 4, 5.1 and 11; RFC 8017, appendix A.1. */
const OID = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  rsaEncryption: '1.2.840.113549.1.1.1',
} as const

const HASH_OID: Record<SignatureHash, string> = {
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
}

export interface RenewalRequest {
  /** The PKCS#10 for the new key, in DER. */
  certificateRequest: Uint8Array
  /** The present certificate, in DER, and its key. */
  certificate: Uint8Array
  key: KeyObject
  hash: SignatureHash
  /** Unix milliseconds. */
  now: number
}

/** The PKCS#7 of a renewal: SignedData around the request, signed with the present certificate (RFC 5652, section 5). */
export function encodeRenewalRequest(request: RenewalRequest): Uint8Array {
  const { certificateRequest, certificate, key, hash, now } = request
  const digestAlgorithm = sequence(oid(HASH_OID[hash]), nullValue())
  const attributes = set(
    attribute(OID.contentType, oid(OID.data)),
    attribute(OID.signingTime, timeOf(new Date(now))),
    attribute(OID.messageDigest, octetString(digestOf(hash, certificateRequest))),
  )
  const signerInfo = sequence(
    integer(1),
    signerOf(certificate),
    digestAlgorithm,
    retagged(attributes, contextTagOf(0)),
    sequence(oid(OID.rsaEncryption), nullValue()),
    octetString(new Uint8Array(sign(hash, attributes, key))),
  )
  const signedData = sequence(
    integer(1),
    set(digestAlgorithm),
    sequence(oid(OID.data), contextTag(0, octetString(certificateRequest))),
    contextTag(0, certificate),
    set(signerInfo),
  )
  return sequence(oid(OID.signedData), contextTag(0, signedData))
}

/**
 * The request inside a renewal, when the holder of a certificate has signed it; undefined when the signature is not that of the
 * certificate.
 *
 * @throws DecodeError `ERR_DER_…`; `ERR_WSTEP_PKCS7_MALFORMED` for another kind of message, or without signed attributes.
 */
export function openRenewalRequest(der: Uint8Array, certificate: Uint8Array): Uint8Array | undefined {
  const [type, wrapped] = childrenOf(readDer(der), 'ContentInfo')
  if (readOid(type, 'contentType') !== OID.signedData) throw new DecodeError(MALFORMED, 'the PKCS#7 is not signed')
  const [, , content, ...rest] = childrenOf(expectTag(wrapped, 'content', contextTagOf(0)).children[0], 'SignedData')
  const [contentType, inside] = childrenOf(content, 'encapContentInfo')
  if (readOid(contentType, 'eContentType') !== OID.data) throw new DecodeError(MALFORMED, 'the content is no data')
  const certificateRequest = readOctets(expectTag(inside, 'eContent', contextTagOf(0)).children[0], 'eContent')
  const signers = childrenOf(rest.at(-1), 'signerInfos', TAG.set)
  if (signers.length !== 1) throw new DecodeError(MALFORMED, 'a renewal has one signature')
  return isSigned(signers[0]!, certificateRequest, certificate) ? certificateRequest : undefined
}

function isSigned(signer: DerNode, content: Uint8Array, certificate: Uint8Array): boolean {
  const [, sid, digest, attributes, , signature] = childrenOf(signer, 'SignerInfo')
  const digestOid = readOid(childrenOf(digest, 'digestAlgorithm')[0], 'digestAlgorithm')
  const hash = (Object.keys(HASH_OID) as SignatureHash[]).find((name) => HASH_OID[name] === digestOid)
  if (hash === undefined) throw new DecodeError(MALFORMED, `another digest algorithm: ${digestOid}`)
  const signed = expectTag(attributes, 'signedAttrs', contextTagOf(0))
  if (!Buffer.from(expectTag(sid, 'sid', TAG.sequence).raw).equals(signerOf(certificate))) return false
  const value = (type: string): Uint8Array | undefined =>
    signed.children
      .map((one) => childrenOf(one, 'attribute'))
      .filter(([name]) => readOid(name, 'attribute type') === type)
      .map(([, values]) => childrenOf(values, 'attribute values', TAG.set)[0]?.raw)[0]
  const isOf = (found: Uint8Array | undefined, wanted: Uint8Array) => found && Buffer.from(found).equals(wanted)
  if (!isOf(value(OID.contentType), oid(OID.data))) return false
  if (!isOf(value(OID.messageDigest), octetString(digestOf(hash, content)))) return false
  // RFC 5652, section 5.4: what is signed is the SET, not the tag that the message has in its place.
  const tbs = retagged(signed.raw, TAG.set)
  const key = publicKeyFrom(decodeCertificate(certificate).spki)
  return verify(hash, tbs, key, readOctets(signature, 'signature'))
}

/** IssuerAndSerialNumber, in the bytes of the certificate itself: a name written anew might have another string type. */
function signerOf(certificate: Uint8Array): Uint8Array {
  const members = childrenOf(childrenOf(readDer(certificate), 'certificate')[0], 'certificate body')
  const [serial, , issuer] = members[0]?.tag === contextTagOf(0) ? members.slice(1) : members
  return sequence(expectTag(issuer, 'issuer', TAG.sequence).raw, expectTag(serial, 'serial number', TAG.integer).raw)
}

const attribute = (type: string, value: Uint8Array): Uint8Array => sequence(oid(type), set(value))

const digestOf = (hash: SignatureHash, bytes: Uint8Array): Uint8Array =>
  new Uint8Array(createHash(hash).update(bytes).digest())

const retagged = (der: Uint8Array, tag: number): Uint8Array =>
  Uint8Array.from(der, (byte, at) => (at === 0 ? tag : byte))
