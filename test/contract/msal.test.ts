import {
  ConfidentialClientApplication,
  type Configuration,
  CryptoProvider,
  type INetworkModule,
  InteractionRequiredAuthError,
  type NetworkResponse,
  PublicClientApplication,
  ServerError,
} from '@azure/msal-node'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { createDevelopmentCa, createServerCertificate } from '../../src/cli/serve/development-ca.ts'
import { endpointsAt } from '../../src/domain/endpoints.ts'
import type { HttpRequest } from '../../src/domain/http.ts'
import { mockTenant } from '../../src/library/first-boot.ts'
import { startTenant } from '../../src/mock-service/connect.ts'
import { seededIds } from '../../src/ports/ids.ts'
import { type Listening, listen } from '../../src/ports/listen.ts'
import { derivedKeys } from '../../src/ports/rsa-keys.ts'
import { seededChance } from '../../src/ports/seeded-chance.ts'
import { type TargetTransport, targetTransport } from '../../src/ports/target-transport.ts'
import { browse } from '../cli/token/identity-provider.ts'

/** Microsoft's own library for Node, over HTTPS on this machine. It never asks another host: it knows the authority. */

const TENANT = '6f2c1d9a-4b73-4e58-9c0a-7d1e2f3a4b5c'
const SCRIPT = { id: '5a3e0c52-7b1d-4f60-9a55-0c1d2e3f4a5b', secret: 'chalk+and b:board%' }
const SITE = { id: '5a3e0c52-7b1d-4f60-9a55-0c1d2e3f4a5c', secret: 'a-website' }
const GRAPH_TOOLS = '14d82eec-204b-4c2f-b7e8-296a70dab67e'
const READ = 'https://graph.microsoft.com/DeviceManagementManagedDevices.Read.All'
const APPLICATIONS = [
  { ...SCRIPT, name: 'Script', permissions: ['Group.Read.All'], isPublicClient: true },
  {
    ...SITE,
    name: 'Site',
    permissions: ['DeviceManagementManagedDevices.Read.All'],
    redirectUris: ['http://localhost/back'],
  },
]
const ALICE = { login: 'alice@contoso.example', passwd: 'correct-horse' }
const PRINCIPAL = { login: 'principal@contoso.example', passwd: 'quiet-library' }

const ca = createDevelopmentCa(Date.now())
let served: Listening
let transport: TargetTransport
const asked: string[] = []

beforeAll(async () => {
  let handle: ReturnType<typeof startTenant>['handle'] | undefined
  const tls = createServerCertificate(ca, Date.now())
  served = await listen((request, peer) => handle!(request, peer), { port: 0, tls })
  const parts = {
    definition: mockTenant('contoso-school', { applications: APPLICATIONS }),
    endpoints: endpointsAt(served.origin),
    keys: derivedKeys,
    ids: seededIds(seededChance(1, 'service')),
    registered: () => [],
  }
  handle = startTenant(parts, () => Date.now()).handle
  transport = targetTransport({ hosts: new Set(), trust: [ca.certificate], keyOf: () => undefined })
})

afterAll(async () => {
  transport.close()
  await served.close()
})

/** What the library sends, over a connection that trusts the authority of the test. */
const network: INetworkModule = {
  sendGetRequestAsync: (url, options) => send('GET', url, options?.headers),
  sendPostRequestAsync: (url, options) => send('POST', url, options?.headers, options?.body),
}

async function send<Body>(
  method: HttpRequest['method'],
  url: string,
  headers: Record<string, string> = {},
  body = '',
): Promise<NetworkResponse<Body>> {
  asked.push(url)
  const lowered = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  const request = { method, url, headers: lowered, body: new TextEncoder().encode(body) }
  const answer = await transport(request, {}, AbortSignal.timeout(20_000))
  return { status: answer.status, headers: answer.headers, body: JSON.parse(new TextDecoder().decode(answer.body)) }
}

const configuration = (clientId: string, clientSecret?: string): Configuration => ({
  auth: {
    clientId,
    authority: `${served.origin}/${TENANT}`,
    knownAuthorities: [new URL(served.origin).host],
    ...(clientSecret === undefined ? {} : { clientSecret }),
  },
  system: { networkClient: network },
})
const confidential = ({ id, secret }: { id: string; secret: string }) =>
  new ConfidentialClientApplication(configuration(id, secret))
const publicly = (id: string) => new PublicClientApplication(configuration(id))

/** Where a sign-in leads back to: what the browser brought there. */
async function startBack() {
  let brought: URLSearchParams | undefined
  const back = await listen(
    ({ method, url, body }) => {
      brought = method === 'POST' ? new URLSearchParams(new TextDecoder().decode(body)) : new URL(url).searchParams
      return { status: 200, headers: { 'content-type': 'text/html' }, body: new TextEncoder().encode('done') }
    },
    { port: 0 },
  )
  onTestFinished(() => back.close())
  return { redirectUri: `${back.origin}/back`, brought: () => Object.fromEntries(brought ?? []) }
}

describe('msal-node gets', () => {
  test('a token for an application, with roles', async () => {
    const result = await confidential(SCRIPT).acquireTokenByClientCredential({
      scopes: ['https://graph.microsoft.com/.default'],
    })
    expect(decodeJwt(result!.accessToken)).toMatchObject({
      aud: 'https://graph.microsoft.com',
      appid: SCRIPT.id,
      idtyp: 'app',
      roles: ['Group.Read.All'],
      tid: TENANT,
      ver: '1.0',
    })
  })

  test('tokens for a code with PKCE, and others for the refresh token', async () => {
    const application = publicly(SCRIPT.id)
    const { redirectUri, brought } = await startBack()
    const { verifier, challenge } = await new CryptoProvider().generatePkceCodes()
    const scopes = ['Group.Read.All']
    const url = await application.getAuthCodeUrl({
      scopes,
      redirectUri,
      codeChallenge: challenge,
      codeChallengeMethod: 'S256',
      state: 'here',
      loginHint: ALICE.login,
    })
    await browse(url, ALICE, { trust: [ca.certificate] })
    const { code, state } = brought()
    const request = { scopes, redirectUri, code: code! }
    await expect(application.acquireTokenByCode(request)).rejects.toMatchObject({ errorNo: 501481 })
    expect(state).toBe('here')
    await browse(url, ALICE, { trust: [ca.certificate] })
    const result = await application.acquireTokenByCode({ ...request, code: brought().code!, codeVerifier: verifier })
    expect(result).toMatchObject({ tenantId: TENANT, scopes: expect.arrayContaining(scopes) })
    expect(result.account).toMatchObject({ username: ALICE.login, name: 'Alice Park', tenantId: TENANT })
    expect(decodeJwt(result.accessToken)).toMatchObject({
      scp: expect.stringMatching(/^Group\.Read\.All /),
      unique_name: ALICE.login,
      upn: ALICE.login,
      appid: SCRIPT.id,
      idtyp: 'user',
    })
    const again = await application.acquireTokenSilent({ scopes, account: result.account!, forceRefresh: true })
    expect([again.fromCache, again.account?.homeAccountId]).toEqual([false, result.account!.homeAccountId])
    const cached = await application.acquireTokenSilent({ scopes, account: result.account! })
    expect([cached.fromCache, cached.accessToken]).toEqual([true, again.accessToken])
  })

  test('tokens for a code that was posted to it, of an application with a secret and without PKCE', async () => {
    const application = confidential(SITE)
    const { redirectUri, brought } = await startBack()
    const scopes = [READ]
    const url = await application.getAuthCodeUrl({ scopes, redirectUri, responseMode: 'form_post' })
    await browse(url, ALICE, { trust: [ca.certificate] })
    expect(Object.keys(brought())).not.toContain('state')
    const result = await application.acquireTokenByCode({ scopes, redirectUri, code: brought().code! })
    expect(decodeJwt(result.accessToken)).toMatchObject({ appid: SITE.id, appidacr: '1', upn: ALICE.login })
  })

  test('tokens for a code that an administrator enters elsewhere, as a tool of Microsoft that is in every tenant', async () => {
    const result = await publicly(GRAPH_TOOLS).acquireTokenByDeviceCode({
      scopes: [READ],
      deviceCodeCallback({ userCode, verificationUri }) {
        void browse(
          verificationUri,
          { otc: userCode, ...PRINCIPAL, answer: 'accept' },
          { trust: [ca.certificate] },
        ).catch(() => {})
      },
      timeout: 20,
    })
    expect(decodeJwt(result!.accessToken)).toMatchObject({
      aud: 'https://graph.microsoft.com',
      scp: expect.stringMatching(/^DeviceManagementManagedDevices\.Read\.All /),
      upn: PRINCIPAL.login,
    })
  })

  test('tokens for the password of a person', async () => {
    const result = await publicly(SCRIPT.id).acquireTokenByUsernamePassword({
      scopes: ['https://graph.microsoft.com/Group.Read.All'],
      username: ALICE.login,
      password: ALICE.passwd,
    })
    expect(result?.account?.username).toBe(ALICE.login)
  })
})

describe('msal-node understands', () => {
  const errorOf = async (asking: Promise<unknown>): Promise<ServerError> => {
    const error = await asking.then(
      () => new Error('there was a token'),
      (thrown: unknown) => thrown,
    )
    expect(error).toBeInstanceOf(ServerError)
    return error as ServerError
  }
  const correlationId = '6f7a2b9c-1d3e-4f50-8a6b-0c1d2e3f4a5b'

  test('that a secret is wrong, with the id of its request', async () => {
    const scopes = ['https://graph.microsoft.com/.default']
    const wrong = { ...SCRIPT, secret: 'guess' }
    const asking = confidential(wrong).acquireTokenByClientCredential({ scopes, correlationId })
    const error = await errorOf(asking)
    expect(error).toMatchObject({ errorCode: 'invalid_client', errorNo: 7000215, status: 401, correlationId })
    expect(error.errorMessage).toMatch(
      new RegExp(
        `AADSTS7000215: .* Trace ID: \\S{36} Correlation ID: ${correlationId} Timestamp: \\d{4}-\\d\\d-\\d\\d `,
      ),
    )
  })

  test('that a password is wrong, that a scope was not consented to, and that a resource is unknown', async () => {
    const asking = (scope: string, password = ALICE.passwd, username = ALICE.login) =>
      publicly(SCRIPT.id).acquireTokenByUsernamePassword({ scopes: [scope], username, password })
    expect(await errorOf(asking('Group.Read.All', 'wrong'))).toMatchObject({ errorNo: 50126 })
    expect(await errorOf(asking('Group.Read.All', 'x', 'nemo@contoso.example'))).toMatchObject({ errorNo: 50034 })
    const unconsented = asking('User.ReadWrite.All')
    await expect(unconsented).rejects.toBeInstanceOf(InteractionRequiredAuthError)
    await expect(unconsented).rejects.toMatchObject({ errorNo: 65001, subError: 'consent_required' })
    expect(await errorOf(asking('https://elsewhere.example/.default'))).toMatchObject({
      errorCode: 'invalid_resource',
      errorNo: 500011,
    })
  })

  test('that it asked nobody but the authority that it was told of', () => {
    expect(new Set(asked.map((url) => new URL(url).origin))).toEqual(new Set([served.origin]))
  })
})
