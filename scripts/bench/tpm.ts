import { activate } from '../../src/device/tpm/attestation.ts'
import { BuiltInTpm } from '../../src/device/tpm/built-in-tpm.ts'
import { type Answer, TpmClient } from '../../src/device/tpm/client.ts'
import { primaryKeyOf } from '../../src/device/tpm/primary-keys.ts'
import type { Tpm } from '../../src/device/tpm/tpm.ts'
import { createKeySource, derivedKeys } from '../../src/ports/rsa-keys.ts'
import { searchPrimeCounters } from '../../src/ports/rsa-primes.ts'
import { ALG, EK_HANDLE, RH } from '../../src/protocols/tpm/constants.ts'
import { makeCredential } from '../../src/protocols/tpm/credential.ts'
import { aik, ekP256, ekRsa } from '../../src/protocols/tpm/templates.ts'
import { loadDeviceFile } from '../../src/scenario/library.ts'
import { startSwtpm } from '../../test/contract/tpm/swtpm.ts'
import { missing } from '../../test/contract/tpm/tools.ts'

/**
 * What a TPM costs, in milliseconds: a prime search, keys from known counters, and a round of attestation (MakeCredential,
 * policy session, ActivateCredential, CertifyCreation, Quote; keys loaded) of the built-in TPM and of swtpm. Prints JSON;
 * what swtpm would tell is null where there is none.
 */
const ROUNDS = Number(process.argv[2] ?? 20)
const SEARCHES = 5

const facts = loadDeviceFile('asus-br1100fka').tpm!

const built = await rounds(new BuiltInTpm({ facts, keys: derivedKeys, clock: () => 0 }))
const swtpm = await roundsOfSwtpm()
const searches = Array.from({ length: SEARCHES }, (_, index) => timed(() => searchPrimeCounters('bench', `${index}`)))
console.log(
  JSON.stringify({
    primeSearchMs: round(mean(searches)),
    rsaEkMs: round(
      median(repeat(() => primaryKeyOf(createKeySource(), facts.endorsementSeed, RH.ENDORSEMENT, ekRsa()))),
    ),
    p256EkMs: round(
      median(repeat(() => primaryKeyOf(createKeySource(), facts.endorsementSeed, RH.ENDORSEMENT, ekP256()))),
    ),
    roundBuiltInMs: round(built),
    roundSwtpmMs: swtpm === null ? null : round(swtpm),
    builtInOverSwtpm: swtpm === null ? null : round(built / swtpm),
  }),
)

async function roundsOfSwtpm(): Promise<number | null> {
  if (missing.includes('swtpm')) return null
  const started = await startSwtpm()
  try {
    return await rounds(started.tpm)
  } finally {
    await started.stop()
  }
}

/** Median of a round, the keys made before. */
async function rounds(tpm: Tpm): Promise<number> {
  const client = new TpmClient(tpm)
  given(await client.startup())
  const made = given(await client.createPrimary(RH.ENDORSEMENT, ekRsa()))
  given(await client.evictControl(made.handle, EK_HANDLE.rsa))
  given(await client.flushContext(made.handle))
  const ak = given(await client.createPrimary(RH.OWNER, aik()))
  const chance = { seed: new Uint8Array(32).fill(1), encryption: new Uint8Array(32).fill(2) }
  const times: number[] = []
  for (let count = 0; count < ROUNDS; count++) {
    const startedAt = performance.now()
    const credential = makeCredential(made.publicArea, ak.name, new Uint8Array(32), chance)
    const opened = await activate(client, ak.handle, credential)
    if (!opened.ok) throw new Error(opened.trouble.text)
    given(await client.certifyCreation(ak.handle, ak.handle, ak.creationHash, ak.ticket))
    given(await client.quote(ak.handle, [{ hash: ALG.SHA256, pcrs: [0, 7, 11] }]))
    times.push(performance.now() - startedAt)
  }
  return median(times)
}

function given<Value>(answer: Answer<Value>): Value {
  if (!answer.ok) throw new Error(`the TPM refused with 0x${answer.code.toString(16)}`)
  return answer.value
}

function repeat(work: () => void): number[] {
  return Array.from({ length: ROUNDS }, () => timed(work))
}

function timed(work: () => void): number {
  const startedAt = performance.now()
  work()
  return performance.now() - startedAt
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[sorted.length >> 1]!
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
