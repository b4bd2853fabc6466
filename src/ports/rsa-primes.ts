import { checkPrimeSync, createHash } from 'node:crypto'

export const PUBLIC_EXPONENT = 65_537n

/** Which candidates of a seed and a label are its two primes. */
export type PrimeCounters = readonly [number, number]

/** Changing it changes every key and every identity that was ever pinned. */
const DOMAIN = 'oobe-sim rsa-2048 v1'

/** 1024 bits. */
const BLOCKS = 4

/** Under what a table of counters files a key: 16 hexadecimal digits. */
export const counterKey = (seed: string, label: string): string => keyed(seed, label).digest('hex').slice(0, 16)

/**
 * The `counter`th candidate of 1024 bits: SHA-256 in counter mode. The top two bits are set, so that a product of two
 * has exactly 2048 bits; the lowest is set because a prime is odd.
 */
export function primeCandidate(seed: string, label: string, counter: number): bigint {
  const blocks = Array.from({ length: BLOCKS }, (_, block) =>
    keyed(seed, label).update(`${counter}.${block}`).digest('hex'),
  )
  return BigInt(`0x${blocks.join('')}`) | (3n << 1022n) | 1n
}

/** The first two candidates that are primes and go with the public exponent. About 700 tries. */
export function searchPrimeCounters(seed: string, label: string): PrimeCounters {
  const first = searchFrom(seed, label, 0)
  return [first, searchFrom(seed, label, first + 1)]
}

function searchFrom(seed: string, label: string, start: number): number {
  for (let counter = start; ; counter++) {
    const candidate = primeCandidate(seed, label, counter)
    // The exponent is prime: it has a factor in common with p-1 only if it divides it.
    if ((candidate - 1n) % PUBLIC_EXPONENT !== 0n && checkPrimeSync(candidate)) return counter
  }
}

/** The lengths keep ("ab", "c") and ("a", "bc") apart. */
const keyed = (seed: string, label: string) =>
  createHash('sha256').update(`${DOMAIN}\n${seed.length}:${seed}\n${label.length}:${label}\n`)
