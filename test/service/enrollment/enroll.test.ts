import { expect, test } from 'vitest'
import { Secret } from '../../../src/domain/secret.ts'
import { derivedKeys } from '../../../src/ports/rsa-keys.ts'
import { DISCOVER_ACTION, encodeDiscoverResponse } from '../../../src/protocols/ms-mde2/discover.ts'
import { decodeEnvelope } from '../../../src/protocols/soap/envelope.ts'
import type { SignatureHash } from '../../../src/protocols/x509/signature.ts'
import {
  discover,
  enrollmentCertificateRequest,
  getPolicies,
  requestSecurityToken,
} from '../../../src/service/enrollment/enroll.ts'
import { readRequest } from '../../openssl.ts'
import { isWithout } from '../../without.ts'
import { type Reply, scripted, textOf } from '../scripted-service.ts'

const URL_ = 'https://mdm.contoso.example/EnrollmentServer/Discovery.svc'
const device = {
  upn: 'alice@contoso.example',
  osVersion: '10.0.26100.4652',
  osEdition: '203',
  requestVersion: '7.0',
}
const key = derivedKeys.rsa2048('tenant:contoso-school', 'mdm-root')
const credential = { kind: 'token', token: new Secret('aa.bb.cc') } as const

const answer = (relatesTo?: string) =>
  encodeDiscoverResponse(
    { authPolicy: 'OnPremise', enrollmentServiceUrl: 'https://mdm.contoso.example/e' },
    relatesTo === undefined ? {} : { relatesTo },
  )

const ask = async (...replies: Parameters<typeof scripted>) => {
  const { service, asked } = scripted(...replies)
  return { answer: await discover(service, URL_, device), asked }
}

test('discovery is a POST alone, with the headers of Windows: the address came from Entra [points 2, 3, 4, 7]', async () => {
  const { answer: found, asked } = await ask({ body: answer() })
  expect(found).toMatchObject({ ok: true, value: { enrollmentServiceUrl: 'https://mdm.contoso.example/e' } })
  const common = { 'user-agent': 'ENROLLClient' }
  expect(asked.map(({ method, url, headers }) => ({ method, url, headers }))).toEqual([
    { method: 'POST', url: URL_, headers: { ...common, 'content-type': 'application/soap+xml; charset=utf-8' } },
  ])
  const envelope = decodeEnvelope(asked[0]!.body)
  expect(envelope).toMatchObject({
    action: DISCOVER_ACTION,
    to: URL_,
    replyTo: 'http://www.w3.org/2005/08/addressing/anonymous',
    mustUnderstand: ['Action', 'To'],
    messageId: expect.stringMatching(/^urn:uuid:/),
  })
  expect(textOf(asked[0]!)).toContain(
    '<OSEdition>203</OSEdition><AuthPolicies><AuthPolicy>OnPremise</AuthPolicy><AuthPolicy>Federated',
  )
})

const fault = (subcode: string, errorType = '', wrap = 'Fault') =>
  `<x:Envelope xmlns:x="http://www.w3.org/2003/05/soap-envelope"><x:Body><x:${wrap}><x:code><x:value>x:receiver</x:value><x:SUBCODE><x:value>${subcode}</x:value></x:SUBCODE></x:code><x:reason><x:text>why</x:text></x:reason>${errorType && `<x:detail><DeviceEnrollmentServiceError xmlns="http://schemas.microsoft.com/windows/pki/2009/01/enrollment"><ErrorType>${errorType}</ErrorType><Message>ask the office</Message></DeviceEnrollmentServiceError></x:detail>`}</x:${wrap}></x:Body></x:Envelope>`

test.each<[string, Reply[], string]>([
  ['no way to the service', [{ trouble: '0x80072efd' }], '0x80180010'],
  ['a TLS certificate that something is wrong with', [{ trouble: '0x80072f8f' }], '0x80180012'],
  ['a TLS certificate that is not trusted', [{ trouble: '0x80072f0d' }], '0x80180012'],
  ['a TLS certificate for another name', [{ trouble: '0x80072f06' }], '0x80180012'],
  ['a TLS certificate that has expired', [{ trouble: '0x80072f05' }], '0x8018000d'],
  ['an address without a service', [{ status: 404 }], '0x80190194'],
  ['a redirect', [{ status: 307, headers: { location: URL_ } }], '0x8018001a'],
  ['an empty answer', [{}], '0x80180029'],
  ['an error without a body', [{ status: 503 }], '0x801901f7'],
  ['an error in plain text', [{ status: 400, body: 'Bad Request' }], '0x80190190'],
  ['an error page', [{ status: 403, body: '<html><body>No</body></html>' }], '0x80190193'],
  ['an answer that is no XML', [{ body: 'hello' }], '0x80180001'],
  ['an answer to another message', [{ body: answer('urn:uuid:other') }], '0x80180001'],
  [
    'an answer without the address of the service',
    [{ body: answer().replace(/<EnrollmentServiceUrl>.*<\/EnrollmentServiceUrl>/, '') }],
    '0x80180001',
  ],
  ['a fault with 200', [{ body: fault('s:Authorization') }], '0x80180003'],
  [
    'a fault with 500, in small letters',
    [{ status: 500, body: fault('q:internalservicefault', '', 'fault') }],
    '0x80180006',
  ],
  ['an unknown fault', [{ status: 500, body: fault('a:ActionMismatch') }], '0x80180008'],
  ['a detail, which wins', [{ body: fault('s:Authorization', 'DeviceCapReached') }], '0x80180013'],
  ['a text of the service', [{ body: fault('s:Authorization', 'customservererror') }], '0x80180032'],
])('%s is asked about once and ends with %s [points 10, 25, 26]', async (_, replies, code) => {
  const { answer: found, asked } = await ask(...replies)
  expect(found).toMatchObject({ ok: false, trouble: { code } })
  expect(asked.length).toBe(replies.length)
})

test('what the service wrote for a person is kept [point 25]', async () => {
  const { answer: found } = await ask({ body: fault('s:Authorization', 'CustomServerError') })
  expect(found).toMatchObject({ trouble: { text: 'ask the office' } })
})

test('an error without a fault is reported with its status and its words', async () => {
  const { answer: found } = await ask({ status: 400, body: 'Bad\n Request' })
  expect(found).toMatchObject({ trouble: { text: 'HTTP error code 400: Bad Request' } })
})

test.each([
  [undefined, 'found'],
  [true, 'found'],
  [false, '0x80180001'],
])('an answer in chunks, where the behaviour of the device is %s, ends as %s', async (isTaken, end) => {
  const { service } = scripted({ body: answer(), headers: { 'transfer-encoding': 'chunked' } })
  const takes = isTaken === undefined ? {} : { takesChunkedAnswers: () => isTaken }
  const found = await discover({ ...service, ...takes }, URL_, device)
  expect(found.ok ? 'found' : found.trouble.code).toBe(end)
})

test('without a policy service no policy is asked for: RSA 2048 and SHA-1 [point 12]', async () => {
  const { service, asked } = scripted()
  const policy = await getPolicies(service, { url: undefined, credential, tpm: undefined, now: 0 })
  expect(policy).toMatchObject({ value: { keyLength: 2048, hashAlgorithm: 'sha1', asksForAttestation: false } })
  expect(asked).toEqual([])
})

test('policies are asked for with the token, the TPM and both declarations [points 13, 20]', async () => {
  const { service, asked } = scripted({ body: fault('s:Authentication') })
  const tpm = { manufacturer: 'INTC', firmwareVersion: '600.18.17.0' }
  await getPolicies(service, { url: 'https://mdm.contoso.example/p', credential, tpm, now: 0 })
  const text = textOf(asked[0]!)
  expect(text).toContain(
    `EncodingType="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd#base64binary">${btoa('aa.bb.cc')}<`,
  )
  expect(text).toContain('ValueType="urn:ietf:params:oauth:token-type:jwt"')
  expect(text).toMatch(/<s:Body xmlns:xsi="[^"]+" xmlns:xsd="[^"]+">/)
  expect(text).toContain('<TPMManufacturer>INTC</TPMManufacturer><TPMFirmwareVersion>600.18.17.0<')
})

test('a refused certificate request is not made again [point 26]', async () => {
  const { service, asked } = scripted({ status: 500, body: fault('s:CertificateRequest') })
  const request = { url: 'https://mdm.contoso.example/e', credential, deviceId: 'D'.repeat(32), key, now: 0 }
  const refused = await requestSecurityToken(service, { ...request, hash: 'sha256', contextItems: [] })
  expect(refused).toMatchObject({ trouble: { code: '0x80180004' } })
  expect(asked.length).toBe(1)
})

const deviceId = '0123456789ABCDEF0123456789ABCDEF'
const guid = 'f0000000-0000-4000-8000-000000000001'

test.skipIf(isWithout('openssl')).each<[SignatureHash, string]>([
  ['sha256', 'sha256WithRSAEncryption'],
  ['sha1', 'sha1WithRSAEncryption'],
  ['sha384', 'sha384WithRSAEncryption'],
  ['sha512', 'sha512WithRSAEncryption'],
])('OpenSSL verifies the certificate request of a device with %s [point 16: openssl]', (hash, algorithm) => {
  const { text, isVerified } = readRequest(enrollmentCertificateRequest({ deviceId, key, hash, guid }))
  expect(isVerified).toBe(true)
  expect(text).toContain(`Signature Algorithm: ${algorithm}`)
  expect(text).toMatch(new RegExp(`commonName += UTF8STRING:F0000000-0000-4000-8000-000000!${deviceId}`))
  expect(text).toContain('TLS Web Client Authentication')
  expect(text).toMatch(new RegExp(`1\\.3\\.6\\.1\\.4\\.1\\.311\\.66\\.1\\.0: *\\n +${deviceId}\\.`))
})

test.skipIf(isWithout('openssl'))('OpenSSL refuses the same request with one bit flipped [point 16: openssl]', () => {
  const der = enrollmentCertificateRequest({ deviceId, key, hash: 'sha256', guid })
  der[der.length - 1]! ^= 1
  expect(readRequest(der).isVerified).toBe(false)
})
