import { createPrivateKey, type KeyObject } from 'node:crypto'
import type { KeySource } from './keys.ts'
import cachedCounters from './rsa-prime-counters.json' with { type: 'json' }
import { counterKey, type PrimeCounters, PUBLIC_EXPONENT, primeCandidate, searchPrimeCounters } from './rsa-primes.ts'

export interface KeySourceOptions {
  /** Known counters by `counterKey(seed, label)`; the checked table of the shipped devices when left out. */
  counters?: Readonly<Record<string, readonly number[]>>
  /** Told the label of each key that the table does not hold: a search takes half a second, for 4096 bits some ten. */
  onSearch?: (label: string) => void
}

/**
 * RSA keys that follow from a seed and a label alone. They protect nothing: a person who knows the seed, which is in a
 * device file, has the keys.
 */
export function createKeySource({ counters = cachedCounters, onSearch }: KeySourceOptions = {}): KeySource {
  const keys = new Map<string, KeyObject>()
  const make = (seed: string, label: string, bits: number) => {
    const id = counterKey(seed, label, bits)
    const made = keys.get(id)
    if (made !== undefined) return made
    const key = privateKeyOf(seed, label, known(counters[id]) ?? search(seed, label, bits, onSearch), bits)
    keys.set(id, key)
    return key
  }
  return { rsa2048: (seed, label) => make(seed, label, 2048), rsa: make }
}

export const derivedKeys: KeySource = createKeySource()

function search(seed: string, label: string, bits: number, onSearch: KeySourceOptions['onSearch']): PrimeCounters {
  onSearch?.(label)
  return searchPrimeCounters(seed, label, bits)
}

function known(entry: readonly number[] | undefined): PrimeCounters | undefined {
  const [p, q] = entry ?? []
  return p === undefined || q === undefined ? undefined : [p, q]
}

function privateKeyOf(seed: string, label: string, counters: PrimeCounters, bits: number): KeyObject {
  const [first, second] = counters.map((counter) => primeCandidate(seed, label, counter, bits)) as [bigint, bigint]
  // RFC 8017 does not ask for p > q, but some libraries do.
  const [p, q] = first > second ? [first, second] : [second, first]
  const d = inverse(PUBLIC_EXPONENT, (p - 1n) * (q - 1n))
  const numbers = { n: p * q, e: PUBLIC_EXPONENT, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) }
  const members = Object.entries(numbers).map(([name, value]) => [name, base64url(value)])
  return createPrivateKey({ key: { kty: 'RSA', ...Object.fromEntries(members) }, format: 'jwk' })
}

/** The inverse of `value` modulo `modulus`, by the extended Euclidean algorithm. */
function inverse(value: bigint, modulus: bigint): bigint {
  let [rest, next] = [modulus, value % modulus]
  let [factor, nextFactor] = [0n, 1n]
  while (next !== 0n) {
    const quotient = rest / next
    ;[rest, next] = [next, rest - quotient * next]
    ;[factor, nextFactor] = [nextFactor, factor - quotient * nextFactor]
  }
  return factor < 0n ? factor + modulus : factor
}

function base64url(value: bigint): string {
  const hex = value.toString(16)
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex').toString('base64url')
}
