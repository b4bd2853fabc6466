import { createHash, type KeyObject, sign } from 'node:crypto'
import { readDer } from '../der/reader.ts'
import { contextTagOf } from '../der/tags.ts'
import { childrenOf } from '../der/values.ts'
import { contextTag, integer, nullValue, octetString, oid, sequence, set } from '../der/writer.ts'
import { timeOf } from '../x509/certificate.ts'

/** RFC 5652, sections 4, 5.1 and 11; RFC 5754, section 2; RFC 3370, section 3.2. */
export const CMS = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  envelopedData: '1.2.840.113549.1.7.3',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  sha256: '2.16.840.1.101.3.4.2.1',
  rsa: '1.2.840.113549.1.1.1',
} as const

/** Of SignedData and of SignerInfo, where a signer is named by issuer and serial number (RFC 5652, 5.1 and 5.3). */
const VERSION = 1

/** A signed attribute with one value, in DER. */
export type Attribute = readonly [type: string, value: Uint8Array]

export interface Signing {
  content: Uint8Array
  /** Whether the content is in the signature. */
  isAttached: boolean
  /** DER of the signer's certificate, which goes with it. */
  certificate: Uint8Array
  /** An RSA key. */
  key: KeyObject
  /** What is signed besides the content's type and digest. */
  attributes: readonly Attribute[]
}

export interface DetachedSignature extends Pick<Signing, 'content' | 'certificate' | 'key'> {
  signingTime: Date
}

/** A detached CMS SignedData in DER: SHA-256 with RSA, the certificate inside, PKCS #9 signing time among what is signed. */
export const signDetached = ({ signingTime, ...signing }: DetachedSignature): Uint8Array =>
  signContent({ ...signing, isAttached: false, attributes: [[CMS.signingTime, timeOf(signingTime)]] })

/** A CMS SignedData in DER, of one signer: SHA-256 with RSA, the certificate inside. */
export function signContent({ content, isAttached, certificate, key, attributes }: Signing): Uint8Array {
  const digest = createHash('sha256').update(content).digest()
  const signed = set(
    attribute(CMS.contentType, oid(CMS.data)),
    ...attributes.map(([type, value]) => attribute(type, value)),
    attribute(CMS.messageDigest, octetString(digest)),
  )
  const signerInfo = sequence(
    integer(VERSION),
    signerOf(certificate),
    sha256(),
    implicit(signed),
    sequence(oid(CMS.rsa), nullValue()),
    // The signature covers the SET, not the tag in its place (RFC 5652, 5.4).
    octetString(sign('sha256', signed, key)),
  )
  const encapsulated = isAttached ? [contextTag(0, octetString(content))] : []
  return signedDataOf(
    set(sha256()),
    sequence(oid(CMS.data), ...encapsulated),
    contextTag(0, certificate),
    set(signerInfo),
  )
}

/** A SignedData without a signer: certificates alone (RFC 5652, 5.2). */
export const certificatesOnly = (certificates: readonly Uint8Array[]): Uint8Array =>
  signedDataOf(set(), sequence(oid(CMS.data)), contextTag(0, Buffer.concat(certificates)), set())

const signedDataOf = (...members: Uint8Array[]): Uint8Array =>
  sequence(oid(CMS.signedData), contextTag(0, sequence(integer(VERSION), ...members)))

const attribute = (type: string, value: Uint8Array): Uint8Array => sequence(oid(type), set(value))

const sha256 = (): Uint8Array => sequence(oid(CMS.sha256))

/** `[0] IMPLICIT` in place of the tag of a SET. */
function implicit(value: Uint8Array): Uint8Array {
  const tagged = Uint8Array.from(value)
  tagged[0] = contextTagOf(0)
  return tagged
}

/** IssuerAndSerialNumber, byte by byte as in the certificate: another string type would be another name. */
export function signerOf(certificate: Uint8Array): Uint8Array {
  const [body] = childrenOf(readDer(certificate), 'certificate')
  const members = childrenOf(body, 'certificate body')
  const [serial, , issuer] = members[0]?.tag === contextTagOf(0) ? members.slice(1) : members
  return sequence(issuer!.raw, serial!.raw)
}
