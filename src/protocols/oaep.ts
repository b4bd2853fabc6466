import { constants, createHash, type KeyObject, publicEncrypt } from 'node:crypto'
import { u32 } from './bytes.ts'

const HASH_SIZE = 32

/**
 * RSA-OAEP with SHA-256 under a given seed of 32 bytes (RFC 8017, 7.1.1). Node draws the seed itself, and a run has to be
 * the same each time.
 */
export function oaepEncrypt(key: KeyObject, message: Uint8Array, label: string, seed: Uint8Array): Uint8Array {
  const size = (key.asymmetricKeyDetails?.modulusLength ?? 0) / 8
  const padding = size - message.length - 2 * HASH_SIZE - 2
  if (padding < 0 || seed.length !== HASH_SIZE) throw new RangeError('the message or the seed does not fit the key')
  const labelHash = createHash('sha256').update(label).digest()
  const block = Buffer.concat([labelHash, new Uint8Array(padding), Uint8Array.of(1), message])
  const maskedBlock = xor(block, mask(seed, block.length))
  const maskedSeed = xor(seed, mask(maskedBlock, HASH_SIZE))
  const encoded = Buffer.concat([Uint8Array.of(0), maskedSeed, maskedBlock])
  return new Uint8Array(publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, encoded))
}

/** MGF1 with SHA-256. */
function mask(seed: Uint8Array, length: number): Uint8Array {
  const blocks = Array.from({ length: Math.ceil(length / HASH_SIZE) }, (_, counter) =>
    createHash('sha256').update(seed).update(u32(counter)).digest(),
  )
  return Buffer.concat(blocks).subarray(0, length)
}

const xor = (a: Uint8Array, b: Uint8Array): Uint8Array => a.map((byte, index) => byte ^ b[index]!)
