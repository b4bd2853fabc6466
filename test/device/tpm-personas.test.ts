import { describe, expect, test } from 'vitest'
import { personasOf, TPM_PERSONAS, type TpmPersona } from '../../src/device/tpm/personas.ts'
import { READINESS, readinessOf, readinessText } from '../../src/device/tpm/readiness.ts'
import { firmwareOf, isVulnerable } from '../../src/device/tpm/vulnerable-firmware.ts'
import type { DeviceDefinition } from '../../src/domain/device.ts'
import { firstBoot, loadDevice, mockTenant } from '../../src/library/first-boot.ts'

const CHANGES: Partial<Record<TpmPersona['name'], unknown>> = { absent: null, version12: { version: '1.2' } }

const deviceOf = ({ name }: TpmPersona): Promise<DeviceDefinition> => {
  // Only who fetches its certificate can be kept from it.
  const more = name === 'certificateFetchBlocked' ? { certificate: 'web', vendor: 'INTC', kind: 'firmware' } : {}
  const tpm = name in CHANGES ? CHANGES[name] : { faults: [name], ...more }
  return loadDevice('asus-br1100fka', { tpm })
}

const boot = async (device: DeviceDefinition) =>
  firstBoot({ device, tenant: mockTenant('contoso-school'), network: { ethernet: true }, transport: 'direct' })

describe.each(TPM_PERSONAS)('$name', (persona) => {
  test(`ends self-deploying on ${persona.page} with ${persona.code}`, async () => {
    const device = await deviceOf(persona)
    expect(personasOf(device)).toEqual([persona])
    const { outcome } = await boot(device)
    expect(outcome).toMatchObject({ kind: 'failed', page: persona.page, code: persona.code })
  })

  test('says where its code is from', () => {
    expect(persona.source).toMatch(/\[[DO1]\]|assumed/)
  })
})

test('the same device without a fault attests itself, and keeps the certificate', async () => {
  const run = await boot(await loadDevice('asus-br1100fka'))
  expect(run.outcome.kind).toBe('signInScreen')
  expect(run.journal.some((entry) => entry.kind === 'tpm' && entry.command === 'TPM2_ActivateCredential')).toBe(true)
})

test('attestation is the same in every run of a seed, to the byte, and not the same with another seed', async () => {
  const device = await loadDevice('asus-br1100fka')
  const text = async (seed: number) => {
    const tenant = mockTenant('contoso-school')
    const run = await firstBoot({ device, tenant, network: { ethernet: true }, transport: 'direct', seed })
    return JSON.stringify(run.journal)
  }
  const [first, second, other] = [await text(3), await text(3), await text(4)]
  expect([first === second, first === other]).toEqual([true, false])
})

test('a certificate that is refused is sent three times, half a minute apart', async () => {
  const { journal } = await boot(await loadDevice('asus-br1100fka', { tpm: { faults: ['certificateForAnotherKey'] } }))
  const sent = journal.filter((entry) => entry.kind === 'request' && entry.operation === 'TPM attestation challenge')
  const waits = sent.slice(1).map(({ at }, index) => at - sent[index]!.at)
  expect(sent).toHaveLength(3)
  for (const wait of waits) expect(Math.round(wait / 1000)).toBe(30)
})

test('an issuer that is not known is asked once: nothing on the device can cure it', async () => {
  const { journal } = await boot(await loadDevice('asus-br1100fka', { tpm: { faults: ['unknownIssuer'] } }))
  const sent = journal.filter((entry) => entry.kind === 'request' && entry.operation === 'TPM attestation challenge')
  expect(sent).toHaveLength(1)
})

test.each([
  [[4, 33], true],
  [[4, 34], false],
  [[4, 41], true],
  [[4, 43], false],
  [[5, 61], true],
  [[5, 62], false],
  [[6, 42], true],
  [[7, 61], true],
  [[7, 62], false],
  [[133, 32], true],
  [[133, 33], false],
  [[8, 0], false],
])('Infineon firmware %j is vulnerable: %s', ([major, minor], expected) => {
  expect(isVulnerable('IFX', { major: major!, minor: minor! })).toBe(expected)
  expect(isVulnerable('NTC', { major: major!, minor: minor! })).toBe(false)
})

test('firmware numbers are the halves of the first word (vector T5)', () => {
  expect([firmwareOf({ firmware: [458_814, 800_256] }), firmwareOf({ firmware: [538_247_443, 1_394_722] })]).toEqual([
    { major: 7, minor: 62 },
    { major: 8213, minor: 275 },
  ])
})

describe('readiness', () => {
  test('is a mask of single bits, each with its own name', () => {
    expect(READINESS.every(({ bit }) => (bit & (bit - 1)) === 0)).toBe(true)
    expect(new Set(READINESS.flatMap(({ bit, name }) => [bit, name])).size).toBe(2 * READINESS.length)
  })

  test('is 0 when all is well, and says what is not', async () => {
    const { tpm } = await loadDevice('asus-br1100fka')
    const observed = { hasCertificate: true, isLocked: false }
    expect(readinessOf(tpm!, observed)).toBe(0)
    expect(readinessOf({ ...tpm!, vendor: 'IFX', firmware: [458_813, 0] }, observed)).toBe(0x100_0000)
    expect(readinessText(0)).toBe('0x0: ready')
    const all = readinessOf({ ...tpm!, faults: ['vulnerableFirmware'] }, { hasCertificate: false, isLocked: true })
    expect(all.toString(16)).toBe('1440000')
    expect(readinessText(0x4_0000)).toBe('0x40000: the EK certificate was not read from NV into the registry')
  })
})
