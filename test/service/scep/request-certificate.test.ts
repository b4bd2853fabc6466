import { beforeEach, describe, expect, test } from 'vitest'
import { MOCK_ENDPOINTS } from '../../../src/domain/endpoints.ts'
import type { HttpRequest, HttpResponse } from '../../../src/domain/http.ts'
import { success } from '../../../src/domain/trouble.ts'
import { mockTenant } from '../../../src/library/first-boot.ts'
import { startTenant } from '../../../src/mock-service/connect.ts'
import { type ManagedDevice, UNTOUCHED } from '../../../src/mock-service/oma-dm/managed-device.ts'
import { challengeOf } from '../../../src/mock-service/scep/certificate-profiles.ts'
import { seededIds } from '../../../src/ports/ids.ts'
import { derivedKeys } from '../../../src/ports/rsa-keys.ts'
import { seededChance } from '../../../src/ports/seeded-chance.ts'
import { decodePkiMessage, encodePkiMessage } from '../../../src/protocols/scep/pki-message.ts'
import { createCertificate, decodeCertificate, thumbprint } from '../../../src/protocols/x509/certificate.ts'
import { type CertificateWish, requestCertificate } from '../../../src/service/scep/request-certificate.ts'
import { signWith, spkiOf, subjectKey } from '../../protocols/x509/keys.ts'

const NOW = Date.parse('2026-09-07T08:00:00Z')
const url = (profile: string) => `https://enrollment.manage.microsoft.test/CloudPki/Scep/${profile}/pkiclient.exe`

const stranger = createCertificate({
  serial: Uint8Array.of(7),
  issuer: [{ type: 'CN', value: 'A stranger' }],
  subject: [{ type: 'CN', value: 'A stranger' }],
  notBefore: new Date('2024-01-01'),
  notAfter: new Date('2034-01-01'),
  spki: spkiOf(subjectKey),
  sign: signWith(subjectKey),
  extensions: [],
})

let world: ReturnType<typeof startTenant>
let asked: HttpRequest[]

beforeEach(() => {
  const ids = seededIds(seededChance(1, 'service'))
  const definition = mockTenant('contoso-school', {
    certificateProfiles: [{ name: 'wifi' }, { name: 'vpn', answer: 'pending' }, { name: 'none', answer: 'refuses' }],
  })
  world = startTenant(
    { definition, endpoints: MOCK_ENDPOINTS, keys: derivedKeys, ids, registered: () => [] },
    () => NOW,
  )
  const device = { entDmId: 'enrolled' } as ManagedDevice['device']
  world.tenant.state.management.managed.set('print', { ...UNTOUCHED(), device, enrolledAt: NOW } as ManagedDevice)
  asked = []
})

const profile = (name: string) => world.tenant.definition.certificateProfiles.find((one) => one.name === name)!

/** Asks the school's service, whose answers a test may change. */
function ask(
  name: string,
  {
    change = (response) => response,
    isPoll = false,
    ...wish
  }: Partial<CertificateWish> & {
    change?: (response: HttpResponse, request: HttpRequest) => HttpResponse
    isPoll?: boolean
  } = {},
) {
  const chance = seededChance(2, 'service')
  const service = {
    endpoints: MOCK_ENDPOINTS,
    ids: seededIds(chance),
    http: {
      send: async (request: HttpRequest) => {
        asked.push(request)
        return success(change(world.handle(request, {}), request))
      },
    },
  }
  const whole: CertificateWish = {
    url: url(name),
    subject: [{ type: 'CN', value: 'CLS-1' }],
    extensions: [],
    challenge: challengeOf(profile(name), 'enrolled'),
    key: subjectKey,
    authority: undefined,
    now: NOW,
    random: (length) => chance.bytes(length),
    ...wish,
  }
  return requestCertificate(service, whole, isPoll, new AbortController().signal)
}

const operation = ({ url }: HttpRequest) => new URL(url).searchParams.get('operation')
const only =
  (name: string, facts: Partial<HttpResponse>) =>
  (response: HttpResponse, request: HttpRequest): HttpResponse =>
    operation(request) === name ? { ...response, ...facts } : response
const bytes = (text: string) => new TextEncoder().encode(text)

test('a certificate is for the key and the subject that were asked for, of the authority of the school', async () => {
  const root = world.tenant.authority('cloud-pki').root(NOW)
  const answer = await ask('wifi', { authority: thumbprint(root) })
  if (!answer.ok || answer.value.kind !== 'issued') throw new Error(JSON.stringify(answer))
  const { subject, issuer, spki } = decodeCertificate(answer.value.certificate)
  expect(subject).toEqual([{ type: 'CN', value: 'CLS-1' }])
  expect(issuer).toEqual(decodeCertificate(root).subject)
  expect(Buffer.from(spki).equals(spkiOf(subjectKey))).toBe(true)
  expect(asked.map((request) => [request.method, operation(request)])).toEqual([
    ['GET', 'GetCACaps'],
    ['GET', 'GetCACert'],
    ['POST', 'PKIOperation'],
  ])
})

test('the same chance gives the same bytes', async () => {
  await ask('wifi')
  const first = asked.map(({ body }) => Buffer.from(body).toString('base64'))
  asked = []
  await ask('wifi')
  expect(asked.map(({ body }) => Buffer.from(body).toString('base64'))).toEqual(first)
})

test('an old service gets triple DES, in the address', async () => {
  const answer = await ask('wifi', { change: only('GetCACaps', { status: 404 }) })
  expect(answer).toMatchObject({ ok: true, value: { kind: 'issued' } })
  expect(asked.at(-1)?.method).toBe('GET')
})

describe('without a certificate', () => {
  test.each([
    ['an authority that has not decided', 'vpn', {}, { kind: 'pending' }],
    ['a poll of it', 'vpn', { isPoll: true }, { kind: 'pending' }],
    [
      'a poll of what the authority does not know',
      'wifi',
      { isPoll: true },
      { kind: 'refused', failInfo: 'badCertId' },
    ],
    ['a profile that is refused', 'none', {}, { kind: 'refused', failInfo: 'badRequest' }],
    ['a challenge of no device', 'wifi', { challenge: 'guessed' }, { kind: 'refused', failInfo: 'badRequest' }],
  ])('%s', async (_, name, wish, value) => {
    expect(await ask(name, wish)).toEqual({ ok: true, value })
  })

  const forged = (certificate: Uint8Array, recipientNonce: Uint8Array, transactionId = '0') =>
    encodePkiMessage(
      {
        type: 'answer',
        transactionId,
        status: 'pending',
        senderNonce: recipientNonce,
        recipientNonce,
        envelope: new Uint8Array(),
      },
      certificate,
      subjectKey,
    )

  test.each<[string, Parameters<typeof ask>[1], string]>([
    ['an authority that is not the one of the profile', { authority: '00' }, '0x80091007'],
    ['an authority that has no certificate', { change: only('GetCACert', { status: 500 }) }, 'ERR_HTTP_500'],
    ['a certificate that is none', { change: only('GetCACert', { body: bytes('<html>') }) }, 'ERR_DER_TRUNCATED'],
    ['an answer that is none', { change: only('PKIOperation', { body: bytes('no') }) }, 'ERR_DER_TRUNCATED'],
    ['an answer with an error', { change: only('PKIOperation', { status: 503 }) }, 'ERR_HTTP_503'],
    [
      'an answer to another request',
      { change: only('PKIOperation', { body: forged(stranger, Uint8Array.of(1)) }) },
      'ERR_SCEP_MESSAGE',
    ],
  ])('%s is trouble', async (_, wish, code) => {
    expect(await ask('wifi', wish)).toMatchObject({ ok: false, trouble: { code } })
  })

  test('an answer of a stranger is trouble, however well it fits', async () => {
    const change = (response: HttpResponse, request: HttpRequest): HttpResponse => {
      if (operation(request) !== 'PKIOperation') return response
      const { transactionId, senderNonce } = decodePkiMessage(request.body)
      return { ...response, body: forged(stranger, senderNonce, transactionId) }
    }
    expect(await ask('vpn', { change })).toMatchObject({ ok: false, trouble: { code: 'ERR_SCEP_SIGNATURE' } })
  })
})

test.each(['', '?operation=Nonsense', '?operation=PKIOperation', '?operation=PKIOperation&message=AAAA'])(
  'the service refuses the query "%s"',
  (query) => {
    const response = world.handle(
      { method: 'GET', url: `${url('wifi')}${query}`, headers: {}, body: new Uint8Array() },
      {},
    )
    expect(response.status).toBe(400)
  },
)
