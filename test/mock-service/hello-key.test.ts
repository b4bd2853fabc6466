import { expect, test } from 'vitest'
import { MOCK_ENDPOINTS } from '../../src/domain/endpoints.ts'
import { KEY_ID } from '../../src/mock-service/entra/issue-tokens.ts'
import type { Tenant } from '../../src/mock-service/tenant.ts'
import { derivedKeys } from '../../src/ports/rsa-keys.ts'
import { encodeCngPublicKey } from '../../src/protocols/entra/cng-key-blob.ts'
import { encodeJwt } from '../../src/protocols/jwt/jwt.ts'
import { claims, DEVICE, flipped, jsonOf, post, send, tenant } from './refusals-scene.ts'

const URL_OF_KEY = `${MOCK_ENDPOINTS.registration}/EnrollmentServer/key/?api-version=1.0`
const AUDIENCE = 'urn:ms-drs:enterpriseregistration.windows.net'
const kngc = Buffer.from(encodeCngPublicKey(derivedKeys.rsa2048('hello', 'key'))).toString('base64')

const tokenWith = (changes: object = {}) =>
  encodeJwt(claims({ aud: AUDIENCE, amr: ['pwd', 'mfa'], ...changes }) as never, tenant.tokenKey(), KEY_ID)

const keysOf = ({ state }: Tenant): number => state.entra.helloKeys?.size ?? 0

const ask = (token: string, body: object = { kngc }, url = URL_OF_KEY, accept = 'application/json') =>
  send(post(url, body, { authorization: `Bearer ${token}`, accept, 'content-type': 'application/json' }))

test('a key is registered for the person and the device of the token', () => {
  const answer = ask(tokenWith())
  expect(answer.status).toBe(200)
  const { kid, upn } = jsonOf(answer)
  expect([upn, answer.headers['request-id']]).toEqual([
    'alice@contoso.example',
    expect.stringMatching(/^[0-9a-f-]{36}$/),
  ])
  expect(tenant.state.entra.helloKeys?.get(kid!)).toMatchObject({ deviceId: DEVICE })
})

test('a state of an earlier version takes keys as well', () => {
  delete tenant.state.entra.helloKeys
  const before = tenant.changes.count
  expect(ask(tokenWith()).status).toBe(200)
  expect(tenant.changes.count).toBeGreaterThan(before)
  expect(keysOf(tenant)).toBe(1)
})

test.each<[string, () => object, number, RegExp]>([
  ['without a second proof', () => ask(tokenWith({ amr: ['pwd'] })), 401, /no second proof/],
  ['of no device', () => ask(tokenWith({ deviceid: 'other' })), 401, /no device/],
  ['for another service', () => ask(tokenWith({ aud: 'https://graph.microsoft.com' })), 401, /the token is for/],
  ['of no user', () => ask(tokenWith({ upn: 'ghost@contoso.example' })), 400, /no user/],
  ['whose signature has another bit', () => ask(broken()), 401, /ERR_JWT/],
  ['that is missing', () => ask(''), 401, /ERR_JWT/],
])('a token %s is refused', (_, act, status, message) => {
  const answer = act() as ReturnType<typeof ask>
  expect([answer.status, jsonOf(answer).message]).toEqual([status, expect.stringMatching(message)])
  expect(keysOf(tenant)).toBe(0)
})

function broken(): string {
  const [header, body, signature] = tokenWith().split('.')
  return [header, body, flipped(signature!)].join('.')
}

test.each<[string, Parameters<typeof ask>[1], string | undefined, string | undefined]>([
  ['without a key', {}, undefined, undefined],
  ['with a key that is none', { kngc: 'AAAA' }, undefined, undefined],
  ['of another version', { kngc }, URL_OF_KEY.replace('1.0', '2.0'), undefined],
  ['for another form of answer', { kngc }, undefined, 'text/html'],
])('a request %s is refused with 400', (_, body, url, accept) => {
  expect(ask(tokenWith(), body, url, accept).status).toBe(400)
})
