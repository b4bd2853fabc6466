import { customRandom, urlAlphabet } from 'nanoid'
import type { Chance } from './chance.ts'

/** Identifiers of a run: the same seed gives the same ones. */
export interface Ids {
  /** 21 characters, URL-safe. */
  short(): string
  /** A version 4 UUID, lower case. */
  guid(): string
}

export function seededIds(chance: Chance): Ids {
  return {
    short: customRandom(urlAlphabet, 21, (length) => chance.bytes(length)),
    guid: () => guidFrom(chance.bytes(16)),
  }
}

/** Formats 16 bytes as a version 4 UUID (RFC 9562, 5.4). */
export function guidFrom(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString('hex').split('')
  hex[12] = '4'
  hex[16] = '89ab'[Number.parseInt(hex[16]!, 16) & 3]!
  const text = hex.join('')
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20, 32)].join('-')
}
