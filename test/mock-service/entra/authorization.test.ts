import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { decodeForms } from '../../../src/protocols/entra/html-form.ts'
import { codeChallengeOf } from '../../../src/protocols/oidc/authorization.ts'
import {
  ALICE,
  claimsOf,
  entra,
  GRAPH_TOOLS,
  jsonOf,
  MALLORY,
  PRINCIPAL,
  refusalIn,
  SITE,
  TOOL,
  textOf,
} from './entra-scene.ts'

const BACK = 'https://site.example/back'
const ASK = { client_id: SITE.id, response_type: 'code', redirect_uri: BACK, scope: 'openid Group.Read.All' }
const VERIFIER = 'v'.repeat(43)

const locationOf = ({ headers }: { headers: Record<string, string> }) => new URL(headers.location!)
const queryOf = (answer: { headers: Record<string, string> }) => Object.fromEntries(locationOf(answer).searchParams)

/** The fields of a page that posts itself. */
function postedBy(page: Parameters<typeof textOf>[0]) {
  const [form] = decodeForms(textOf(page))
  const fields = form!.fields.filter(({ name }) => name !== '').map(({ name, value }) => [name, value])
  return { action: form!.action, ...Object.fromEntries(fields) }
}

const redeem = (scene: ReturnType<typeof entra>, code: string, changes: Record<string, string> = {}) =>
  scene.token({
    ...{ grant_type: 'authorization_code', code, redirect_uri: BACK, client_id: SITE.id, client_secret: SITE.secret },
    ...changes,
  })

test('a code comes in the query, in the fragment, or in a page that posts itself', () => {
  const scene = entra()
  expect(Object.keys(queryOf(scene.signIn(ASK)))).toEqual(['code'])
  const fragment = locationOf(scene.signIn({ ...ASK, response_mode: 'fragment', state: 's' }))
  expect([fragment.search, [...new URLSearchParams(fragment.hash.slice(1)).keys()]]).toEqual(['', ['code', 'state']])
  const state = '"><script>alert(1)</script>&amp;'
  const page = scene.signIn({ ...ASK, response_mode: 'form_post', state })
  expect(page).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } })
  expect(textOf(page).match(/<script>.*?<\/script>/g)).toEqual(['<script>document.forms[0].submit()</script>'])
  expect(textOf(page)).toContain('<input type="submit"')
  const posted = postedBy(page)
  expect(posted).toEqual({ action: BACK, code: expect.stringMatching(/^[\w-]{21}$/), state })
  expect(redeem(scene, posted.code).status).toBe(200)
})

test('a state is sent back as it came, and where there was none there is none', () => {
  const scene = entra()
  expect(queryOf(scene.signIn({ ...ASK, state: '' }))).toEqual({ code: expect.anything(), state: '' })
  expect(queryOf(scene.signIn(ASK))).toEqual({ code: expect.anything() })
})

test.each([
  ['no response type', { response_type: '' }, 'invalid_request', 900144],
  ['the implicit flow', { response_type: 'token' }, 'unsupported_response_type', 700051],
  ['an unknown mode', { response_mode: 'pigeon' }, 'invalid_request', 70007],
  ['no scope', { scope: '' }, 'invalid_request', 900144],
  ['an unknown resource', { scope: 'https://nowhere.example/.default' }, 'invalid_resource', 500011],
  ['a scope that is none', { scope: 'x y' }, 'invalid_scope', 70011],
  ['a resource in version 2', { resource: 'https://graph.microsoft.com' }, 'invalid_request', 901002],
  [
    'an unknown method of PKCE',
    { code_challenge: 'a'.repeat(43), code_challenge_method: 'S512' },
    'invalid_request',
    501491,
  ],
  [
    'a challenge that is too short',
    { code_challenge: 'abc', code_challenge_method: 'S256' },
    'invalid_request',
    501491,
  ],
  ['a method without a challenge', { code_challenge_method: 'S256' }, 'invalid_request', 900144],
  ['no page for the person', { prompt: 'none' }, 'login_required', 50058],
  ['an unknown prompt', { prompt: 'please' }, 'invalid_request', 90023],
])('with %s the client gets the error, in its response mode', (_, changes, error, number) => {
  const scene = entra()
  const answer = (query: Record<string, string>) => {
    const asked = scene.authorize(query)
    // A scope is looked at when it is known who signs in.
    return asked.status === 200 && textOf(asked).includes('$Config') ? scene.enter(asked, ALICE) : asked
  }
  const told = { error, error_description: expect.stringMatching(`^AADSTS${number}: .* Trace ID: `), state: 'here' }
  expect(queryOf(answer({ ...ASK, state: 'here', ...changes }))).toMatchObject(told)
  if (!('response_mode' in changes)) {
    const posted = postedBy(answer({ ...ASK, state: 'here', response_mode: 'form_post', ...changes }))
    expect(posted).toMatchObject({ action: BACK, ...told })
  }
})

test.each([
  ['another redirect URI', { redirect_uri: 'https://evil.example/' }, 50011],
  ['one that only begins alike', { redirect_uri: `${BACK}/more` }, 50011],
  ['one that runs', { client_id: TOOL.id, redirect_uri: 'javascript:alert(1)' }, 50011],
  ['one with a fragment', { client_id: TOOL.id, redirect_uri: 'https://tool.example/#x' }, 50011],
  ['none', { redirect_uri: '' }, 900144],
  ['no client', { client_id: '' }, 900144],
])('with %s nothing is sent anywhere', (_, changes, number) => {
  const answer = entra().authorize({ ...ASK, ...changes })
  expect([answer.status, answer.headers.location, jsonOf(answer).error_codes]).toEqual([400, undefined, [number]])
})

test('a parameter that is there twice is refused', () => {
  const scene = entra()
  const twice = scene.send('GET', `https://login.microsoftonline.test/common/oauth2/v2.0/authorize?scope=a&scope=b`, '')
  expect([twice.status, jsonOf(twice).error_codes]).toEqual([400, [9000411]])
  const form = 'grant_type=client_credentials&client_id=a&client_id=b'
  expect(jsonOf(scene.post('/common/oauth2/v2.0/token', form)).error_codes).toEqual([9000411])
})

test.each([
  [SITE.id, 'http://localhost:4711', true],
  [SITE.id, 'http://localhost:4711/elsewhere', false],
  [SITE.id, 'http://127.0.0.1:4711', false],
  [GRAPH_TOOLS, 'http://localhost:8400/', true],
  [GRAPH_TOOLS, 'urn:ietf:wg:oauth:2.0:oob', true],
  [GRAPH_TOOLS, 'https://evil.example/', false],
  ['somebody', 'http://127.0.0.1:1/cb', true],
])('%s may send a person back to %s: %s', (client, uri, isGood) => {
  const answer = entra().authorize({ ...ASK, client_id: client, redirect_uri: uri, scope: 'openid' })
  expect(answer.status).toBe(isGood ? 200 : 400)
})

test.each([
  ['S256', codeChallengeOf(VERIFIER)],
  ['plain', VERIFIER],
  ['', VERIFIER],
])('a challenge of the method "%s" asks for its verifier', (method, challenge) => {
  const scene = entra()
  const query = { ...ASK, code_challenge: challenge, ...(method ? { code_challenge_method: method } : {}) }
  const code = () => queryOf(scene.signIn(query)).code!
  expect(refusalIn(redeem(scene, code()))).toEqual([400, 'invalid_grant', 501481])
  expect(refusalIn(redeem(scene, code(), { code_verifier: 'w'.repeat(43) }))).toEqual([400, 'invalid_grant', 501481])
  expect(redeem(scene, code(), { code_verifier: VERIFIER }).status).toBe(200)
})

test('a verifier without a challenge is refused: the challenge was taken away on the way', () => {
  const scene = entra()
  const { code } = queryOf(scene.signIn(ASK))
  expect(refusalIn(redeem(scene, code!, { code_verifier: VERIFIER }))).toEqual([400, 'invalid_grant', 501481])
})

test('a code is good once, for ten minutes, for its client and its redirect URI', () => {
  const scene = entra()
  const code = () => queryOf(scene.signIn(ASK)).code!
  const first = code()
  const tool = { client_id: TOOL.id, client_secret: TOOL.secret }
  expect(refusalIn(redeem(scene, first, tool))).toEqual([400, 'invalid_grant', 700007])
  expect(redeem(scene, first).status).toBe(200)
  expect(refusalIn(redeem(scene, first))).toEqual([400, 'invalid_grant', 54005])
  expect(refusalIn(redeem(scene, code(), { redirect_uri: 'http://localhost' }))).toEqual([400, 'invalid_grant', 500112])
  expect(refusalIn(redeem(scene, 'guess'))).toEqual([400, 'invalid_grant', 9002313])
  const late = code()
  scene.wait(600)
  expect(refusalIn(redeem(scene, late))).toEqual([400, 'invalid_grant', 70008])
  // What is long over is forgotten.
  scene.wait(600)
  code()
  expect(scene.tenant.state.entra.codes.size).toBe(1)
})

test('an ID token comes with a code or alone, with nonce and hash, and never in a query', () => {
  const scene = entra()
  const both = { ...ASK, response_type: 'code id_token', response_mode: 'form_post', nonce: 'n' }
  const posted = postedBy(scene.signIn(both))
  const claims = claimsOf(posted.id_token)
  const hash = createHash('sha256').update(posted.code).digest().subarray(0, 16).toString('base64url')
  expect(claims).toMatchObject({ aud: SITE.id, nonce: 'n', c_hash: hash, preferred_username: ALICE.login, ver: '2.0' })
  expect(redeem(scene, posted.code).status).toBe(200)
  const alone = locationOf(scene.signIn({ ...both, response_type: 'id_token', response_mode: 'fragment' }))
  const members = new URLSearchParams(alone.hash.slice(1))
  expect([...members.keys()]).toEqual(['id_token'])
  expect(claimsOf(members.get('id_token')!)).not.toHaveProperty('c_hash')
  const told = (changes: Record<string, string>) =>
    new URLSearchParams(
      locationOf(scene.authorize({ ...both, response_mode: 'fragment', ...changes })).hash.slice(1),
    ).get('error_description')
  expect(told({ nonce: '' })).toMatch(/^AADSTS900144: .*'nonce'/)
  expect(told({ response_mode: 'query' })).toMatch(/^AADSTS70007: /)
  expect(told({ scope: 'Group.Read.All' })).toMatch(/^AADSTS70011: /)
})

test('a sign-in of version 1 has a resource, and tokens of version 1', () => {
  const scene = entra()
  const { client_id, redirect_uri, response_type } = ASK
  const query = { client_id, redirect_uri, response_type, resource: 'https://graph.microsoft.com/' }
  const { code } = queryOf(scene.signIn(query, ALICE, 1))
  const form = { grant_type: 'authorization_code', code: code!, redirect_uri, client_id, client_secret: SITE.secret }
  const answer = scene.token(form, { version: 1 })
  expect(answer).toMatchObject({
    resource: 'https://graph.microsoft.com/',
    expires_in: '3600',
    expires_on: expect.stringMatching(/^\d+$/),
    refresh_token: expect.anything(),
  })
  expect(claimsOf(answer.access_token)).toMatchObject({
    aud: 'https://graph.microsoft.com/',
    scp: expect.stringContaining('Group.Read.All'),
  })
  expect(claimsOf(answer.id_token)).toMatchObject({
    iss: `https://sts.windows.test/${scene.tenant.definition.tenantId}/`,
    unique_name: ALICE.login,
    ver: '1.0',
  })
})

test('what an administrator has not consented to, the client gets as an error, and an administrator consents to a tool of Microsoft', () => {
  const scene = entra()
  const query = { ...ASK, client_id: GRAPH_TOOLS, redirect_uri: 'http://localhost:1', state: 's' }
  expect(queryOf(scene.signIn(query))).toMatchObject({
    error: 'access_denied',
    error_description: expect.stringMatching(/^AADSTS90094: /),
    state: 's',
  })
  expect(queryOf(scene.signIn(query, PRINCIPAL))).toMatchObject({ code: expect.anything() })
})

test('at the authority of a tenant the accounts of others do not sign in', () => {
  const scene = entra()
  const page = scene.signIn({ ...ASK, client_id: 'x', scope: 'openid' }, MALLORY)
  expect([page.status, textOf(page)]).toEqual([200, expect.stringContaining('AADSTS50020')])
  expect(jsonOf(scene.authorize(ASK, 2, 'nowhere.example'))).toMatchObject({ error_codes: [90002] })
})
