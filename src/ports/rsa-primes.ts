import { checkPrimeSync, createHash } from 'node:crypto'

export const PUBLIC_EXPONENT = 65_537n

/** Which candidates of a seed and a label are its two primes. */
export type PrimeCounters = readonly [number, number]

/** Changing it changes every key and every identity that was ever pinned. */
const domainOf = (bits: number): string => `oobe-sim rsa-${bits} v1`

/** Of SHA-256. */
const BLOCK_BITS = 256

/** Under what a table of counters files a key: 16 hexadecimal digits. */
export const counterKey = (seed: string, label: string, bits = 2048): string =>
  keyed(seed, label, bits).digest('hex').slice(0, 16)

/**
 * The `counter`th candidate for a key of so many bits: SHA-256 in counter mode. The top two bits are set, so that a
 * product of two has exactly the key's length; the lowest is set because a prime is odd.
 */
export function primeCandidate(seed: string, label: string, counter: number, bits = 2048): bigint {
  const length = bits / 2
  const blocks = Array.from({ length: length / BLOCK_BITS }, (_, block) =>
    keyed(seed, label, bits).update(`${counter}.${block}`).digest('hex'),
  )
  return BigInt(`0x${blocks.join('')}`) | (3n << BigInt(length - 2)) | 1n
}

/** The first two candidates that are primes and go with the public exponent. About 700 tries. */
export function searchPrimeCounters(seed: string, label: string, bits = 2048): PrimeCounters {
  const first = searchFrom(seed, label, bits, 0)
  return [first, searchFrom(seed, label, bits, first + 1)]
}

function searchFrom(seed: string, label: string, bits: number, start: number): number {
  for (let counter = start; ; counter++) {
    const candidate = primeCandidate(seed, label, counter, bits)
    // The exponent is prime: it has a factor in common with p-1 only if it divides it.
    if ((candidate - 1n) % PUBLIC_EXPONENT !== 0n && checkPrimeSync(candidate)) return counter
  }
}

/** The lengths keep ("ab", "c") and ("a", "bc") apart. */
const keyed = (seed: string, label: string, bits: number) =>
  createHash('sha256').update(`${domainOf(bits)}\n${seed.length}:${seed}\n${label.length}:${label}\n`)
