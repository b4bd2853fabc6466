import { createPublicKey, type KeyObject } from 'node:crypto'
import { DecodeError } from '../../domain/trouble.ts'

const HEADER_LENGTH = 24
const MAGIC = 'RSA1'
const BITS_MAX = 16_384

/** BCRYPT_RSAKEY_BLOB of a public key: magic `RSA1`, lengths, exponent, modulus; 283 bytes for 2048 bits. */
export function encodeCngPublicKey(key: KeyObject): Uint8Array {
  const jwk = (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'jwk' }) as {
    n: string
    e: string
  }
  const modulus = Buffer.from(jwk.n, 'base64url')
  const exponent = Buffer.from(jwk.e, 'base64url')
  const header = Buffer.alloc(HEADER_LENGTH)
  header.write(MAGIC)
  header.writeUInt32LE(modulus.length * 8, 4)
  header.writeUInt32LE(exponent.length, 8)
  header.writeUInt32LE(modulus.length, 12)
  return new Uint8Array(Buffer.concat([header, exponent, modulus]))
}

/** @throws DecodeError `ERR_CNG_KEY_MALFORMED` */
export function decodeCngPublicKey(blob: Uint8Array): KeyObject {
  const bytes = Buffer.from(blob)
  const refuse = (text: string) => new DecodeError('ERR_CNG_KEY_MALFORMED', text)
  if (bytes.length < HEADER_LENGTH || bytes.toString('latin1', 0, 4) !== MAGIC) throw refuse('not an RSA1 blob')
  const [bits, exponentLength, modulusLength] = [4, 8, 12].map((at) => bytes.readUInt32LE(at)) as [
    number,
    number,
    number,
  ]
  if (bytes.length !== HEADER_LENGTH + exponentLength + modulusLength) throw refuse('the lengths do not fit the blob')
  if (bits > BITS_MAX || Math.ceil(bits / 8) !== modulusLength || exponentLength === 0) throw refuse('odd lengths')
  const e = bytes.subarray(HEADER_LENGTH, HEADER_LENGTH + exponentLength).toString('base64url')
  const n = bytes.subarray(HEADER_LENGTH + exponentLength).toString('base64url')
  try {
    return createPublicKey({ key: { kty: 'RSA', n, e }, format: 'jwk' })
  } catch (cause) {
    throw new DecodeError('ERR_CNG_KEY_MALFORMED', 'the numbers are no RSA key', { cause })
  }
}
