import { createHash } from 'node:crypto'
import { DecodeError } from '../../domain/trouble.ts'
import { type DerNode, readDer } from '../der/reader.ts'
import { contextTagOf, TAG } from '../der/tags.ts'
import { childrenOf, readOctets, readOid, readTime } from '../der/values.ts'
import { decodeCertificate } from '../x509/certificate.ts'
import { verifySigned } from '../x509/signature.ts'
import { CMS, signerOf } from './signed-data.ts'

export interface VerifiedSignature {
  /** DER of the certificate whose key made the signature. */
  certificate: Uint8Array
  signingTime: Date
}

/** A CMS SignedData with what its signer says. */
export interface SignedContent {
  /** Undefined where it is detached. */
  content: Uint8Array | undefined
  /** DER, in their order. */
  certificates: Uint8Array[]
  /** Undefined where there is no signer. */
  signer: Signer | undefined
}

export interface Signer {
  /** DER of the certificate whose key made the signature; undefined where it did not come along. */
  certificate: Uint8Array | undefined
  /** Signed attributes by their types; one value each. */
  attributes: ReadonlyMap<string, DerNode | undefined>
  /** Whether the signature is of this content, and of the key of the certificate. */
  isOf(content: Uint8Array): boolean
}

/** Digests of signers, by object identifier (RFC 5754, 2). SHA-1 is what older services of SCEP use. */
const DIGESTS = new Map([
  ['1.3.14.3.2.26', 'sha1'],
  [CMS.sha256 as string, 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
])

const RSA_WITH = new Map([
  ['sha1', '1.2.840.113549.1.1.5'],
  ['sha256', '1.2.840.113549.1.1.11'],
  ['sha384', '1.2.840.113549.1.1.12'],
  ['sha512', '1.2.840.113549.1.1.13'],
])

/**
 * Who signed a content, by a detached CMS SignedData of one signer with SHA-256 and RSA; undefined where the signature is of another
 * content, or of another key or signer than those of its certificate. Whether the certificate counts is the caller's to check.
 *
 * @throws DecodeError `ERR_DER_…` and `ERR_X509_…` on malformed input, `ERR_CMS_UNSUPPORTED` on another type or algorithm, and without a
 *   certificate or a signing time.
 */
export function verifyDetached(signature: Uint8Array, content: Uint8Array): VerifiedSignature | undefined {
  const { content: inside, certificates, signer } = readSigned(signature, ['sha256'])
  if (inside) throw unsupported('the signature has its content inside')
  if (certificates.length !== 1 || !signer) throw unsupported('not one certificate and one signer')
  const signingTime = readTime(signer.attributes.get(CMS.signingTime), 'signing time')
  return signer.isOf(content) ? { certificate: certificates[0]!, signingTime } : undefined
}

/** @throws DecodeError as {@link verifyDetached} */
export function readSigned(
  signed: Uint8Array,
  digests: readonly string[] = ['sha1', 'sha256', 'sha384', 'sha512'],
): SignedContent {
  const [type, wrapped] = childrenOf(readDer(signed), 'content info')
  expect(readOid(type, 'content type'), CMS.signedData, 'the content type')
  const members = childrenOf(wrapped?.children[0], 'signed data')
  const [encapsulatedType, encapsulated] = childrenOf(members[2], 'encapsulated content')
  expect(readOid(encapsulatedType, 'encapsulated type'), CMS.data, 'the encapsulated type')
  const certificates = (members.find(({ tag }) => tag === contextTagOf(0))?.children ?? []).map(({ raw }) =>
    raw.slice(),
  )
  const signers = childrenOf(members.at(-1), 'signers', TAG.set)
  if (signers.length > 1) throw unsupported('more than one signer')
  return {
    content: encapsulated && readOctets(encapsulated.children[0], 'encapsulated content').slice(),
    certificates,
    signer: signers[0] && signerIn(signers[0], certificates, digests),
  }
}

function signerIn(node: DerNode, certificates: readonly Uint8Array[], digests: readonly string[]): Signer {
  const [, name, digestAlgorithm, attributes, algorithm, value] = childrenOf(node, 'signer')
  const digest = DIGESTS.get(algorithmOf(digestAlgorithm)) ?? ''
  if (!digests.includes(digest)) throw unsupported(`the digest is ${algorithmOf(digestAlgorithm)}`)
  const signatureAlgorithm = algorithmOf(algorithm)
  const rsaWith = RSA_WITH.get(digest)!
  if (signatureAlgorithm !== rsaWith) expect(signatureAlgorithm, CMS.rsa, 'the signature')
  const found = attributesOf(attributes)
  const certificate = certificates.find((one) => Buffer.from(signerOf(one)).equals(name!.raw))
  const tbs = attributes!.raw.slice()
  tbs[0] = TAG.set
  const signature = readOctets(value, 'signature')
  const saysDigest = readOctets(found.get(CMS.messageDigest), 'message digest')
  const isOfData = readOid(found.get(CMS.contentType), 'signed content type') === CMS.data
  return {
    certificate,
    attributes: found,
    isOf: (content) =>
      isOfData &&
      certificate !== undefined &&
      createHash(digest).update(content).digest().equals(saysDigest) &&
      verifySigned({ tbs, signature, signatureAlgorithm: rsaWith }, decodeCertificate(certificate).spki, true),
  }
}

const algorithmOf = (node: DerNode | undefined): string => readOid(childrenOf(node, 'algorithm')[0], 'algorithm')

function attributesOf(node: DerNode | undefined): Map<string, DerNode | undefined> {
  const found = new Map<string, DerNode | undefined>()
  for (const attribute of childrenOf(node, 'signed attributes', contextTagOf(0))) {
    const [type, values] = childrenOf(attribute, 'attribute')
    const [value, ...others] = childrenOf(values, 'attribute values', TAG.set)
    const name = readOid(type, 'attribute type')
    if (others.length > 0 || found.has(name)) throw unsupported('an attribute with two values')
    found.set(name, value)
  }
  return found
}

function expect(found: string, wanted: string, what: string): void {
  if (found !== wanted) throw unsupported(`${what} is ${found}`)
}

const unsupported = (text: string): DecodeError => new DecodeError('ERR_CMS_UNSUPPORTED', text)
