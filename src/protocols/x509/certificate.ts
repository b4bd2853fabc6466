import { hash } from 'node:crypto'
import { DecodeError } from '../../domain/trouble.ts'
import { contextTagOf } from '../der/tags.ts'
import { childrenOf, readTime, readUnsigned } from '../der/values.ts'
import { bitString, contextTag, generalizedTime, integer, sequence, utcTime } from '../der/writer.ts'
import { type Extension, encodeExtensions, readExtensions } from './extensions.ts'
import { encodeName, type NameAttribute, readName } from './name.ts'
import { readAlgorithm, readSigned, type Sign, type Signed, signatureAlgorithmDer, verifySigned } from './signature.ts'

export interface Certificate {
  /** Magnitude, most significant byte first, 1 to 20 bytes (RFC 5280 section 4.1.2.2). */
  serial: Uint8Array
  issuer: readonly NameAttribute[]
  subject: readonly NameAttribute[]
  /** Whole seconds; a fraction is dropped, and what is after the year 9999 becomes its last second. */
  notBefore: Date
  notAfter: Date
  /** SubjectPublicKeyInfo of the subject in DER. */
  spki: Uint8Array
  /** Signs with the issuer's key. */
  sign: Sign
  extensions: readonly Extension[]
}

export interface DecodedCertificate extends Signed {
  version: 1 | 3
  /** Without leading zeros. */
  serial: Uint8Array
  issuer: NameAttribute[]
  subject: NameAttribute[]
  notBefore: Date
  notAfter: Date
  spki: Uint8Array
  extensions: Required<Extension>[]
}

const VERSION_3 = 2

const LAST_UTC_TIME_YEAR = 2049

/** The last time that a certificate can say: as its end it means that there is none (RFC 5280 section 4.1.2.5). */
const NO_END = Date.UTC(9999, 11, 31, 23, 59, 59)

/** A version 3 certificate in DER (RFC 5280 section 4.1), sha256WithRSAEncryption. */
export function createCertificate(certificate: Certificate): Uint8Array {
  const { serial, issuer, subject, notBefore, notAfter, spki, sign, extensions } = certificate
  const tbs = sequence(
    contextTag(0, integer(VERSION_3)),
    integer(serial),
    signatureAlgorithmDer(),
    encodeName(issuer),
    sequence(timeOf(notBefore), timeOf(notAfter)),
    encodeName(subject),
    spki,
    ...(extensions.length === 0 ? [] : [contextTag(3, encodeExtensions(extensions))]),
  )
  return sequence(tbs, signatureAlgorithmDer(), bitString(sign(tbs)))
}

/** Certificates that were read, by their bytes: a device shows the same one with each message. */
const known = new Map<string, DecodedCertificate>()
const KNOWN_MAX = 64

/**
 * `ERR_DER_…` on malformed input, `ERR_X509_VERSION` on a version other than 1 and 3, `ERR_X509_ALGORITHM` when the signed
 * and the unsigned algorithm differ or have parameters. The signature is not verified here. Others may get the same object:
 * it is to be read only.
 */
export function decodeCertificate(der: Uint8Array): DecodedCertificate {
  const bytes = Buffer.from(der.buffer, der.byteOffset, der.length).toString('latin1')
  const before = known.get(bytes)
  if (before) return before
  const decoded = Object.freeze(readCertificate(der))
  if (known.size >= KNOWN_MAX) known.clear()
  known.set(bytes, decoded)
  return decoded
}

function readCertificate(der: Uint8Array): DecodedCertificate {
  const { body: tbs, signed } = readSigned(der, 'certificate')
  const members = childrenOf(tbs, 'certificate body')
  const [stated] = members
  const isStated = stated?.tag === contextTagOf(0)
  // Version 1 is the default, and DER does not state a default.
  if (isStated && readUnsigned(stated.children[0], 'version')[0] !== VERSION_3) {
    throw new DecodeError('ERR_X509_VERSION', 'a certificate has version 1 or 3')
  }
  const fields = isStated ? members.slice(1) : members
  const [serial, signedAlgorithm, issuer, validity, subject, spki, ...rest] = fields
  if (readAlgorithm(signedAlgorithm) !== signed.signatureAlgorithm) {
    throw new DecodeError('ERR_X509_ALGORITHM', 'the signature algorithms inside and outside of the body differ')
  }
  const [notBefore, notAfter] = childrenOf(validity, 'validity')
  childrenOf(spki, 'public key')
  const extensions = rest.find((node) => node.tag === contextTagOf(3))
  return {
    version: isStated ? 3 : 1,
    serial: readUnsigned(serial, 'serial number'),
    issuer: readName(issuer),
    subject: readName(subject),
    notBefore: readTime(notBefore, 'notBefore'),
    notAfter: readTime(notAfter, 'notAfter'),
    spki: spki!.raw.slice(),
    extensions: extensions === undefined ? [] : readExtensions(extensions.children[0]),
    tbs: tbs!.raw.slice(),
    ...signed,
  }
}

/** Whether the issuer's key made the signature. Dates, names and constraints are the caller's to check. */
export const verifyCertificate = (certificate: DecodedCertificate, issuerSpki: Uint8Array): boolean =>
  verifySigned(certificate, issuerSpki)

/** Whether a moment is between the dates of a certificate, both included (RFC 5280 section 4.1.2.5). Unix milliseconds. */
export const isInForce = (certificate: DecodedCertificate, now: number): boolean =>
  now >= certificate.notBefore.getTime() && !hasExpired(certificate, now)

/** What Windows calls a certificate's thumbprint: SHA-1 of the DER, 40 hexadecimal digits in upper case. */
export const thumbprint = (der: Uint8Array): string => hash('sha1', der, 'hex').toUpperCase()

/** Its end is the last time that can be said. */
export const hasNoEnd = ({ notAfter }: Pick<DecodedCertificate, 'notAfter'>): boolean => notAfter.getTime() >= NO_END

export const hasExpired = ({ notAfter }: Pick<DecodedCertificate, 'notAfter'>, now: number): boolean =>
  notAfter.getTime() < NO_END && now > notAfter.getTime()

/** RFC 5280 section 4.1.2.5 (and RFC 5652, 11.3): UTCTime through the year 2049, and nothing after the year 9999. */
export function timeOf(time: Date): Uint8Array {
  const sayable = new Date(Math.min(time.getTime(), NO_END))
  return sayable.getUTCFullYear() > LAST_UTC_TIME_YEAR ? generalizedTime(sayable) : utcTime(sayable)
}
