import { constants, createCipheriv, createDecipheriv, type KeyObject, privateDecrypt, publicEncrypt } from 'node:crypto'
import { DecodeError } from '../../domain/trouble.ts'
import { readDer } from '../der/reader.ts'
import { contextTagOf, TAG } from '../der/tags.ts'
import { childrenOf, readOctets, readOid } from '../der/values.ts'
import { contextTag, integer, nullValue, octetString, oid, sequence, set } from '../der/writer.ts'
import { decodeCertificate } from '../x509/certificate.ts'
import { publicKeyFrom } from '../x509/public-key.ts'
import { CMS, signerOf } from './signed-data.ts'

/** Content encryption: RFC 3565, 4.1, and RFC 3370, 5.1. Lengths in bytes. */
const CIPHERS = {
  aes128: { oid: '2.16.840.1.101.3.4.1.2', name: 'aes-128-cbc', keyLength: 16, ivLength: 16 },
  aes256: { oid: '2.16.840.1.101.3.4.1.42', name: 'aes-256-cbc', keyLength: 32, ivLength: 16 },
  tripleDes: { oid: '1.2.840.113549.3.7', name: 'des-ede3-cbc', keyLength: 24, ivLength: 8 },
} as const

export type ContentCipher = keyof typeof CIPHERS

export interface Envelope {
  content: Uint8Array
  /** DER of the certificate for whose key it is. */
  recipient: Uint8Array
  cipher: ContentCipher
  /** Bytes by chance: a run is the same each time, so the platform's own are not used. */
  random: (length: number) => Uint8Array
}

/**
 * A CMS EnvelopedData in DER for one recipient, by RSA with PKCS #1 version 1.5 (RFC 5652, 6; RFC 3370, 4.2.1).
 *
 * @throws DecodeError `ERR_DER_…` and `ERR_X509_…` on a malformed certificate, `ERR_CMS_UNSUPPORTED` where its key is not RSA
 */
export function seal({ content, recipient, cipher, random }: Envelope): Uint8Array {
  const { oid: type, name, keyLength, ivLength } = CIPHERS[cipher]
  const key = random(keyLength)
  const iv = random(ivLength)
  const encryption = createCipheriv(name, key, iv)
  const encrypted = Buffer.concat([encryption.update(content), encryption.final()])
  const recipientInfo = sequence(
    integer(0),
    signerOf(recipient),
    sequence(oid(CMS.rsa), nullValue()),
    octetString(wrapKey(key, rsaKeyOf(recipient), random)),
  )
  const encryptedContent = sequence(
    oid(CMS.data),
    sequence(oid(type), octetString(iv)),
    contextTag(0, encrypted, false),
  )
  return sequence(oid(CMS.envelopedData), contextTag(0, sequence(integer(0), set(recipientInfo), encryptedContent)))
}

/**
 * @throws DecodeError `ERR_DER_…` on malformed input, `ERR_CMS_UNSUPPORTED` on another type or algorithm, `ERR_CMS_RECIPIENT` where it is for
 *   another certificate, `ERR_CMS_DECRYPT` where the key does not open it.
 */
export function unseal(envelope: Uint8Array, certificate: Uint8Array, key: KeyObject): Uint8Array {
  const [type, wrapped] = childrenOf(readDer(envelope), 'content info')
  if (readOid(type, 'content type') !== CMS.envelopedData) throw unsupported('it is no enveloped data')
  const members = childrenOf(wrapped?.children[0], 'enveloped data')
  const recipients = childrenOf(
    members.find(({ tag }) => tag === TAG.set),
    'recipients',
    TAG.set,
  ).map((recipient) => childrenOf(recipient, 'recipient'))
  const name = Buffer.from(signerOf(certificate))
  const mine = recipients.find(([, rid]) => rid && name.equals(rid.raw))
  if (!mine) throw new DecodeError('ERR_CMS_RECIPIENT', 'the envelope is for another certificate')
  const [, , keyAlgorithm, encryptedKey] = mine
  const keyType = readOid(childrenOf(keyAlgorithm, 'algorithm')[0], 'algorithm')
  if (keyType !== CMS.rsa) throw unsupported(`the key is wrapped by ${keyType}`)
  const [, algorithm, encrypted] = childrenOf(members.at(-1), 'encrypted content')
  const [cipherOid, iv] = childrenOf(algorithm, 'content encryption')
  const cipher = Object.values(CIPHERS).find((one) => one.oid === readOid(cipherOid, 'content encryption'))
  if (!cipher) throw unsupported('the content is encrypted by an unknown algorithm')
  // Some services write the octets in pieces.
  const bytes =
    encrypted?.tag === contextTagOf(0)
      ? Buffer.concat(encrypted.children.map(({ content }) => content))
      : (encrypted?.content ?? new Uint8Array())
  const contentKey = unwrapKey(readOctets(encryptedKey, 'encrypted key'), key)
  try {
    const decryption = createDecipheriv(cipher.name, contentKey, readOctets(iv, 'initialization vector'))
    return new Uint8Array(Buffer.concat([decryption.update(bytes), decryption.final()]))
  } catch {
    throw new DecodeError('ERR_CMS_DECRYPT', 'the key does not open the envelope')
  }
}

function rsaKeyOf(certificate: Uint8Array): KeyObject {
  const { spki } = decodeCertificate(certificate)
  try {
    const key = publicKeyFrom(spki)
    if (key.asymmetricKeyType === 'rsa') return key
  } catch {
    // The same refusal as of a key that is not RSA.
  }
  throw unsupported('the recipient has no RSA key')
}

/** RFC 8017, 7.2.1, with padding of our own chance. */
function wrapKey(key: Uint8Array, recipient: KeyObject, random: Envelope['random']): Uint8Array {
  const size = (recipient.asymmetricKeyDetails?.modulusLength ?? 0) / 8
  const padding = random(size - key.length - 3).map((byte) => byte || 1)
  const block = Buffer.concat([Uint8Array.of(0, 2), padding, Uint8Array.of(0), key])
  return publicEncrypt({ key: recipient, padding: constants.RSA_NO_PADDING }, block)
}

/** Node refuses to strip this padding itself. Nothing here depends on how long a refusal takes: no secret of a person is behind the key. */
function unwrapKey(encrypted: Uint8Array, key: KeyObject): Uint8Array {
  let block: Buffer
  try {
    block = privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, encrypted)
  } catch {
    throw new DecodeError('ERR_CMS_DECRYPT', 'the key does not open the envelope')
  }
  const end = block.indexOf(0, 2)
  if (block[0] !== 0 || block[1] !== 2 || end < 10) {
    throw new DecodeError('ERR_CMS_DECRYPT', 'the key does not open the envelope')
  }
  return block.subarray(end + 1)
}

const unsupported = (text: string): DecodeError => new DecodeError('ERR_CMS_UNSUPPORTED', text)
