import { constants, createHash, type KeyObject, publicEncrypt } from 'node:crypto'

/**
 * RSA-OAEP under a given seed as long as the hash (RFC 8017, 7.1.1). Node draws the seed itself, and a run has to be the
 * same each time.
 */
export function oaepEncrypt(
  key: KeyObject,
  message: Uint8Array,
  label: string,
  seed: Uint8Array,
  hash: 'sha1' | 'sha256' = 'sha256',
): Uint8Array {
  const size = (key.asymmetricKeyDetails?.modulusLength ?? 0) / 8
  const labelHash = createHash(hash).update(label).digest()
  const hashSize = labelHash.length
  const padding = size - message.length - 2 * hashSize - 2
  if (padding < 0 || seed.length !== hashSize) throw new RangeError('the message or the seed does not fit the key')
  const block = Buffer.concat([labelHash, new Uint8Array(padding), Uint8Array.of(1), message])
  const maskedBlock = xor(block, mask(seed, block.length, hash))
  const maskedSeed = xor(seed, mask(maskedBlock, hashSize, hash))
  const encoded = Buffer.concat([Uint8Array.of(0), maskedSeed, maskedBlock])
  return new Uint8Array(publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, encoded))
}

/** MGF1. */
function mask(seed: Uint8Array, length: number, hash: 'sha1' | 'sha256'): Uint8Array {
  const blocks: Buffer[] = []
  for (let size = 0; size < length; size += blocks.at(-1)!.length) {
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(blocks.length)
    blocks.push(createHash(hash).update(seed).update(counter).digest())
  }
  return Buffer.concat(blocks).subarray(0, length)
}

const xor = (a: Uint8Array, b: Uint8Array): Uint8Array => a.map((byte, index) => byte ^ b[index]!)
