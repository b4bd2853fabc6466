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

const SHA256_WITH_RSA = '1.2.840.113549.1.1.11'

/**
 * Who signed a content, by a detached CMS SignedData of one signer with SHA-256 and RSA; undefined where the signature is of another
 * content, or of another key or signer than those of its certificate. Whether the certificate counts is the caller's to check.
 *
 * @throws DecodeError `ERR_DER_…` and `ERR_X509_…` on malformed input, `ERR_CMS_UNSUPPORTED` on another type or algorithm, and without a
 *   certificate or a signing time.
 */
export function verifyDetached(signature: Uint8Array, content: Uint8Array): VerifiedSignature | undefined {
  const [type, wrapped] = childrenOf(readDer(signature), 'content info')
  expect(readOid(type, 'content type'), CMS.signedData, 'the content type')
  const members = childrenOf(wrapped?.children[0], 'signed data')
  const encapsulated = childrenOf(members[2], 'encapsulated content')
  expect(readOid(encapsulated[0], 'encapsulated type'), CMS.data, 'the encapsulated type')
  if (encapsulated.length > 1) throw unsupported('the signature has its content inside')
  const certificates = members.find(({ tag }) => tag === contextTagOf(0))?.children ?? []
  const signers = childrenOf(members.at(-1), 'signers', TAG.set)
  if (certificates.length !== 1 || signers.length !== 1) throw unsupported('not one certificate and one signer')
  const [, signer, digestAlgorithm, attributes, algorithm, value] = childrenOf(signers[0], 'signer')
  expect(algorithmOf(digestAlgorithm), CMS.sha256, 'the digest')
  const signatureAlgorithm = algorithmOf(algorithm)
  if (signatureAlgorithm !== SHA256_WITH_RSA) expect(signatureAlgorithm, CMS.rsa, 'the signature')
  const certificate = certificates[0]!.raw.slice()
  const { spki } = decodeCertificate(certificate)
  const found = attributesOf(attributes)
  const signingTime = readTime(found.get(CMS.signingTime), 'signing time')
  const tbs = attributes!.raw.slice()
  tbs[0] = TAG.set
  const isOfContent = digestOf(content).equals(readOctets(found.get(CMS.messageDigest), 'message digest'))
  const isNamed = Buffer.from(signerOf(certificate)).equals(signer!.raw)
  const isOfData = readOid(found.get(CMS.contentType), 'signed content type') === CMS.data
  const signed = { tbs, signature: readOctets(value, 'signature'), signatureAlgorithm: SHA256_WITH_RSA }
  return isOfContent && isOfData && isNamed && verifySigned(signed, spki) ? { certificate, signingTime } : undefined
}

const digestOf = (content: Uint8Array): Buffer => createHash('sha256').update(content).digest()

const algorithmOf = (node: DerNode | undefined): string => readOid(childrenOf(node, 'algorithm')[0], 'algorithm')

/** Values by their types; one value each. */
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
