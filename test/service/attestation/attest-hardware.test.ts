import { beforeAll, describe, expect, test } from 'vitest'
import { activate } from '../../../src/device/tpm/attestation.ts'
import { MOCK_ENDPOINTS } from '../../../src/domain/endpoints.ts'
import type { HttpRequest, HttpResponse } from '../../../src/domain/http.ts'
import { success } from '../../../src/domain/trouble.ts'
import { seededIds } from '../../../src/ports/ids.ts'
import { seededChance } from '../../../src/ports/seeded-chance.ts'
import { tpmVersionText } from '../../../src/protocols/tpm/version-text.ts'
import { createCertificate, decodeCertificate } from '../../../src/protocols/x509/certificate.ts'
import { attestHardware } from '../../../src/service/attestation/attest-hardware.ts'
import { flipped, goodEvidence, jsonOf, type Scene, type SentEvidence, scene } from '../../mock-service/attestation.ts'

let good: Scene
let evidence: SentEvidence
let handle: number

beforeAll(async () => {
  good = await scene()
  ;({ evidence, handle } = await goodEvidence(good))
})

type Spoil = (request: HttpRequest, response: HttpResponse) => HttpResponse

/** Attests through a service whose answers a test spoils on the way. */
async function attest(spoil: Spoil, over: Partial<SentEvidence> = {}, endpoints = MOCK_ENDPOINTS) {
  const urls: string[] = []
  const service = {
    http: {
      async send(request: HttpRequest) {
        urls.push(request.url)
        return success(spoil(request, good.send(request)))
      },
    },
    endpoints,
    ids: seededIds(seededChance(1, 'payload')),
  }
  const sent = { ...evidence, ...over, vendor: 'NTC', platformType: tpmVersionText(good.facts) }
  const answer = await attestHardware(service, sent, (credential) => activate(good.client, handle, credential))
  return { answer, urls }
}

const untouched: Spoil = (_, response) => response
const proofWith =
  (change: (json: Record<string, string>) => object): Spoil =>
  (request, response) =>
    request.url.endsWith('/proof')
      ? { ...response, body: new TextEncoder().encode(JSON.stringify(change(jsonOf(response)))) }
      : response

describe('attesting', () => {
  test('goes to the authority that the certificate names, and ends with a certificate and a token', async () => {
    const { answer, urls } = await attest(untouched)
    expect(answer).toMatchObject({ ok: true, value: { deviceToken: expect.stringMatching(/^ey/) } })
    expect(urls).toEqual([
      expect.stringMatching(/^https:\/\/ntc-keyid-[0-9a-f]{40}\.microsoftaik\.azure\.test\/templates\/Aik\/challenge$/),
      expect.stringMatching(/\/proof$/),
    ])
  })

  test('has the name of the authority in the path where an address says so', async () => {
    const endpoints = { ...MOCK_ENDPOINTS, attestation: 'http://127.0.0.1:8080/aik/{authority}' }
    const { urls } = await attest(untouched, {}, endpoints)
    expect(urls[0]).toMatch(/^http:\/\/127\.0\.0\.1:8080\/aik\/ntc-keyid-[0-9a-f]{40}\/challenge$/)
  })

  test.each<[string, Spoil, string]>([
    [
      'an attestation certificate for another key',
      proofWith((json) => ({ ...json, aikCertificate: Buffer.from(evidence.ekCertificate).toString('base64') })),
      '0x801c03ea',
    ],
    ['an attestation certificate that is none', proofWith((json) => ({ ...json, aikCertificate: 'AAAA' })), 'ERR_DER_'],
    ['no token', proofWith(({ aikCertificate }) => ({ aikCertificate })), 'ERR_ATTESTATION_MALFORMED'],
    ['a secret for another TPM', (_, response) => ({ ...response, body: withFlippedSecret(response) }), '0x801c03ea'],
    [
      'an answer that is none',
      (_, response) => ({ ...response, body: new Uint8Array(3) }),
      'ERR_ATTESTATION_MALFORMED',
    ],
    ['an error of the server', (_, response) => ({ ...response, status: 500 }), 'ERR_HTTP_500'],
    ['no authority', (_, response) => ({ ...response, status: 404 }), '0x80190194'],
  ])('is trouble with %s', async (_, spoil, code) => {
    const { answer } = await attest(spoil)
    expect(answer.ok ? 'attested' : answer.trouble.code).toContain(code)
  })

  test('tells a refusal in the words of the service', async () => {
    const { answer } = await attest(untouched, { signature: flipped(evidence.signature, -1) })
    expect(answer).toMatchObject({
      ok: false,
      trouble: { code: '0x80190190', text: 'ERR_AIK_SIGNATURE: the attestation key has not signed this' },
    })
  })

  test('asks no service with a certificate that does not name the key of its issuer', async () => {
    const known = decodeCertificate(evidence.ekCertificate)
    const ekCertificate = createCertificate({
      ...known,
      extensions: known.extensions.filter(({ oid }) => oid !== '2.5.29.35'),
      sign: () => known.signature,
    })
    const { answer, urls } = await attest(untouched, { ekCertificate })
    expect([answer.ok || answer.trouble.code, urls]).toEqual(['0x801c03ea', []])
  })
})

function withFlippedSecret(response: HttpResponse): Uint8Array {
  const json = jsonOf(response)
  if (!json.idObject) return response.body
  const idObject = flipped(new Uint8Array(Buffer.from(json.idObject, 'base64')), 40)
  return new TextEncoder().encode(JSON.stringify({ ...json, idObject: Buffer.from(idObject).toString('base64') }))
}
