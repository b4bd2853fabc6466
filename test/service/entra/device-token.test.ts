import { expect, test } from 'vitest'
import type { HttpRequest } from '../../../src/domain/http.ts'
import { Secret } from '../../../src/domain/secret.ts'
import { derivedKeys } from '../../../src/ports/rsa-keys.ts'
import { encodeDeviceRequest } from '../../../src/protocols/entra/device-bound-token.ts'
import { decodeJwt } from '../../../src/protocols/jwt/jwt.ts'
import { type DeviceProof, requestDeviceToken } from '../../../src/service/entra/device-token.ts'
import { discoverRegistration } from '../../../src/service/entra/discover-registration.ts'
import { joinDevice } from '../../../src/service/entra/join-device.ts'
import { type SignedIn, signIn } from '../../../src/service/entra/sign-in.ts'
import { refreshTokens } from '../../../src/service/entra/tokens.ts'
import { connected, type Reply, scripted } from '../scripted-service.ts'

const keys = {
  key: derivedKeys.rsa2048('no-tpm:test', 'join'),
  transportKey: derivedKeys.rsa2048('no-tpm:test', 'transport'),
}
const other = derivedKeys.rsa2048('tenant:contoso-school', 'mdm-root')
const SCOPE = 'https://enrollment.manage.microsoft.test/.default'
const alice = {
  email: 'alice@contoso.example',
  password: new Secret('correct-horse'),
  usage: 'workOrSchool' as const,
  purpose: 'join' as const,
}

/** Signs in, joins, and is ready to ask for a token. */
async function joined(changes: object = {}, spoil?: (request: HttpRequest) => HttpRequest) {
  const world = connected(changes, spoil)
  const answer = await signIn(world.service, alice)
  if (!answer.ok || answer.value.kind !== 'signedIn') throw new Error('no sign-in')
  const { signedIn } = answer.value
  const certificate = await joinDevice(world.service, joinRequest(signedIn))
  if (!certificate.ok) throw new Error(certificate.trouble.text)
  return { ...world, signedIn, certificate: certificate.value }
}

const joinRequest = (signedIn: SignedIn) => ({
  token: signedIn.tokens.accessToken,
  domain: 'contoso.example',
  deviceName: 'CLS-1',
  osVersion: '10.0.26100.1',
  deviceKey: keys.key,
  transportKey: keys.transportKey,
})

/** A registration service that takes joins somewhere else, in the words of [MS-DVRD]'s example. */
const CONTRACT = JSON.stringify({
  DeviceRegistrationService: {
    RegistrationEndpoint: 'https://drs.contoso.example/EnrollmentServer/DeviceEnrollmentWebService.svc',
    RegistrationResourceId: 'urn:drs',
    ServiceVersion: '1.0',
  },
  AuthenticationService: {
    OAuth2: {
      AuthCodeEndpoint: 'https://sts.contoso.example/authorize',
      TokenEndpoint: 'https://sts.contoso.example/token',
    },
  },
  IdentityProviderService: { PassiveAuthEndpoint: 'https://sts.contoso.example/ls' },
  DeviceJoinService: {
    JoinEndpoint: 'https://drs.contoso.example/join/here',
    JoinResourceId: 'urn:drs',
    ServiceVersion: '1.0',
  },
})

type World = Awaited<ReturnType<typeof joined>>

const ask = ({ service, signedIn, certificate }: World, changes: Partial<DeviceProof> = {}) =>
  requestDeviceToken(service, {
    ...signedIn.session,
    scope: SCOPE,
    device: { certificate, ...keys, osVersion: '10.0.26100.1', ...changes },
  })

test.each([
  [
    1,
    {
      iss: 'https://sts.windows.test/6f2c1d9a-4b73-4e58-9c0a-7d1e2f3a4b5c/',
      aud: 'https://enrollment.manage.microsoft.test/',
      upn: alice.email,
      ver: '1.0',
    },
  ],
  [
    2,
    {
      iss: 'https://login.microsoftonline.test/6f2c1d9a-4b73-4e58-9c0a-7d1e2f3a4b5c/v2.0',
      aud: 'd4ebce55-015a-49b5-a083-c84d1797ae8c',
      preferred_username: alice.email,
      ver: '2.0',
    },
  ],
])('an enrolment token of version %i names the device [point 63]', async (tokenVersion, claims) => {
  const world = await joined({ tokenVersion })
  const answer = await ask(world)
  if (!answer.ok) throw new Error(answer.trouble.text)
  const [device] = [...world.tenant.state.entra.joined.values()]
  const found = decodeJwt(answer.value.reveal()).claims
  expect(found).toMatchObject({
    ...claims,
    scp: 'mdm_delegation',
    deviceid: device!.deviceId,
    tid: world.tenant.definition.tenantId,
  })
  expect(Object.hasOwn(found, 'upn')).toBe(tokenVersion === 1)
})

test('before the join the token names no device [point 63]', async () => {
  const world = await joined()
  const answer = await refreshTokens(world.service, { ...world.signedIn.session, scope: SCOPE })
  expect(answer.ok && decodeJwt(answer.value.accessToken.reveal()).claims).not.toHaveProperty('deviceid')
})

test('the sign-in tells where the tenant’s device management is [point 1]', async () => {
  const { signedIn } = await joined({ termsOfUse: 'Be kind.' })
  expect(signedIn.tokens.idClaims.mdm).toEqual({
    discovery: 'https://enrollment.manage.microsoft.test/enrollmentserver/discovery.svc',
    termsOfUse: 'https://enrollment.manage.microsoft.test/TermsOfUse',
  })
})

/** Changes the request in a form of the token endpoint, when it is of this algorithm. */
const change = (algorithm: string, spoil: (token: string) => string) => (request: HttpRequest) => {
  const form = new URLSearchParams(new TextDecoder().decode(request.body))
  const token = request.url.endsWith('/token') ? form.get('request') : null
  if (!token || decodeJwt(token).header.alg !== algorithm) return request
  form.set('request', spoil(token))
  return { ...request, body: new TextEncoder().encode(form.toString()) }
}

const flip = (part: number) => (token: string) => {
  const parts = token.split('.')
  const bytes = Buffer.from(parts[part]!, 'base64url')
  bytes[bytes.length - 2]! ^= 1
  parts[part] = bytes.toString('base64url')
  return parts.join('.')
}

test.each<[string, string, (token: string) => string, string]>([
  ['the device’s signature', 'RS256', flip(2), 'AADSTS50027'],
  ['the signature under the session key', 'HS256', flip(2), 'AADSTS50027'],
  ['the nonce', 'RS256', (token) => resigned(token, { request_nonce: 'old' }), 'AADSTS90055'],
  ['the refresh token', 'RS256', (token) => resigned(token, { refresh_token: 'stolen' }), 'AADSTS70043'],
])('a request for an enrolment token with another %s is refused [point 63]', async (_, algorithm, spoil, code) => {
  const world = await joined({}, change(algorithm, spoil))
  expect(await ask(world)).toMatchObject({ ok: false, trouble: { code } })
})

/** The same request with other claims, signed again. */
const resigned = (token: string, changes: object) => {
  const { header, claims } = decodeJwt(token)
  return encodeDeviceRequest({ ...claims, ...changes }, Buffer.from(String(header.x5c), 'base64'), keys.key)
}

test('a certificate that the directory never issued is refused, and a session key for another device opens nothing [points 62, 63]', async () => {
  const world = await joined()
  const stranger = world.tenant.authority('mdm-root').root(0)
  expect(await ask(world, { certificate: stranger, key: other })).toMatchObject({ trouble: { code: 'AADSTS70002' } })
  expect(await ask(world, { transportKey: other })).toMatchObject({
    trouble: { code: 'ERR_ENTRA_TOKEN_MALFORMED', text: expect.stringContaining('transport key') },
  })
})

test.each<[string, { status?: number; body?: string; trouble?: string }, string]>([
  ['a certificate for another key', { body: 'CERTIFICATE' }, '0x801c0002'],
  ['what is no certificate', { body: JSON.stringify({ Certificate: { RawBody: 'AAAA' } }) }, '0x801c0002'],
  ['what is no JSON', { body: '<html>' }, '0x8007000d'],
  ['a device limit', { status: 403, body: JSON.stringify({ subcode: 'error_device_limit_reached' }) }, '0x801c000e'],
  [
    'a device that was deleted',
    { status: 400, body: JSON.stringify({ subcode: 'error_device_deleted' }) },
    '0x801c03f3',
  ],
  ['a busy service', { status: 503 }, '0x801c0025'],
  ['no directory', { status: 400, body: JSON.stringify({ subcode: 'error_missing_device' }) }, '0x801c03f2'],
  [
    'an attestation that failed',
    { status: 400, body: JSON.stringify({ subcode: 'error_attestation_failed' }) },
    '0x801c03ea',
  ],
  ['an unknown word', { status: 401, body: JSON.stringify({ subcode: 'error_invalid_token' }) }, '0x801c0002'],
  ['no way to the service', { trouble: '0x80072ee7' }, '0x80072ee7'],
])('a join that is answered with %s ends with its code [point 62]', async (_, reply, code) => {
  const { tenant, signedIn } = await joined()
  const foreign = Buffer.from(tenant.authority('mdm-root').root(0)).toString('base64')
  const body = reply.body === 'CERTIFICATE' ? JSON.stringify({ Certificate: { RawBody: foreign } }) : (reply.body ?? '')
  const { service, asked } = scripted({ body: CONTRACT }, { ...reply, body })
  expect(await joinDevice(service, joinRequest(signedIn))).toMatchObject({ ok: false, trouble: { code } })
  expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'GET https://enterpriseregistration.windows.test/contoso.example/enrollmentserver/contract?api-version=1.2',
    'POST https://drs.contoso.example/join/here?api-version=2.0',
  ])
})

test.each<[string, Reply, string]>([
  ['no such tenant', { status: 400, body: '{"subcode":"error_tenant_not_found"}' }, '0x801c003a'],
  ['nothing at that address', { status: 404 }, '0x801c003a'],
  ['a failure of the service', { status: 500 }, '0x801c0021'],
  ['a page', { body: '<html>' }, '0x801c0021'],
  ['a contract without joins', { body: '{"AuthenticationService":{"OAuth2":{}}}' }, '0x801c0021'],
  [
    'an address that is none',
    { body: CONTRACT.replace('https://drs.contoso.example/join/here', 'here') },
    '0x801c0021',
  ],
  ['a busy service', { status: 503 }, '0x801c0025'],
  ['no way to the service', { trouble: '0x80072efd' }, '0x80072efd'],
])(
  'a discovery of the registration service that is answered with %s ends the join with its code [point 62]',
  async (_, reply, code) => {
    const { signedIn } = await joined()
    const { service, asked } = scripted(reply)
    expect(await joinDevice(service, joinRequest(signedIn))).toMatchObject({ ok: false, trouble: { code } })
    expect(asked.length).toBe(1)
  },
)

test('the mock knows its own domains alone, and what it names takes the join [point 62]', async () => {
  const { service } = connected()
  const found = (domain: string) => discoverRegistration(service, domain)
  for (const domain of ['contoso.example', 'CONTOSO.example', '6f2c1d9a-4b73-4e58-9c0a-7d1e2f3a4b5c', '']) {
    expect(await found(domain)).toMatchObject({
      value: {
        joinEndpoint: 'https://enterpriseregistration.windows.test/EnrollmentServer/device/',
        joinResourceId: 'urn:ms-drs:enterpriseregistration.windows.net',
      },
    })
  }
  expect(await found('fabrikam.example')).toMatchObject({ trouble: { code: '0x801c003a' } })
})
