import { describe, expect, test } from 'vitest'
import { endorsementPublic } from '../../src/device/tpm/attestation.ts'
import type { DeviceDefinition, TpmFacts } from '../../src/domain/device.ts'
import { MOCK_ENDPOINTS } from '../../src/domain/endpoints.ts'
import type { HttpResponse } from '../../src/domain/http.ts'
import type { CertificateService } from '../../src/domain/tpm-vendors.ts'
import { firstBoot, loadDevice, mockTenant } from '../../src/library/first-boot.ts'
import { lookupKey } from '../../src/protocols/tpm/ek-lookup.ts'
import { decodePublic } from '../../src/protocols/tpm/tpmt-public.ts'
import { decodeCertificate } from '../../src/protocols/x509/certificate.ts'
import { readIssuerUrl } from '../../src/protocols/x509/read-extensions.ts'
import { given, jsonOf, type Scene, scene } from './attestation.ts'

const get = ({ send }: Scene, url: string): HttpResponse =>
  send({ method: 'GET', url, headers: {}, body: new Uint8Array() })

const CASES: [string, CertificateService, (answer: HttpResponse) => Uint8Array][] = [
  ['INTC', 'ekIntel', (answer) => new Uint8Array(Buffer.from(jsonOf(answer).certificate!, 'base64url'))],
  ['AMD', 'ekAmd', ({ body }) => body],
  ['QCOM', 'ekQualcomm', ({ body }) => body],
]

describe.each(CASES)('the certificate service of %s', (vendor, service, read) => {
  const tpm: Partial<TpmFacts> = { vendor, certificate: 'web', kind: 'firmware' }

  test('gives the certificate of a key, and nothing for another', async () => {
    const of = await scene(tpm)
    const key = lookupKey(service, decodePublic(given(await endorsementPublic(of.client))))!
    const answer = get(of, `${MOCK_ENDPOINTS[service]}/${key}`)
    expect(answer.status).toBe(200)
    expect(Buffer.compare(read(answer), of.made.published[0]!)).toBe(0)
    expect(
      get(of, `${MOCK_ENDPOINTS[service]}/${key.replace(/^./, (first) => (first === 'a' ? 'b' : 'a'))}`).status,
    ).toBe(404)
  })

  test('has none of another maker’s', async () => {
    const of = await scene({ ...tpm, vendor: vendor === 'AMD' ? 'INTC' : 'AMD' })
    const key = lookupKey(service, decodePublic(given(await endorsementPublic(of.client))))!
    expect(get(of, `${MOCK_ENDPOINTS[service]}/${key}`).status).toBe(404)
  })

  test('is asked by a device without a certificate in its TPM, which is then attested', async () => {
    const device = (await loadDevice('asus-br1100fka', { tpm })) as DeviceDefinition
    const tenant = mockTenant('contoso-school')
    const { outcome, journal } = await firstBoot({ device, tenant, network: { ethernet: true }, transport: 'direct' })
    expect(outcome.kind).toBe('signInScreen')
    expect(journal.filter((entry) => entry.kind === 'request' && entry.operation === 'EK certificate')).toHaveLength(1)
  })
})

test('a certificate says where that of its issuer is, and it is there; another is not', async () => {
  const of = await scene()
  const url = readIssuerUrl(decodeCertificate(of.made.nv.values().next().value!).extensions)!
  const answer = get(of, url)
  expect([answer.status, Buffer.compare(answer.body, of.made.authorities[0]!)]).toEqual([200, 0])
  expect(get(of, url.replace(/[0-9a-f]\.cer$/, 'z.cer')).status).toBe(404)
  expect(get(of, url.replace(/[0-9a-f]{40}/, '0'.repeat(40))).status).toBe(404)
})

test('a maker without a service leaves a firmware TPM without a certificate', async () => {
  const device = await loadDevice('asus-br1100fka', { tpm: { certificate: 'web' } })
  const { outcome } = await firstBoot({
    device,
    tenant: mockTenant('contoso-school'),
    network: { ethernet: true },
    transport: 'direct',
  })
  expect(outcome).toMatchObject({ kind: 'failed', page: 'tpmAttestation', code: '0x800705b4' })
})
