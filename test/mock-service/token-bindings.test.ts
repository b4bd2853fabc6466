import { createPublicKey } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { MOCK_ENDPOINTS } from '../../src/domain/endpoints.ts'
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
  encodeDeviceRequest,
  encodeSessionRequest,
  JWT_BEARER,
  NONCE_GRANT,
} from '../../src/protocols/entra/device-bound-token.ts'
import { decodeJwt } from '../../src/protocols/jwt/jwt.ts'
import { encodeSyncML } from '../../src/protocols/syncml/encode.ts'
import { thumbprint } from '../../src/protocols/x509/certificate.ts'
import { loadTenantFile } from '../../src/scenario/library.ts'
import { putJoined } from './joined.ts'
import { jsonOf, key, post } from './refusals-scene.ts'

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
