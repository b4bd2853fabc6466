import { checkPrimeSync, createHash, createPublicKey, sign, verify } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { changedSeed } from '../../src/device/tpm/endorsement-seed.ts'
import { TPM_VENDORS, VENDOR_KEY, vendorKeySeed } from '../../src/domain/tpm-vendors.ts'
import { createKeySource, derivedKeys } from '../../src/ports/rsa-keys.ts'
import table from '../../src/ports/rsa-prime-counters.json' with { type: 'json' }
import { counterKey, primeCandidate, searchPrimeCounters } from '../../src/ports/rsa-primes.ts'

const counters: Record<string, number[]> = table
const TENANT = 'tenant:contoso-school'

const folder = new URL('../../devices/', import.meta.url)
const devices: { tpm?: { endorsementSeed: string }; smbios: { uuid: string } }[] = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => parse(readFileSync(new URL(name, folder), 'utf8')))

const pairs = [
  ...devices.flatMap(({ tpm, smbios }) => {
    const seed = tpm?.endorsementSeed
    const own = ['join', 'transport', 'mdm'].map((label) => [seed ?? `no-tpm:${smbios.uuid}`, label] as const)
    return seed ? [...own, [seed, 'ek'] as const, [seed, 'aik'] as const, [changedSeed(seed), 'ek'] as const] : own
  }),
  ...TPM_VENDORS.flatMap(({ id }) => Object.values(VENDOR_KEY).map((label) => [vendorKeySeed(id), label] as const)),
  ...['mdm-root', 'mdm-issuing', 'organization-access', 'token-signing'].map((label) => [TENANT, label] as const),
  ['aik-service', 'attestation-root'] as const,
]

const fingerprint = (seed: string, label: string) => {
  const spki = createPublicKey(derivedKeys.rsa2048(seed, label)).export({ type: 'spki', format: 'der' })
  return createHash('sha256').update(spki).digest('hex')
}

describe('a derived key', () => {
  test('is the same for ever', () => {
    expect(fingerprint(TENANT, 'mdm-root')).toBe('c250eab692a927b9d40eb12d424428b7e437d5b7ebe8d9876e2e15d8242ab569')
  })

  test('is its own for each seed and label', () => {
    expect(new Set(pairs.map(([seed, label]) => fingerprint(seed, label))).size).toBe(pairs.length)
  })

  test('has 2048 bits and the usual exponent', () => {
    const details = pairs.map(([seed, label]) => derivedKeys.rsa2048(seed, label).asymmetricKeyDetails)
    expect(details).toEqual(pairs.map(() => ({ modulusLength: 2048, publicExponent: 65_537n })))
  })

  test('signs what its public half verifies', () => {
    const key = derivedKeys.rsa2048(TENANT, 'mdm-issuing')
    const signature = sign('sha256', Buffer.from('text'), key)
    const verified = ['text', 'test'].map((text) =>
      verify('sha256', Buffer.from(text), createPublicKey(key), signature),
    )
    expect(verified).toEqual([true, false])
  })

  test('is made once', () => {
    expect(derivedKeys.rsa2048(TENANT, 'mdm-root')).toBe(derivedKeys.rsa2048(TENANT, 'mdm-root'))
  })
})

describe('the table of prime counters', () => {
  test('has every key of the shipped devices and services', () => {
    expect(pairs.filter(([seed, label]) => !(counterKey(seed, label) in counters))).toEqual([])
  })

  test('says what a search finds', () => {
    expect(searchPrimeCounters(TENANT, 'token-signing')).toEqual(counters[counterKey(TENANT, 'token-signing')])
  })

  test('names primes', () => {
    const [p, q] = counters[counterKey('aik-service', 'attestation-root')]!
    const candidates = [p!, q!].map((counter) => primeCandidate('aik-service', 'attestation-root', counter))
    expect(candidates.map((candidate) => checkPrimeSync(candidate))).toEqual([true, true])
  })

  test('spares a search, which is announced once where it is needed', () => {
    const searched: string[] = []
    const keys = createKeySource({
      counters: { [counterKey(TENANT, 'mdm-root')]: counters[counterKey(TENANT, 'mdm-root')]! },
      onSearch: (label) => searched.push(label),
    })
    keys.rsa2048(TENANT, 'mdm-root')
    const found = [keys.rsa2048(TENANT, 'mdm-issuing'), keys.rsa2048(TENANT, 'mdm-issuing')]
    expect(searched).toEqual(['mdm-issuing'])
    expect(found.map((key) => key.equals(derivedKeys.rsa2048(TENANT, 'mdm-issuing')))).toEqual([true, true])
  })
})

test('a candidate has 1024 bits, the second highest of them set, and is odd', () => {
  const candidate = primeCandidate('seed', 'label', 0)
  expect([candidate >> 1022n, candidate & 1n]).toEqual([3n, 1n])
})

test('a seed and a label do not run into one another', () => {
  expect(counterKey('ab', 'c')).not.toBe(counterKey('a', 'bc'))
})
