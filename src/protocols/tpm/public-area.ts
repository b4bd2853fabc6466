import { createHash } from 'node:crypto'

const SHA256_ALG = Uint8Array.of(0x00, 0x0b)

/** The TPM name of an object: its name algorithm and the hash of its public area, 34 bytes (Part 1, section 16). */
export const nameOf = (publicArea: Uint8Array): Uint8Array => join(SHA256_ALG, sha256(publicArea))

/**
 * What a hardware hash carries as OfflineDeviceId: SHA-256 of the bare modulus, most significant byte first
 * (device-identity.md section 1.5, fact 1).
 */
export const offlineDeviceId = (modulus: Uint8Array): Uint8Array => Uint8Array.from(sha256(modulus))

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()

function join(first: Uint8Array, second: Uint8Array): Uint8Array {
  const whole = new Uint8Array(first.length + second.length)
  whole.set(first)
  whole.set(second, first.length)
  return whole
}
