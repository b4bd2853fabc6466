import { describe, expect, test } from 'vitest'
import { ENTRA_RESOURCES } from '../../../src/domain/entra-resources.ts'
import { findResource, isAudienceOf } from '../../../src/mock-service/entra/resources.ts'
import {
  ALICE,
  claimsOf,
  entra,
  GRAPH,
  GRAPH_TOOLS,
  jsonOf,
  LOGIN,
  MALLORY,
  PRINCIPAL,
  refusalIn,
  SITE,
  TENANT,
  TOOL,
} from './entra-scene.ts'

const APPLICATION = { grant_type: 'client_credentials', client_id: SITE.id, client_secret: SITE.secret }
const PASSWORD = { grant_type: 'password', client_id: TOOL.id, username: ALICE.login, password: ALICE.passwd }
const REGISTRATION = 'urn:ms-drs:enterpriseregistration.windows.net'

const basic = (id: string, secret: string) => {
  const encoded = [id, secret].map((part) => new URLSearchParams([['', part]]).toString().slice(1)).join(':')
  return { authorization: `Basic ${Buffer.from(encoded).toString('base64')}` }
}

describe('a client', () => {
  const scope = `${GRAPH}/.default`

  test.each<[string, Record<string, string>, Record<string, string>, unknown]>([
    ['in the form', APPLICATION, {}, [200, undefined, undefined]],
    ['in the header', { grant_type: 'client_credentials' }, basic(SITE.id, SITE.secret), [200, undefined, undefined]],
    ['in both', APPLICATION, basic(SITE.id, SITE.secret), [200, undefined, undefined]],
    ['wrongly', { ...APPLICATION, client_secret: 'guess' }, {}, [401, 'invalid_client', 7000215]],
    [
      'wrongly in the header',
      { grant_type: 'client_credentials' },
      basic(SITE.id, 'x'),
      [401, 'invalid_client', 7000215],
    ],
    ['in a header that is none', APPLICATION, { authorization: 'Basic AAAA' }, [401, 'invalid_client', 7000215]],
    ['in a bad escape', APPLICATION, { authorization: `Basic ${btoa('a:%zz')}` }, [400, 'invalid_request', 9002313]],
    ['as another one in the header', APPLICATION, basic(TOOL.id, TOOL.secret), [400, 'invalid_request', 9002313]],
    ['not at all', { grant_type: 'client_credentials', client_id: SITE.id }, {}, [401, 'invalid_client', 7000218]],
    [
      'not at all, as a public one',
      { grant_type: 'client_credentials', client_id: TOOL.id },
      {},
      [401, 'invalid_client', 7000218],
    ],
    ['by an assertion', { ...APPLICATION, client_assertion: 'x' }, {}, [401, 'invalid_client', 700027]],
    ['without a name', { grant_type: 'client_credentials' }, {}, [400, 'invalid_request', 900144]],
    ['as a stranger', { ...APPLICATION, client_id: 'nobody' }, {}, [400, 'unauthorized_client', 700016]],
    ['as a tool of Microsoft', { ...APPLICATION, client_id: GRAPH_TOOLS }, {}, [401, 'invalid_client', 700025]],
  ])('shows its secret %s', (_, form, headers, expected) => {
    expect(refusalIn(entra().token({ ...form, scope }, { headers }))).toEqual(expected)
  })

  test('without a person has roles at Graph, and nowhere else', () => {
    const scene = entra()
    const claims = (form: Record<string, string>, version = 2) =>
      claimsOf(scene.token({ ...APPLICATION, ...form }, { version }).access_token)
    const principal = claims({ scope })
    expect(principal).toMatchObject({
      aud: GRAPH,
      iss: `https://sts.windows.test/${TENANT}/`,
      appid: SITE.id,
      appidacr: '1',
      idtyp: 'app',
      oid: principal.sub,
      roles: ['Group.Read.All'],
      tid: TENANT,
      ver: '1.0',
    })
    expect(claims({ resource: 'https://graph.microsoft.com/' }, 1).aud).toBe('https://graph.microsoft.com/')
    expect(claims({ scope: `${ENTRA_RESOURCES.graph.id}/.default` })).toMatchObject({ aud: ENTRA_RESOURCES.graph.id })
    expect(claims({ scope: 'https://api.manage.microsoft.com//.default' })).not.toHaveProperty('roles')
    expect(claims({ scope: `api://${SITE.id}/.default` }).aud).toBe(`api://${SITE.id}`)
  })

  test.each<[string, Record<string, string>, number, unknown]>([
    ['a scope without .default', { scope: `${GRAPH}/Group.Read.All` }, 2, [400, 'invalid_scope', 1002012]],
    ['two scopes', { scope: `${scope} openid` }, 2, [400, 'invalid_scope', 1002012]],
    ['an unknown resource', { scope: 'https://nowhere.example/.default' }, 2, [400, 'invalid_resource', 500011]],
    ['a resource in version 2', { resource: GRAPH, scope }, 2, [400, 'invalid_request', 901002]],
    ['nothing in version 1', {}, 1, [400, 'invalid_request', 900144]],
  ])('without a person asks for %s', (_, form, version, expected) => {
    expect(refusalIn(entra().token({ ...APPLICATION, ...form }, { version }))).toEqual(expected)
  })
})

test('a resource is known by id and by URI, with a slash or without, as Microsoft names it and as the mock does', () => {
  const { tenant } = entra()
  const nameOf = (asked: string) => findResource(tenant, asked)?.name
  const names = {
    graph: `${GRAPH} ${GRAPH}/ https://graph.microsoft.test 00000003-0000-0000-c000-000000000000`,
    registration: `${REGISTRATION} 01cb2876-7ebd-4aa4-9cc9-d28bd4d359a9`,
    intune: 'https://api.manage.microsoft.com/ https://api.manage.microsoft.com 0000000a-0000-0000-c000-000000000000',
    enrolment:
      'https://enrollment.manage.microsoft.com/ https://enrollment.manage.microsoft.test D4EBCE55-015a-49b5-a083-c84d1797ae8c',
  } as const
  for (const [name, spellings] of Object.entries(names)) {
    expect(spellings.split(' ').map(nameOf)).toEqual(spellings.split(' ').map(() => name))
  }
  expect(['https://graph.microsoft.com.evil.example', `${GRAPH}//`, '', 'graph'].map(nameOf)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ])
  expect(isAudienceOf(tenant, 'graph', 'https://localhost:1/', 'https://localhost:1')).toBe(true)
  expect([undefined, 7, ['https://graph.microsoft.com']].some((aud) => isAudienceOf(tenant, 'graph', aud))).toBe(false)
})

describe('the password of a person', () => {
  const scope = 'openid offline_access Group.Read.All'

  test.each<[string, Record<string, string>, unknown]>([
    ['is for a public application', {}, [200, undefined, undefined]],
    ['is for one with its secret', { client_id: SITE.id, client_secret: SITE.secret }, [200, undefined, undefined]],
    ['is not for one without', { client_id: SITE.id }, [401, 'invalid_client', 7000218]],
    ['is not for a stranger', { client_id: 'nobody' }, [400, 'unauthorized_client', 700016]],
    ['is wrong', { password: 'guess' }, [400, 'invalid_grant', 50126]],
    ['is missing', { password: '' }, [400, 'invalid_request', 900144]],
    ['is of nobody', { username: 'nemo@contoso.example' }, [400, 'invalid_grant', 50034]],
    ['is of another tenant', { username: MALLORY.login, password: MALLORY.passwd }, [400, 'invalid_grant', 50020]],
    ['has no consent', { scope: 'User.ReadWrite.All' }, [400, 'invalid_grant', 65001]],
  ])('%s', (_, changes, expected) => {
    expect(refusalIn(entra().token({ ...PASSWORD, scope, ...changes }))).toEqual(expected)
  })

  test('is not enough for a join where the tenant requires a second factor, and no refresh token gets around that', () => {
    const scene = entra({ enrollment: { multifactor: true } })
    const join = { scope: `${REGISTRATION}/.default` }
    const refused = [400, 'invalid_grant', 50076]
    expect(refusalIn(scene.token({ ...PASSWORD, ...join }))).toEqual(refused)
    const { refresh_token: token } = scene.token({ ...PASSWORD, scope })
    const refresh = { grant_type: 'refresh_token', client_id: TOOL.id, refresh_token: token }
    expect(refusalIn(scene.token({ ...refresh, ...join }))).toEqual(refused)
    expect(refusalIn(scene.token({ ...refresh, resource: ENTRA_RESOURCES.registration.id }, { version: 1 }))).toEqual(
      refused,
    )
    expect(scene.token({ ...refresh, scope }).status).toBe(200)
  })

  test('of a federated domain is the school’s alone', () => {
    expect(refusalIn(entra({ signIn: 'federated' }).token({ ...PASSWORD, scope }))).toEqual([
      400,
      'invalid_grant',
      50126,
    ])
  })
})

describe('a refresh token', () => {
  const scope = 'openid offline_access Group.Read.All'

  test('is long, of base64url, and the same in every run', () => {
    const tokenIn = () => entra().token({ ...PASSWORD, scope }).refresh_token
    expect(tokenIn()).toMatch(/^[\w-]{640}$/)
    expect(Buffer.from(tokenIn(), 'base64url')).toHaveLength(480)
    expect(tokenIn()).toBe(tokenIn())
  })

  test('gets tokens for another resource, by scope or by resource, and for the same one where nothing is said', () => {
    const scene = entra()
    const { refresh_token: token } = scene.token({ ...PASSWORD, scope })
    const form = { grant_type: 'refresh_token', client_id: TOOL.id, refresh_token: token }
    const audience = (more: Record<string, string>, version = 2) =>
      claimsOf(scene.token({ ...form, ...more }, { version }).access_token).aud
    expect(audience({ scope: 'https://enrollment.manage.microsoft.com/.default' })).toBe(
      'https://enrollment.manage.microsoft.com/',
    )
    expect(audience({ resource: ENTRA_RESOURCES.registration.id }, 1)).toBe(ENTRA_RESOURCES.registration.id)
    expect(claimsOf(scene.token(form).access_token)).toMatchObject({ aud: GRAPH, scp: 'Group.Read.All openid' })
    expect(refusalIn(scene.token({ ...form, resource: GRAPH }))).toEqual([400, 'invalid_request', 901002])
    expect(refusalIn(scene.token({ ...form, refresh_token: 'guess' }))).toEqual([400, 'invalid_grant', 70043])
  })
})

test('an enrolment token has the claims of its version', () => {
  const of = (tokenVersion: number) =>
    claimsOf(
      entra({ enrollment: { tokenVersion } }).token({
        ...PASSWORD,
        scope: 'https://enrollment.manage.microsoft.com//.default',
      }).access_token,
    )
  const both = { name: 'Alice Park', oid: expect.stringMatching(/^[0-9a-f-]{36}$/), tid: TENANT, scp: 'mdm_delegation' }
  const [first, second] = [of(1), of(2)]
  expect(first).toMatchObject({
    ...both,
    aud: 'https://enrollment.manage.microsoft.com/',
    iss: `https://sts.windows.test/${TENANT}/`,
    appid: TOOL.id,
    unique_name: ALICE.login,
    upn: ALICE.login,
    ver: '1.0',
  })
  expect(second).toMatchObject({
    ...both,
    aud: ENTRA_RESOURCES.enrolment.id,
    iss: `${LOGIN}/${TENANT}/v2.0`,
    azp: TOOL.id,
    preferred_username: ALICE.login,
    ver: '2.0',
  })
  const names = ['appid', 'unique_name', 'upn', 'azp', 'preferred_username']
  const absent = (claims: object) => names.filter((name) => !(name in claims))
  expect([absent(first), absent(second)]).toEqual([
    ['azp', 'preferred_username'],
    ['appid', 'unique_name', 'upn'],
  ])
})

test('a refusal has all members of Entra’s, and the id that the client gave its request', () => {
  const scene = entra()
  const id = '6f7a2b9c-1d3e-4f50-8a6b-0c1d2e3f4a5b'
  const refused = (more: Record<string, string> = {}, headers = {}) =>
    scene.token({ grant_type: 'magic', ...more }, { headers })
  const { trace_id: trace, correlation_id: correlation, ...rest } = refused()
  expect(rest).toEqual({
    status: 400,
    error: 'unsupported_grant_type',
    error_description: `AADSTS70003: The app requested an unsupported grant type 'magic'. Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: 2024-11-04 08:00:00Z`,
    error_codes: [70003],
    timestamp: '2024-11-04 08:00:00Z',
    error_uri: `${LOGIN}/error?code=70003`,
  })
  expect([trace, correlation, id].every((one) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(one))).toBe(true)
  expect(trace).not.toBe(correlation)
  expect(refused({}, { 'client-request-id': id }).correlation_id).toBe(id)
  expect(refused({ 'client-request-id': id }).correlation_id).toBe(id)
  expect(refused({}, { 'client-request-id': 'x\r\ny' }).correlation_id).toMatch(/^[0-9a-f-]{36}$/)
  const header = scene.post(`/${TENANT}/oauth2/token`, { grant_type: 'magic' })
  expect(header.headers['x-ms-request-id']).toBe(jsonOf(header).trace_id)
  expect(refusalIn(scene.token({}))).toEqual([400, 'invalid_request', 900144])
  expect(refusalIn(scene.token(PASSWORD, { authority: 'nowhere.example' }))).toEqual([400, 'invalid_request', 90002])
})

test('an instance is found by its own authority, and no other one is of this cloud', () => {
  const scene = entra()
  const ask = (endpoint: string) => {
    const query = new URLSearchParams({ 'api-version': '1.1', authorization_endpoint: endpoint })
    const answer = scene.send('GET', `${LOGIN}/common/discovery/instance?${query.toString()}`, '')
    return { status: answer.status, ...jsonOf(answer) }
  }
  const found = ask(`${LOGIN}/${TENANT}/oauth2/v2.0/authorize`)
  expect(found).toMatchObject({
    tenant_discovery_endpoint: `${LOGIN}/${TENANT}/v2.0/.well-known/openid-configuration`,
    metadata: [{ preferred_network: 'login.microsoftonline.test', aliases: ['login.microsoftonline.test'] }],
  })
  const metadata = jsonOf(scene.send('GET', found.tenant_discovery_endpoint, ''))
  expect(metadata).toMatchObject({
    issuer: `${LOGIN}/${TENANT}/v2.0`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    device_authorization_endpoint: `${LOGIN}/${TENANT}/oauth2/v2.0/devicecode`,
  })
  expect(refusalIn(ask('https://evil.example/x/oauth2/authorize'))).toEqual([400, 'invalid_instance', 50049])
  expect(refusalIn(ask('no URL'))).toEqual([400, 'invalid_instance', 50049])
})

test('who signed in is known no longer once the password has changed or the account is gone', () => {
  const scene = entra()
  const { refresh_token: token } = scene.token({
    ...PASSWORD,
    scope: 'openid offline_access',
    username: PRINCIPAL.login,
    password: PRINCIPAL.passwd,
  })
  const refresh = () => scene.token({ grant_type: 'refresh_token', client_id: TOOL.id, refresh_token: token })
  expect(refresh().status).toBe(200)
  const { users } = scene.tenant.directory.now
  const principal = users.get(PRINCIPAL.login)!
  const set = (changed: Map<string, typeof principal>) =>
    scene.tenant.directory.change(scene.tenant.now(), (state) => ({ ...state, users: changed }))
  set(new Map([...users, [PRINCIPAL.login, { ...principal, password: 'another' }]]))
  expect(refusalIn(refresh())).toEqual([400, 'invalid_grant', 50173])
  set(new Map([...users].filter(([email]) => email !== PRINCIPAL.login)))
  expect(refusalIn(refresh())).toEqual([400, 'invalid_grant', 500341])
})
