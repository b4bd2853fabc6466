import 'reflect-metadata'
import { createPublicKey, type KeyObject, sign, webcrypto } from 'node:crypto'
import { derivedKeys } from '../../../src/ports/rsa-keys.ts'

/** Two keys of the table: no search, no chance. */
export const issuerKey = derivedKeys.rsa2048('tenant:contoso-school', 'mdm-root')
export const subjectKey = derivedKeys.rsa2048('tenant:contoso-school', 'mdm-issuing')

export const signWith = (key: KeyObject) => (tbs: Uint8Array) => sign('sha256', tbs, key)

export const spkiOf = (key: KeyObject) => Uint8Array.from(createPublicKey(key).export({ type: 'spki', format: 'der' }))

const RSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }

/** The pair in the form that @peculiar/x509 takes. */
export async function webKeys(key: KeyObject): Promise<webcrypto.CryptoKeyPair> {
  const { subtle } = webcrypto
  const pkcs8 = key.export({ type: 'pkcs8', format: 'der' })
  return {
    privateKey: await subtle.importKey('pkcs8', pkcs8, RSA, true, ['sign']),
    publicKey: await subtle.importKey('spki', spkiOf(key), RSA, true, ['verify']),
  }
}

/** One bit of the last occurrence of `part` in `whole`, flipped. */
export function flipWithin(whole: Uint8Array, part: Uint8Array): Uint8Array {
  const at = Buffer.from(whole).lastIndexOf(part)
  if (at < 0) throw new Error('the part is not in the whole')
  const flipped = whole.slice()
  flipped[at + part.length - 1]! ^= 1
  return flipped
}
