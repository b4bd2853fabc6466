import { createPublicKey } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { MOCK_ENDPOINTS } from '../../src/domain/endpoints.ts'
import { ENTRA_RESOURCES } from '../../src/domain/entra-resources.ts'
import type { HttpResponse, Peer } from '../../src/domain/http.ts'
import { startTenant } from '../../src/mock-service/connect.ts'
import { clientOf } from '../../src/mock-service/entra/clients.ts'
import { issueTokens } from '../../src/mock-service/entra/issue-tokens.ts'
import { Refusal } from '../../src/mock-service/entra/refusal.ts'
import { newDevice } from '../../src/mock-service/oma-dm/managed-device.ts'
import type { Tenant } from '../../src/mock-service/tenant.ts'
import { seededIds } from '../../src/ports/ids.ts'
import { derivedKeys } from '../../src/ports/rsa-keys.ts'
import { seededChance } from '../../src/ports/seeded-chance.ts'
import {
  decodeSessionAnswer,
  encodeDeviceRequest,
  encodeSessionRequest,
  JWT_BEARER,
  NONCE_GRANT,
} from '../../src/protocols/entra/device-bound-token.ts'
import { decodeJwt } from '../../src/protocols/jwt/jwt.ts'
import { encodeGetPoliciesRequest } from '../../src/protocols/ms-xcep/get-policies.ts'
import { decodeEnvelope } from '../../src/protocols/soap/envelope.ts'
import { jwtSecurityToken } from '../../src/protocols/soap/security.ts'
import { encodeSyncML } from '../../src/protocols/syncml/encode.ts'
import { thumbprint } from '../../src/protocols/x509/certificate.ts'
import { loadTenantFile } from '../../src/scenario/library.ts'
import { putJoined } from './joined.ts'
import { jsonOf, key, MESSAGE_ID, post, postSoap } from './refusals-scene.ts'

const START = Date.parse('2024-11-04T08:00:00Z')
const DAY_MS = 86_400_000
const ALICES_APP = '11111111-0000-4000-8000-000000000001'
const OTHER_APP = '22222222-0000-4000-8000-000000000002'
const GRAPH = 'https://graph.microsoft.com'
const TOKEN_URL = 'https://login.microsoftonline.test/common/oauth2/token'
const spki = new Uint8Array(createPublicKey(key).export({ type: 'spki', format: 'der' }))

let now: number
let tenant: Tenant
let send: (request: ReturnType<typeof post>, peer?: Peer) => HttpResponse

beforeEach(() => {
  now = START
  const started = startTenant(
    {
      definition: loadTenantFile('contoso-school'),
      endpoints: MOCK_ENDPOINTS,
      keys: derivedKeys,
      ids: seededIds(seededChance(1, 'service')),
      registered: () => [],
    },
    () => now,
  )
  tenant = started.tenant
  send = (request, peer = {}) => started.handle(request, peer)
})

interface Answered {
  status: number
  Nonce?: string
  refresh_token?: string
  id_token?: string
}

const ask = (form: Record<string, string>): Answered => {
  const answer = send(post(TOKEN_URL, new URLSearchParams(form).toString()))
  return { status: answer.status, ...jsonOfOrNone(answer) }
}
const jsonOfOrNone = (answer: HttpResponse): Record<string, string> =>
  answer.headers['content-type']?.includes('json') ? jsonOf(answer) : {}

/** As an application gets it when Alice signs in. */
function refreshTokenFor(clientId: string): string {
  const before = new Set(tenant.state.entra.refreshTokens.keys())
  const issued = issueTokens(tenant, {
    user: tenant.definition.users[0]!,
    tenantId: tenant.definition.tenantId,
    client: clientOf(tenant, clientId),
    scope: 'openid',
    wanted: { resource: { name: 'graph', audience: GRAPH }, names: [], texts: [], openid: ['openid'] },
    version: 1,
  })
  expect(issued).not.toBeInstanceOf(Refusal)
  return [...tenant.state.entra.refreshTokens.keys()].find((token) => !before.has(token))!
}

const refresh = (form: Record<string, string>) => ask({ grant_type: 'refresh_token', scope: 'openid', ...form })

test('a refresh token serves the application alone that it was given to, and so does the next one', () => {
  const token = refreshTokenFor(ALICES_APP)
  expect(refresh({ refresh_token: token, client_id: OTHER_APP })).toMatchObject({
    status: 400,
    error: 'invalid_grant',
    error_description: expect.stringMatching(/^AADSTS700007: /),
  })
  expect(refresh({ refresh_token: token })).toMatchObject({
    status: 400,
    error: 'invalid_request',
    error_description: expect.stringMatching(/^AADSTS900144: .*client_id/),
  })
  const again = refresh({ refresh_token: token, client_id: ALICES_APP })
  expect(again.status).toBe(200)
  expect(decodeJwt(again.id_token!).claims.aud).toBe(ALICES_APP)
  expect(refresh({ refresh_token: again.refresh_token!, client_id: OTHER_APP }).status).toBe(400)
})

/** A device of the directory, by the certificate of its join. */
function joined(): Uint8Array {
  const certificate = tenant.authority('organization-access').issue([{ type: 'CN', value: 'x' }], spki, now)
  putJoined(tenant, 'D', certificate, new Uint8Array(createPublicKey(key).export({ type: 'spki', format: 'der' })))
  return certificate
}
const nonceOf = () => ask({ grant_type: NONCE_GRANT }).Nonce!
const bearer = (request: string) => ask({ grant_type: JWT_BEARER, request })
const primary = (certificate: Uint8Array, nonce: string, changes: object = {}) =>
  bearer(
    encodeDeviceRequest(
      {
        grant_type: 'refresh_token',
        client_id: ALICES_APP,
        request_nonce: nonce,
        refresh_token: refreshTokenFor(ALICES_APP),
        ...changes,
      },
      certificate,
      key,
    ),
  )
const exchange = (token: string, nonce: string, context: number, clientId = ALICES_APP) =>
  encodeSessionRequest(
    {
      grant_type: 'refresh_token',
      request_nonce: nonce,
      refresh_token: token,
      client_id: clientId,
      scope: `openid ${GRAPH}/.default`,
    },
    tenant.state.entra.primaryTokens.get(token)!.sessionKey,
    new Uint8Array(24).fill(context),
  )

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
/** The same signature in other letters: the last of 43 has two bits that do not count. */
const spelledAnew = (token: string) => `${token.slice(0, -1)}${ALPHABET[ALPHABET.indexOf(token.at(-1)!) ^ 1]}`

const USED = { status: 400, error: 'invalid_grant', error_description: expect.stringMatching(/^AADSTS90055: .*used/) }

test('a nonce serves for one primary token, and no request is answered twice', () => {
  const certificate = joined()
  const nonce = nonceOf()
  const first = primary(certificate, nonce)
  expect(first.status).toBe(200)
  expect(primary(certificate, nonce)).toMatchObject(USED)
  const request = exchange(first.refresh_token!, nonce, 1)
  expect(bearer(request).status).toBe(200)
  expect(bearer(request)).toMatchObject(USED)
  expect(bearer(spelledAnew(request))).toMatchObject(USED)
  // A client may keep its nonce for the next resource ([MS-OAPXBC] 3.1.1).
  expect(bearer(exchange(first.refresh_token!, nonce, 2)).status).toBe(200)
  const second = primary(certificate, nonceOf())
  expect(bearer(exchange(second.refresh_token!, nonce, 3))).toMatchObject(USED)
})

test('a request that was refused has not used its nonce, and time has', () => {
  const certificate = joined()
  const nonce = nonceOf()
  expect(primary(certificate, nonce, { refresh_token: 'stolen' }).status).toBe(400)
  expect(primary(certificate, nonce).status).toBe(200)
  const late = nonceOf()
  now += 300_000
  expect(primary(certificate, late)).toMatchObject({ error_description: expect.stringMatching(/too old/) })
})

test('a device gets no primary token for the refresh token of another application', () => {
  expect(primary(joined(), nonceOf(), { refresh_token: refreshTokenFor(OTHER_APP) })).toMatchObject({
    status: 400,
    error_description: expect.stringMatching(/^AADSTS700007: /),
  })
})

test('what a primary token is exchanged for is bound to the application that asked', () => {
  const certificate = joined()
  const nonce = nonceOf()
  const { refresh_token: token } = primary(certificate, nonce)
  const before = new Set(tenant.state.entra.refreshTokens.keys())
  expect(bearer(exchange(token!, nonce, 1, OTHER_APP)).status).toBe(200)
  const [made] = [...tenant.state.entra.refreshTokens].filter(([id]) => !before.has(id))
  expect(made![1].clientId).toBe(OTHER_APP)
})

test('a primary token is exchanged for the resource that is named, by its id too', () => {
  const nonce = nonceOf()
  const { refresh_token: token } = primary(joined(), nonce)
  const { sessionKey } = tenant.state.entra.primaryTokens.get(token!)!
  const audienceFor = (asked: object, context: number) => {
    const claims = {
      grant_type: 'refresh_token',
      request_nonce: nonce,
      refresh_token: token,
      client_id: ALICES_APP,
      ...asked,
    }
    const request = encodeSessionRequest(claims, sessionKey, new Uint8Array(24).fill(context))
    const answer = send(post(TOKEN_URL, new URLSearchParams({ grant_type: JWT_BEARER, request }).toString()))
    if (answer.status !== 200) return jsonOf(answer).error_codes
    const tokens = JSON.parse(decodeSessionAnswer(new TextDecoder().decode(answer.body), sessionKey))
    const { aud, deviceid } = decodeJwt(tokens.access_token).claims
    return [aud, deviceid]
  }
  const { registration, enrolment } = ENTRA_RESOURCES
  expect(audienceFor({ resource: registration.id }, 1)).toEqual([registration.id, 'D'])
  expect(audienceFor({ resource: enrolment.uri, scope: 'openid' }, 2)).toEqual([enrolment.uri, 'D'])
  expect(audienceFor({ scope: 'openid aza ugs' }, 3)).toEqual([ENTRA_RESOURCES.graph.id, 'D'])
  expect(audienceFor({ resource: 'https://nowhere.example' }, 4)).toEqual([500011])
})

/** What each service says to a token: join, terms of use, enrolment, Graph. */
function services(token: string): Record<string, string | number> {
  const headers = { authorization: `Bearer ${token}` }
  const join = send(post('https://enterpriseregistration.windows.test/EnrollmentServer/device/', '{}', headers))
  const terms =
    'https://enrollment.manage.microsoft.test/TermsOfUse?api-version=1.0&mode=azureadjoin&client-request-id=x'
  const page = send({
    ...post(`${terms}&redirect_uri=ms-aadj-redir%3A%2F%2Fauth%2Fmdm`, '', { ...headers, 'cxh-host': 'FRX' }),
    method: 'GET',
  })
  const graph = send({ ...post('https://graph.microsoft.test/v1.0/groups', '', headers), method: 'GET' })
  return {
    join: join.status === 400 ? 'reads the request' : (jsonOf(join).subcode ?? ''),
    terms: page.status,
    enrolment: faultOf(token),
    graph: graph.status,
  }
}

/** Why the enrolment refuses a token. */
function faultOf(token: string): string {
  const url = 'https://enrollment.manage.microsoft.test/EnrollmentServer/Policy.svc'
  const fields = { messageId: MESSAGE_ID, to: url, security: { binarySecurityToken: jwtSecurityToken(token) } }
  const { fault } = decodeEnvelope(send(postSoap(url, encodeGetPoliciesRequest({}, fields))).body)
  return fault?.reason ?? ''
}

const REFUSED = { join: 'error_invalid_token', terms: 302, graph: 401 }
const issue = (
  clientId: string,
  { id, uri }: { id: string; uri: string },
  name: 'graph' | 'registration' | 'enrolment',
) =>
  issueTokens(tenant, {
    user: tenant.definition.users[0]!,
    tenantId: tenant.definition.tenantId,
    client: clientOf(tenant, clientId),
    scope: '',
    wanted: {
      resource: { name, audience: clientId === OTHER_APP ? id : uri },
      names: [],
      texts: [],
      openid: ['openid'],
    },
    version: 2,
  }) as { access_token: string; id_token: string }

test.each(['graph', 'registration', 'enrolment'] as const)(
  'an ID token is no access token, also where the application that it is for has the id of a service: %s',
  (name) => {
    const { id_token: token } = issue(ENTRA_RESOURCES[name].id, ENTRA_RESOURCES[name], name)
    expect(decodeJwt(token).claims.aud).toBe(ENTRA_RESOURCES[name].id)
    expect(services(token)).toEqual({ ...REFUSED, enrolment: expect.stringMatching(/^ERR_JWT_PURPOSE/) })
  },
)

test.each([ALICES_APP, OTHER_APP])('an access token is for its own service alone, by URI and by id: %s', (client) => {
  const of = (name: 'graph' | 'registration' | 'enrolment') =>
    services(issue(client, ENTRA_RESOURCES[name], name).access_token)
  const noManagement = 'the token is not for device management'
  expect(of('graph')).toEqual({ ...REFUSED, enrolment: noManagement, graph: 403 })
  expect(of('registration')).toEqual({ ...REFUSED, enrolment: noManagement, join: 'reads the request' })
  expect(of('enrolment')).toEqual({ ...REFUSED, enrolment: 'the token names no device', terms: 200 })
})

test('an application alone joins no device', () => {
  const [application] = tenant.definition.applications
  const url = TOKEN_URL.replace('common', tenant.definition.tenantId)
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: application!.id,
    client_secret: application!.secret,
    resource: ENTRA_RESOURCES.registration.uri,
  })
  const { access_token: own } = jsonOf(send(post(url, form.toString())))
  expect(services(own!)).toEqual({ ...REFUSED, enrolment: 'the token is not for device management' })
})

test('the refresh token of an application with a secret serves nothing without it', () => {
  const [application] = tenant.definition.applications
  const token = refreshTokenFor(application!.id)
  const form = { refresh_token: token, client_id: application!.id }
  expect(refresh(form)).toMatchObject({ status: 401, error: 'invalid_client' })
  expect(refresh({ ...form, client_secret: 'guess' })).toMatchObject({ status: 401, error: 'invalid_client' })
  expect(refresh({ ...form, client_secret: application!.secret }).status).toBe(200)
})

test.each([
  ['the day before it is valid', -DAY_MS],
  ['a year and a day later', 366 * DAY_MS],
])('a certificate is of no use %s: for management, for the agent and for tokens', (_, after) => {
  const certificate = tenant.authority('mdm-root').issue([{ type: 'CN', value: 'x' }], spki, now)
  const device = { entDmId: '1', deviceId: 'D1', deviceName: 'X', upn: '', registered: undefined, contentUrl: '' }
  tenant.state.management.managed.set(thumbprint(certificate), newDevice(device, now))
  const of = joined()
  const mdm = 'https://enrollment.manage.microsoft.test'
  const header = { sessionId: '1', msgId: '1', target: mdm, source: 'D1' }
  const message = post(`${mdm}/devicemanagement/sync`, encodeSyncML({ header, commands: [], final: true }))
  const agent = { ...post(`${mdm}/agent/apps`, ''), method: 'GET' as const }
  expect([send(message, { certificate }).status, send(agent, { certificate }).status]).toEqual([200, 200])
  now += after
  expect([send(message, { certificate }).status, send(agent, { certificate }).status]).toEqual([403, 403])
  expect(primary(of, nonceOf())).toMatchObject({ error_description: expect.stringMatching(/out of its time/) })
})
