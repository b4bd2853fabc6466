import { createHash, createHmac, createPrivateKey, createPublicKey, type KeyObject, timingSafeEqual } from 'node:crypto'
import { DecodeError } from '../../domain/trouble.ts'
import { type DerNode, readDer } from '../der/reader.ts'
import { contextTagOf } from '../der/tags.ts'
import { childrenOf, expectTag, readOctets, readOid } from '../der/values.ts'
import { contextTag, integer, nullValue, octetString, oid, sequence, set } from '../der/writer.ts'
import { decodeCertificate } from '../x509/certificate.ts'
import { decryptBy, encryptBy, readIterations, unsupported, wrongPassword } from './password-encryption.ts'
import { type Digest, derivedKey, PURPOSE } from './password-key.ts'

const DATA = '1.2.840.113549.1.7.1'
const ENCRYPTED_DATA = '1.2.840.113549.1.7.6'
const BAG = {
  key: '1.2.840.113549.1.12.10.1.1',
  shroudedKey: '1.2.840.113549.1.12.10.1.2',
  certificate: '1.2.840.113549.1.12.10.1.3',
} as const
const X509 = '1.2.840.113549.1.9.22.1'
const LOCAL_KEY_ID = '1.2.840.113549.1.9.21'
const SHA256 = '2.16.840.1.101.3.4.2.1'
const DIGESTS: Readonly<Record<string, Digest>> = {
  '1.3.14.3.2.26': 'sha1',
  [SHA256]: 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
}
const LENGTHS: Record<Digest, number> = { sha1: 20, sha256: 32, sha384: 48, sha512: 64 }

/** What Windows writes today. */
const ITERATIONS = 2_000

export interface PfxContent {
  /** DER of the certificate that the key belongs to. */
  certificate: Uint8Array
  /** DER of the certificates above it. */
  chain: readonly Uint8Array[]
  key: KeyObject
}

/**
 * A PFX in DER (RFC 7292): the key and the certificates, each encrypted by the password, and a MAC by it over both.
 *
 * @param random bytes by chance: a run is the same each time, so the platform's own are not used
 */
export function encodePfx(
  { certificate, chain, key }: PfxContent,
  password: string,
  random: (length: number) => Uint8Array,
): Uint8Array {
  const keyId = new Uint8Array(createHash('sha1').update(certificate).digest())
  const attributes = set(sequence(oid(LOCAL_KEY_ID), set(octetString(keyId))))
  const bagOf = (der: Uint8Array, more?: Uint8Array) =>
    sequence(
      oid(BAG.certificate),
      contextTag(0, sequence(oid(X509), contextTag(0, octetString(der)))),
      ...(more ? [more] : []),
    )
  const certificates = sequence(bagOf(certificate, attributes), ...chain.map((one) => bagOf(one)))
  const pkcs8 = new Uint8Array(key.export({ type: 'pkcs8', format: 'der' }))
  const shrouded = encryptBy(password, pkcs8, ITERATIONS, random)
  const keyBag = sequence(
    oid(BAG.shroudedKey),
    contextTag(0, sequence(shrouded.algorithm, octetString(shrouded.encrypted))),
    attributes,
  )
  const sealed = encryptBy(password, certificates, ITERATIONS, random)
  const encrypted = sequence(integer(0), sequence(oid(DATA), sealed.algorithm, contextTag(0, sealed.encrypted, false)))
  const safe = sequence(
    sequence(oid(ENCRYPTED_DATA), contextTag(0, encrypted)),
    sequence(oid(DATA), contextTag(0, octetString(sequence(keyBag)))),
  )
  const salt = random(8)
  const mac = macOf('sha256', password, salt, ITERATIONS, safe)
  return sequence(
    integer(3),
    sequence(oid(DATA), contextTag(0, octetString(safe))),
    sequence(sequence(sequence(oid(SHA256), nullValue()), octetString(mac)), octetString(salt), integer(ITERATIONS)),
  )
}

/**
 * What a PFX has, opened by its password.
 *
 * @throws DecodeError `ERR_DER_…` and `ERR_PKCS12_MALFORMED` where it is none, `ERR_PKCS12_PASSWORD` where its password is another,
 *   `ERR_PKCS12_UNSUPPORTED` for an algorithm that is not known here, such as RC2
 */
export function decodePfx(input: Uint8Array, password: string): PfxContent {
  const [, authSafe, macData] = childrenOf(readDer(input), 'PFX')
  const safe = dataOf(authSafe)
  if (macData) checkMac(macData, password, safe)
  const bags = childrenOf(readDer(safe), 'authenticated safe').flatMap((info) =>
    childrenOf(readDer(contentsOf(info, password)), 'safe contents'),
  )
  const keys = bags.flatMap((bag) => keyIn(bag, password))
  const certificates = bags.flatMap(certificateIn)
  const key = keys[0]
  const certificate = key && certificates.find((one) => belongsTo(one, key))
  if (!key || !certificate) throw new DecodeError('ERR_PKCS12_MALFORMED', 'the PFX has no key with its certificate')
  return { key, certificate, chain: certificates.filter((one) => one !== certificate) }
}

/** A content info of the type data. */
function dataOf(info: DerNode | undefined): Uint8Array {
  const [type, wrapped] = childrenOf(info, 'content info')
  if (readOid(type, 'content type') !== DATA) throw unsupported('a PFX that is signed, not protected by a password')
  return readOctets(expectTag(wrapped, 'content', contextTagOf(0)).children[0], 'content')
}

function contentsOf(info: DerNode, password: string): Uint8Array {
  const [type, wrapped] = childrenOf(info, 'content info')
  if (readOid(type, 'content type') === DATA) return dataOf(info)
  if (readOid(type, 'content type') !== ENCRYPTED_DATA) throw unsupported('a part that is sealed for a key')
  const [, content] = childrenOf(expectTag(wrapped, 'content', contextTagOf(0)).children[0], 'encrypted data')
  const [, algorithm, encrypted] = childrenOf(content, 'encrypted content')
  // Some programs write the octets in pieces.
  const bytes =
    encrypted?.tag === contextTagOf(0)
      ? Buffer.concat(encrypted.children.map((one) => one.content))
      : encrypted?.content
  return decryptBy(password, algorithm, bytes ?? new Uint8Array())
}

function checkMac(macData: DerNode, password: string, safe: Uint8Array): void {
  const [info, saltNode, count] = childrenOf(macData, 'MAC')
  const [algorithm, digestNode] = childrenOf(info, 'digest info')
  const digest = DIGESTS[readOid(childrenOf(algorithm, 'digest')[0], 'digest')]
  if (!digest) throw unsupported('a MAC by another digest')
  const iterations = count === undefined ? 1 : readIterations(count)
  const mac = macOf(digest, password, readOctets(saltNode, 'salt'), iterations, safe)
  const found = readOctets(digestNode, 'MAC')
  if (found.length !== mac.length || !timingSafeEqual(found, mac)) throw wrongPassword()
}

function macOf(digest: Digest, password: string, salt: Uint8Array, iterations: number, safe: Uint8Array): Uint8Array {
  const facts = { digest, purpose: PURPOSE.mac, password, salt, iterations, length: LENGTHS[digest] }
  return new Uint8Array(createHmac(digest, derivedKey(facts)).update(safe).digest())
}

function keyIn(bag: DerNode, password: string): KeyObject[] {
  const [type, value] = childrenOf(bag, 'bag')
  const name = readOid(type, 'bag')
  if (name !== BAG.key && name !== BAG.shroudedKey) return []
  const held = expectTag(value, 'bag', contextTagOf(0)).children[0]
  try {
    return [createPrivateKey({ key: Buffer.from(pkcs8In(name, held, password)), format: 'der', type: 'pkcs8' })]
  } catch (error) {
    if (error instanceof DecodeError) throw error
    throw new DecodeError('ERR_PKCS12_MALFORMED', 'the key of the PFX cannot be read')
  }
}

function pkcs8In(name: string, held: DerNode | undefined, password: string): Uint8Array {
  if (name === BAG.key) return held?.raw ?? new Uint8Array()
  const [algorithm, encrypted] = childrenOf(held, 'shrouded key')
  return decryptBy(password, algorithm, readOctets(encrypted, 'shrouded key'))
}

function certificateIn(bag: DerNode): Uint8Array[] {
  const [type, value] = childrenOf(bag, 'bag')
  if (readOid(type, 'bag') !== BAG.certificate) return []
  const [kind, wrapped] = childrenOf(expectTag(value, 'bag', contextTagOf(0)).children[0], 'certificate bag')
  if (readOid(kind, 'certificate bag') !== X509) return []
  return [readOctets(expectTag(wrapped, 'certificate', contextTagOf(0)).children[0], 'certificate')]
}

function belongsTo(certificate: Uint8Array, key: KeyObject): boolean {
  const own = createPublicKey(key).export({ type: 'spki', format: 'der' })
  return own.equals(decodeCertificate(certificate).spki)
}
