import { createPublicKey } from 'node:crypto'
import { expect, test } from 'vitest'
import type { HttpRequest } from '../../../src/domain/http.ts'
import { Secret } from '../../../src/domain/secret.ts'
import { derivedKeys } from '../../../src/ports/rsa-keys.ts'
import type { DiscoverResponse } from '../../../src/protocols/ms-mde2/discover.ts'
import { discover, getPolicies } from '../../../src/service/enrollment/enroll.ts'
import { chooseCredential } from '../../../src/service/enrollment/enrollment-credential.ts'
import type { EnrollmentMeans } from '../../../src/service/enrollment/enrollment-means.ts'
import { putJoined } from '../../mock-service/joined.ts'
import { connected, NOW, scripted } from '../scripted-service.ts'

const key = derivedKeys.rsa2048('no-tpm:test', 'join')
const password = { username: 'alice@contoso.example', password: new Secret('correct-horse') }
const device = { upn: password.username, osVersion: '10.0.26100.1', osEdition: '203', requestVersion: '7.0' }

const discovery = (authPolicy: string, more: Partial<DiscoverResponse> = {}): DiscoverResponse => ({
  authPolicy,
  enrollmentServiceUrl: 'https://mdm.contoso.example/e',
  ...more,
})

test.each(['OnPremise', 'Certificate', 'Federated', 'Anything'])(
  'who has a token uses it, also where the policy says %s [point 9]',
  async (policy) => {
    const token = new Secret('t')
    const { service } = scripted()
    expect(await chooseCredential(service, discovery(policy), { token, password })).toEqual({
      ok: true,
      value: { kind: 'token', token },
    })
  },
)

test.each<[string, EnrollmentMeans, string]>([
  ['OnPremise', {}, '0x8018000e'],
  ['Certificate', { password }, '0x80180028'],
  ['Federated', { password }, '0x8018000f'],
  ['Anything', { password }, '0x80180002'],
])('the policy %s without what it requires ends the enrolment [point 9]', async (policy, means, code) => {
  expect(await chooseCredential(scripted().service, discovery(policy), means)).toMatchObject({ trouble: { code } })
})

/** Discovery, credential and policies against a tenant, the way of a device that has no token of Entra. */
async function policies(
  authPolicy: string,
  means: EnrollmentMeans,
  spoil?: (request: HttpRequest) => HttpRequest,
  now = NOW,
) {
  const { tenant, service } = connected({ authPolicy }, spoil)
  const spki = new Uint8Array(createPublicKey(key).export({ type: 'spki', format: 'der' }))
  const der = tenant.authority('organization-access').issue([{ type: 'CN', value: 'D' }], spki, NOW)
  putJoined(tenant, 'D', der, spki)
  const found = await discover(service, service.endpoints.discovery, device)
  if (!found.ok) return found
  const all = authPolicy === 'Certificate' ? { ...means, certificate: { der, key } } : means
  const credential = await chooseCredential(service, found.value, all)
  if (!credential.ok) return credential
  const url = found.value.enrollmentPolicyServiceUrl
  return getPolicies(service, { url, credential: credential.value, tpm: undefined, now })
}

const wrong = { ...password, password: new Secret('wrong') }

test('a user name and a password, a web sign-in and a certificate get the policies [point 9]', async () => {
  expect(await policies('OnPremise', { password })).toMatchObject({ ok: true, value: { keyLength: 2048 } })
  expect(await policies('Federated', { password })).toMatchObject({ ok: true, value: { keyLength: 2048 } })
  expect(await policies('Certificate', {})).toMatchObject({ ok: true, value: { keyLength: 2048 } })
})

/** Changes the message of the policy request. */
const change = (from: string | RegExp, to: string) => (request: HttpRequest) => {
  const text = new TextDecoder().decode(request.body)
  if (!text.includes('/IPolicy/GetPolicies')) return request
  const changed = text.replace(from, to)
  if (changed === text) throw new Error('nothing was changed')
  return { ...request, body: new TextEncoder().encode(changed) }
}

test.each<[string, Promise<unknown>, string, RegExp]>([
  ['a wrong password', policies('OnPremise', { password: wrong }), '0x80180002', /password is wrong/],
  ['a wrong password on the page', policies('Federated', { password: wrong }), '0x8018000f', /incorrect/],
  [
    'the result of another person’s sign-in',
    policies('Federated', { password }, change(/(EnrollmentUserToken"[^>]*>)[^<]+/, '$1AAAA')),
    '0x80180002',
    /no person has signed in/,
  ],
  [
    'a signed message that was changed',
    policies('Certificate', {}, change('<client>', '<client ><lastUpdate/>')),
    '0x80180007',
    /signature of the message/,
  ],
  [
    'a signature that was changed',
    policies('Certificate', {}, change(/(SignatureValue>)./, '$1/')),
    '0x80180007',
    /signature of the message/,
  ],
  ['another reference', policies('Certificate', {}, change('URI=""', 'URI="#x"')), '0x80180002', /one reference/],
  ['a signature of yesterday', policies('Certificate', {}, undefined, NOW - 86_400_000), '0x80180007', /timestamp/],
])('%s is refused', async (_, answered, code, text) => {
  expect(await answered).toMatchObject({ ok: false, trouble: { code, text: expect.stringMatching(text) } })
})

test('the pages of a web sign-in are followed on their own origin only, and the password goes out once [point 9]', async () => {
  const form = (action: string) => `<form method=post action="${action}"><input type=password name=p></form>`
  const page = discovery('Federated', { authenticationServiceUrl: 'https://idp.contoso.example/login' })
  const elsewhere = scripted({ body: form('https://evil.example/') })
  expect(await chooseCredential(elsewhere.service, page, { password })).toMatchObject({
    trouble: { code: '0x8018000f', text: expect.stringContaining('another origin') },
  })
  const again = scripted({ body: form('/login') }, { body: form('/login') })
  expect(await chooseCredential(again.service, page, { password })).toMatchObject({
    trouble: { text: 'the password is incorrect' },
  })
  expect(again.asked.map(({ url }) => url)).toEqual([
    'https://idp.contoso.example/login?appru=ms-app%3A%2F%2Fwindows.immersivecontrolpanel&login_hint=alice%40contoso.example',
    'https://idp.contoso.example/login',
  ])
})
