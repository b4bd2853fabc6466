import { createCipheriv, createDecipheriv, pbkdf2Sync } from 'node:crypto'
import { DecodeError } from '../../domain/trouble.ts'
import type { DerNode } from '../der/reader.ts'
import { childrenOf, readOctets, readOid, readUnsigned } from '../der/values.ts'
import { integer, nullValue, octetString, oid, sequence } from '../der/writer.ts'
import { type Digest, derivedKey, PURPOSE } from './password-key.ts'

const PBES2 = '1.2.840.113549.1.5.13'
const PBKDF2 = '1.2.840.113549.1.5.12'
/** pbeWithSHAAnd3-KeyTripleDES-CBC: what Windows wrote before it knew AES. */
const TRIPLE_DES = '1.2.840.113549.1.12.1.3'
const HMACS: Readonly<Record<string, Digest>> = {
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
}
const HMAC_SHA256 = '1.2.840.113549.2.9'
const HMAC_SHA1 = '1.2.840.113549.2.7'
/** Lengths in bytes. */
const CIPHERS: Readonly<Record<string, { name: string; length: number }>> = {
  '2.16.840.1.101.3.4.1.2': { name: 'aes-128-cbc', length: 16 },
  '2.16.840.1.101.3.4.1.22': { name: 'aes-192-cbc', length: 24 },
  '2.16.840.1.101.3.4.1.42': { name: 'aes-256-cbc', length: 32 },
  '1.2.840.113549.3.7': { name: 'des-ede3-cbc', length: 24 },
}
const AES_256 = '2.16.840.1.101.3.4.1.42'

/** A file may ask for more work than a person would wait for. */
const ITERATIONS_MAX = 1_000_000

export const unsupported = (text: string): DecodeError => new DecodeError('ERR_PKCS12_UNSUPPORTED', text)
export const wrongPassword = (): DecodeError =>
  new DecodeError('ERR_PKCS12_PASSWORD', 'the password does not open the PFX')

/** @throws DecodeError `ERR_PKCS12_UNSUPPORTED` where it is more than a million */
export function readIterations(node: DerNode | undefined): number {
  const bytes = readUnsigned(node, 'iterations')
  const count = bytes.length > 4 ? Number.POSITIVE_INFINITY : Number(`0x${Buffer.from(bytes).toString('hex')}`)
  if (count < 1 || count > ITERATIONS_MAX) throw unsupported(`${count} iterations`)
  return count
}

/** PBES2 with PBKDF2, HMAC-SHA256 and AES-256-CBC (RFC 8018, 6.2): the algorithm in DER, and what it makes of the bytes. */
export function encryptBy(
  password: string,
  content: Uint8Array,
  iterations: number,
  random: (length: number) => Uint8Array,
): { algorithm: Uint8Array; encrypted: Uint8Array } {
  const [salt, iv] = [random(16), random(16)]
  const key = pbkdf2Sync(password, salt, iterations, 32, 'sha256')
  const cipher = createCipheriv('aes-256-cbc', key, iv)
  const algorithm = sequence(
    oid(PBES2),
    sequence(
      sequence(oid(PBKDF2), sequence(octetString(salt), integer(iterations), sequence(oid(HMAC_SHA256), nullValue()))),
      sequence(oid(AES_256), octetString(iv)),
    ),
  )
  return { algorithm, encrypted: new Uint8Array(Buffer.concat([cipher.update(content), cipher.final()])) }
}

/**
 * What a password opens: PBES2 with AES or triple DES, and the triple DES of PKCS #12.
 *
 * @throws DecodeError `ERR_PKCS12_UNSUPPORTED` for another algorithm, `ERR_PKCS12_PASSWORD` where the password does not open it
 */
export function decryptBy(password: string, algorithm: DerNode | undefined, encrypted: Uint8Array): Uint8Array {
  const { name, key, iv } = cipherOf(password, algorithm)
  try {
    const decipher = createDecipheriv(name, key, iv)
    return new Uint8Array(Buffer.concat([decipher.update(encrypted), decipher.final()]))
  } catch {
    throw wrongPassword()
  }
}

function cipherOf(password: string, algorithm: DerNode | undefined) {
  const [type, parameters] = childrenOf(algorithm, 'encryption')
  const name = readOid(type, 'encryption')
  if (name === PBES2) return pbes2(password, parameters)
  if (name !== TRIPLE_DES) throw unsupported(`the encryption ${name}`)
  const [saltNode, count] = childrenOf(parameters, 'encryption parameters')
  const facts = {
    digest: 'sha1',
    password,
    salt: readOctets(saltNode, 'salt'),
    iterations: readIterations(count),
  } as const
  return {
    name: 'des-ede3-cbc',
    key: derivedKey({ ...facts, purpose: PURPOSE.key, length: 24 }),
    iv: derivedKey({ ...facts, purpose: PURPOSE.iv, length: 8 }),
  }
}

function pbes2(password: string, parameters: DerNode | undefined) {
  const [derivation, scheme] = childrenOf(parameters, 'PBES2')
  const [derivationType, derivationFacts] = childrenOf(derivation, 'key derivation')
  if (readOid(derivationType, 'key derivation') !== PBKDF2) throw unsupported('a key derivation other than PBKDF2')
  const [saltNode, count, ...rest] = childrenOf(derivationFacts, 'PBKDF2')
  const prf = rest.find(({ children }) => children.length > 0)
  const hmac = prf ? readOid(prf.children[0], 'HMAC') : HMAC_SHA1
  const [cipherType, ivNode] = childrenOf(scheme, 'cipher')
  const cipher = CIPHERS[readOid(cipherType, 'cipher')]
  const digest = HMACS[hmac]
  if (!cipher || !digest) throw unsupported('a cipher or an HMAC of PBES2')
  const key = pbkdf2Sync(password, readOctets(saltNode, 'salt'), readIterations(count), cipher.length, digest)
  return { name: cipher.name, key, iv: readOctets(ivNode, 'initialization vector') }
}
