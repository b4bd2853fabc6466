import { createHash } from 'node:crypto'

export type Digest = 'sha1' | 'sha256' | 'sha384' | 'sha512'

/** Lengths in bytes: of the blocks that a digest works on. */
const BLOCKS: Record<Digest, number> = { sha1: 64, sha256: 64, sha384: 128, sha512: 128 }

/** What a key derived from a password is for (RFC 7292, appendix B.3). */
export const PURPOSE = { key: 1, iv: 2, mac: 3 } as const

export interface DerivedKey {
  digest: Digest
  purpose: (typeof PURPOSE)[keyof typeof PURPOSE]
  password: string
  salt: Uint8Array
  iterations: number
  /** Bytes. */
  length: number
}

/** The key derivation of PKCS #12 itself (RFC 7292, appendix B.2). */
export function derivedKey({ digest, purpose, password, salt, iterations, length }: DerivedKey): Uint8Array {
  const block = BLOCKS[digest]
  const diversifier = Buffer.alloc(block, purpose)
  const input = Buffer.concat([filled(salt, block), filled(bmpOf(password), block)])
  const parts: Buffer[] = []
  for (let size = 0; size < length; ) {
    let hash = createHash(digest).update(diversifier).update(input).digest()
    for (let round = 1; round < iterations; round++) hash = createHash(digest).update(hash).digest()
    parts.push(hash)
    size += hash.length
    const addend = filled(hash, block).subarray(0, block)
    for (let at = 0; at < input.length; at += block) addOne(input.subarray(at, at + block), addend)
  }
  return new Uint8Array(Buffer.concat(parts).subarray(0, length))
}

/** Repeated up to a multiple of the block; nothing stays nothing. */
const filled = (bytes: Uint8Array, block: number): Buffer =>
  Buffer.alloc(block * Math.ceil(bytes.length / block), bytes)

/** A BMPString with its closing zero (RFC 7292, appendix B.1). */
const bmpOf = (password: string): Buffer => Buffer.from(`${password}\0`, 'utf16le').swap16()

/** Adds the other number and one, and forgets what does not fit. */
function addOne(number: Buffer, addend: Buffer): void {
  let carry = 1
  for (let at = number.length - 1; at >= 0; at--) {
    const sum = number[at]! + addend[at]! + carry
    number[at] = sum & 0xff
    carry = sum >> 8
  }
}
