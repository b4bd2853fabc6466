import { expect, test } from 'vitest'
import { CspTree } from '../../src/device/csp/csp-tree.ts'
import { HealthAttestation, tpmReadyStatus } from '../../src/device/health-attestation.ts'
import { CODE, signedOf } from '../../src/domain/windows-codes.ts'
import { loadDeviceFile } from '../../src/scenario/library.ts'

const ROOT = './Vendor/MSFT/HealthAttestation'
const { tpm } = loadDeviceFile('surface-laptop-se')
const REQUEST = JSON.stringify({ rpID: 'r', serviceEndpoint: 'https://attest.example', nonce: 'AD68AC4A3B7C9E10' })

function scene(of: typeof tpm) {
  const csp = new CspTree({ write: () => {} })
  return { csp, health: new HealthAttestation(of, csp), read: (name: string) => csp.read(`${ROOT}/${name}`) }
}

test.each<[string, typeof tpm, string]>([
  ['without a TPM', undefined, '6'],
  ['with a TPM 1.2', { ...tpm!, version: '1.2' } as typeof tpm, '9'],
  ['with a TPM 2.0 and without a nonce', tpm, '10'],
])('VerifyHealth: %s the check ends before any service [point 59]', (_, of, status) => {
  const { health, read } = scene(of)
  expect([read('Status'), health.settle()]).toEqual(['0', undefined])
  expect([health.verify(), read('Status')]).toEqual([202, '1'])
  expect([health.settle(), read('Status')]).toEqual([Number(status), status])
  expect(health.settle()).toBeUndefined()
})

test('a start of the device forgets what was under way', () => {
  const { health, read } = scene(tpm)
  health.verify()
  health.trigger(REQUEST)
  health.forget()
  expect([health.settle(), read('Status'), read('AttestStatus')]).toEqual([undefined, '1', undefined])
})

test.each<[string, typeof tpm, string]>([
  ['with a TPM 2.0 no service takes the connection', tpm, CODE.cannotConnect],
  ['without a TPM there is nothing that attests', undefined, CODE.notFound],
])('TriggerAttestation: %s [point 59]', (_, of, code) => {
  const { health, read } = scene(of)
  expect([health.trigger(REQUEST), health.settle(), read('AttestStatus')]).toEqual([
    202,
    undefined,
    String(signedOf(code)),
  ])
  // It is cleared before each call.
  expect([health.trigger(REQUEST), read('AttestStatus')]).toEqual([202, undefined])
})

test.each(['', '[]', 'null', '{"rpID":"r"}', REQUEST.replace('https://attest.example', 'attest')])(
  '%j is no request for an attestation',
  (data) => {
    expect(scene(tpm).health.trigger(data)).toBe(400)
  },
)

test('TpmReadyStatus: 0 is ready', () => {
  expect([tpmReadyStatus(tpm), tpmReadyStatus(undefined)]).toEqual([0, 0x20_0000])
  expect(tpmReadyStatus({ ...tpm!, faults: ['vulnerableFirmware'] })).toBe(0x100_0000)
})
