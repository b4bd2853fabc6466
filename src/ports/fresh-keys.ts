import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'

/** Keys and numbers that cannot be guessed: for what outlives a run and protects something. Never in a journal. */
export const freshRsaKey = (bits = 2048): KeyObject => generateKeyPairSync('rsa', { modulusLength: bits }).privateKey

export const freshBytes = (length: number): Uint8Array => new Uint8Array(randomBytes(length))
