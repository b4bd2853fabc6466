import {
  compactDecrypt,
  compactVerify,
  createLocalJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  importPKCS8,
  type JSONWebKeySet,
  jwtVerify,
  SignJWT,
} from 'jose'
import * as client from 'openid-client'
import { describe, expect, onTestFinished, test } from 'vitest'
import { endpointsAt, MOCK_ENDPOINTS } from '../../src/domain/endpoints.ts'
import type { HttpRequest } from '../../src/domain/http.ts'
import { Secret } from '../../src/domain/secret.ts'
import { startTenant } from '../../src/mock-service/connect.ts'
import { seededIds } from '../../src/ports/ids.ts'
import { listen } from '../../src/ports/listen.ts'
import { derivedKeys } from '../../src/ports/rsa-keys.ts'
import { seededChance } from '../../src/ports/seeded-chance.ts'
import {
  decodeSessionAnswer,
  deriveMessageKey,
  encodeSessionAnswer,
  encodeSessionRequest,
} from '../../src/protocols/entra/device-bound-token.ts'
import { encodeJwt, verifyJwt } from '../../src/protocols/jwt/jwt.ts'
import { loadTenantFile } from '../../src/scenario/library.ts'
import { wholeTenant } from '../../src/scenario/whole-tenant.ts'
import { requestDeviceToken } from '../../src/service/entra/device-token.ts'
import { joinDevice } from '../../src/service/entra/join-device.ts'
import { lookUpAccount } from '../../src/service/entra/look-up-account.ts'
import { signIn } from '../../src/service/entra/sign-in.ts'
import { browse } from '../cli/token/identity-provider.ts'
import { connected, NOW, scripted } from '../service/scripted-service.ts'

const TENANT_ID = '6f2c1d9a-4b73-4e58-9c0a-7d1e2f3a4b5c'
const ALICE = { login: 'alice@contoso.example', passwd: 'correct-horse' }

/** The school's sign-in on a port of this machine. */
async function served(): Promise<string> {
  let handle: ReturnType<typeof startTenant>['handle'] | undefined
  const listening = await listen((request, peer) => handle!(request, peer), { port: 0 })
  onTestFinished(() => listening.close())
  const parts = {
    endpoints: endpointsAt(listening.origin),
    keys: derivedKeys,
    ids: seededIds(seededChance(1, 'service')),
  }
  handle = startTenant(wholeTenant(loadTenantFile('contoso-school'), Date.now(), parts), () => Date.now()).handle
  return listening.origin
}

describe('the sign-in of the mock', () => {
  test('is an OpenID provider to openid-client: metadata, PKCE, code, keys, ID token [point 61: openid-client]', async () => {
    const origin = await served()
    const issuer = new URL(`${origin}/${TENANT_ID}/v2.0`)
    const config = await client.discovery(issuer, 'somebody', undefined, client.None(), {
      execute: [client.allowInsecureRequests],
    })
    // As far as signatures go, too: the keys of the metadata have to fit.
    client.enableNonRepudiationChecks(config)
    const [codeVerifier, state, nonce] = [client.randomPKCECodeVerifier(), client.randomState(), client.randomNonce()]
    let redirected: URL | undefined
    const back = await listen(
      ({ url }) => {
        redirected = new URL(url)
        return { status: 200, headers: { 'content-type': 'text/html' }, body: new TextEncoder().encode('done') }
      },
      { port: 0 },
    )
    onTestFinished(() => back.close())
    const page = client.buildAuthorizationUrl(config, {
      redirect_uri: `${back.origin}/cb`,
      scope: `openid ${origin}/.default`,
      code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    })
    await browse(page.href, ALICE)
    const checks = { pkceCodeVerifier: codeVerifier, expectedState: state, expectedNonce: nonce }
    const tokens = await client.authorizationCodeGrant(config, redirected!, checks)
    expect(tokens.claims()).toMatchObject({ tid: TENANT_ID, upn: ALICE.login, aud: 'somebody', nonce })
    const keys = createLocalJWKSet((await (await fetch(config.serverMetadata().jwks_uri!)).json()) as JSONWebKeySet)
    const { payload } = await jwtVerify(tokens.access_token, keys, { audience: `${origin}/` })
    expect(payload).toMatchObject({ scp: 'mdm_delegation', tid: TENANT_ID })
  })

  describe('gives a code to enter elsewhere', () => {
    let now = 0
    /** openid-client against the tenant, at a time of our own. */
    async function begin(scope = `openid ${MOCK_ENDPOINTS.managementResource}.default`) {
      // openid-client looks at the clock of this machine.
      now = Date.now()
      const parts = {
        definition: loadTenantFile('contoso-school'),
        endpoints: MOCK_ENDPOINTS,
        keys: derivedKeys,
        ids: seededIds(seededChance(1, 'service')),
        registered: () => [],
      }
      const { handle } = startTenant(parts, () => now)
      const send = (url: string, fields?: Record<string, string>) => {
        const body = new TextEncoder().encode(new URLSearchParams(fields).toString())
        return handle({ method: fields ? 'POST' : 'GET', url, headers: {}, body }, {})
      }
      const issuer = new URL(`${MOCK_ENDPOINTS.login}/${TENANT_ID}/v2.0`)
      const options = {
        [client.customFetch]: async (url: string, { method, body }: client.CustomFetchOptions) => {
          const text = new TextEncoder().encode(body instanceof URLSearchParams ? body.toString() : '')
          const answer = handle({ method: method as 'GET' | 'POST', url, headers: {}, body: text }, {})
          return new Response(new Uint8Array(answer.body), { status: answer.status, headers: answer.headers })
        },
      }
      const config = await client.discovery(issuer, 'somebody', undefined, client.None(), options)
      const device = await client.initiateDeviceAuthorization(config, { scope })
      const poll = () =>
        client.genericGrantRequest(config, 'urn:ietf:params:oauth:grant-type:device_code', {
          device_code: device.device_code,
        })
      const enter = (fields: Record<string, string>) => {
        const { action } = /action="(?<action>[^"]+)"/.exec(Buffer.from(send(device.verification_uri).body).toString())!
          .groups!
        return Buffer.from(send(new URL(action!, device.verification_uri).href, fields).body).toString()
      }
      return { device, poll, enter }
    }

    test('and a token for it, once [points 61, 63: openid-client]', async () => {
      const { device, poll, enter } = await begin()
      expect(device).toMatchObject({
        expires_in: 900,
        interval: 5,
        user_code: expect.stringMatching(/^[A-Z]{4}-[A-Z]{4}$/),
      })
      now += 5_000
      await expect(poll()).rejects.toMatchObject({ error: 'authorization_pending' })
      now += 1_000
      await expect(poll()).rejects.toMatchObject({ error: 'slow_down' })
      expect(enter({ otc: 'AAAA-AAAA', ...ALICE, answer: 'accept' })).toContain('not right')
      expect(enter({ otc: device.user_code, ...ALICE, passwd: 'wrong', answer: 'accept' })).toContain('incorrect')
      now += 10_000
      await expect(poll()).rejects.toMatchObject({ error: 'authorization_pending' })
      expect(enter({ otc: device.user_code.toLowerCase(), ...ALICE, answer: 'accept' })).toContain('have signed in')
      now += 5_000
      expect(decodeJwt((await poll()).access_token)).toMatchObject({
        aud: MOCK_ENDPOINTS.managementResource,
        upn: ALICE.login,
        scp: 'mdm_delegation',
      })
      await expect(poll()).rejects.toMatchObject({ error: 'bad_verification_code' })
    })

    test('and nothing to a person who declines, comes late, or is another one [point 61: openid-client]', async () => {
      const declined = await begin()
      expect(declined.enter({ otc: declined.device.user_code, answer: 'decline' })).toContain('have declined')
      now += 5_000
      await expect(declined.poll()).rejects.toMatchObject({ error: 'authorization_declined' })
      const late = await begin()
      now += 900_000
      expect(late.enter({ otc: late.device.user_code, ...ALICE, answer: 'accept' })).toContain('has expired')
      await expect(late.poll()).rejects.toMatchObject({ error: 'expired_token' })
    })
  })

  test.each([
    ['contoso.example', TENANT_ID],
    [TENANT_ID, TENANT_ID],
    ['common', '{tenantid}'],
    ['consumers', '9188040d-6c67-4c5b-b112-36a304b66dad'],
    ['fabrikam.example', undefined],
  ])('the metadata of %s are of the tenant %s [point 61]', async (authority, who) => {
    const answer = await fetch(`${await served()}/${authority}/v2.0/.well-known/openid-configuration`)
    const found = (await answer.json()) as { issuer?: string; error?: string }
    if (who === undefined) expect([answer.status, found.error]).toEqual([400, 'invalid_tenant'])
    else expect(found.issuer?.endsWith(`/${who}/v2.0`)).toBe(true)
  })

  test.each([['/common/discovery/keys'], ['/common/discovery/v2.0/keys'], [`/${TENANT_ID}/discovery/v2.0/keys`]])(
    '%s has the key of the tokens, and nothing private [point 61: jose]',
    async (path) => {
      const set = (await (await fetch(`${await served()}${path}`)).json()) as JSONWebKeySet
      expect(set.keys.map((key) => Object.keys(key).sort())).toEqual([['alg', 'e', 'kid', 'kty', 'n', 'use']])
      const keys = createLocalJWKSet(set)
      const token = encodeJwt(
        { a: 1 },
        derivedKeys.rsa2048('tenant:contoso-school', 'token-signing'),
        set.keys[0]!.kid!,
      )
      expect((await jwtVerify(token, keys)).payload).toEqual({ a: 1 })
      const flipped = token.replace(/.{9}$/, (end) => (end[0] === 'A' ? 'B' : 'A') + end.slice(1))
      await expect(jwtVerify(flipped, keys)).rejects.toMatchObject({ code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' })
    },
  )

  test.each([
    ['managed', 'alice@contoso.example', { account_type: 'Managed', domain_name: 'contoso.example' }],
    [
      'federated',
      'alice@contoso.example',
      {
        account_type: 'Federated',
        federation_protocol: 'WSTrust',
        federation_active_auth_url: expect.stringMatching(/\/adfs\/services\/trust\/2005\/usernamemixed$/),
      },
    ],
    ['managed', 'x@elsewhere.example', { account_type: 'Unknown', domain_name: 'elsewhere.example' }],
  ])('the realm of version 1 tells what a %s domain is to %s [point 61]', async (kind, upn, realm) => {
    const definition = { ...loadTenantFile('contoso-school'), signIn: kind as 'managed' | 'federated' }
    const ids = seededIds(seededChance(1, 'service'))
    const parts = { definition, endpoints: MOCK_ENDPOINTS, keys: derivedKeys, ids, registered: () => [] }
    const { handle } = startTenant(parts, () => NOW)
    const url = `${MOCK_ENDPOINTS.login}/common/userrealm/${upn}?api-version=1.0`
    const answer = handle({ method: 'GET', url, headers: {}, body: new Uint8Array() }, {})
    const found = JSON.parse(new TextDecoder().decode(answer.body))
    expect(found).toMatchObject({
      ver: '1.0',
      cloud_instance_name: 'microsoftonline.test',
      cloud_audience_urn: 'urn:federation:MicrosoftOnline',
      ...realm,
    })
    expect(Object.hasOwn(found, 'federation_protocol')).toBe(kind === 'federated')
  })

  test.each<[string, object, object]>([
    ['that is managed', { IfExistsResult: 0, EstsProperties: { DomainType: 3 } }, { value: { kind: 'managed' } }],
    ['of another cloud', { IfExistsResult: 5 }, { value: { kind: 'managed' } }],
    ['that is none', { IfExistsResult: 1 }, { value: { kind: 'unknown' } }],
    ['that is asked about too often', { IfExistsResult: 2 }, { trouble: { code: 'ERR_ENTRA_THROTTLED' } }],
    [
      'of a federated domain',
      { IfExistsResult: 0, EstsProperties: { DomainType: 4 } },
      { value: { kind: 'federated', url: 'https://sts.contoso.example/adfs/ls/', brand: 'Contoso' } },
    ],
  ])('the credential type of an account %s is understood [point 61]', async (_, type, expected) => {
    const realm = {
      NameSpaceType: 'Federated',
      AuthURL: 'https://sts.contoso.example/adfs/ls/',
      FederationBrandName: 'Contoso',
    }
    const { service, asked } = scripted({ body: JSON.stringify(type) }, { body: JSON.stringify(realm) })
    expect(await lookUpAccount(service, 'a@contoso.example')).toMatchObject(expected)
    expect(asked[0]).toMatchObject({ method: 'POST', url: `${MOCK_ENDPOINTS.login}/common/GetCredentialType` })
  })
})

describe('tokens', () => {
  const key = derivedKeys.rsa2048('tenant:contoso-school', 'mdm-root')
  const sessionKey = new Uint8Array(32).fill(5)
  const [ctx, iv] = [new Uint8Array(24).fill(7), new Uint8Array(12).fill(9)]

  test('the enrolment token after a join is one that jose verifies with the published keys [point 63: jose]', async () => {
    const person = {
      email: ALICE.login,
      password: new Secret(ALICE.passwd),
      usage: 'workOrSchool',
      purpose: 'join',
    } as const
    const { service, tenant } = connected({ tokenVersion: 2 })
    const signed = await signIn(service, person)
    if (!signed.ok || signed.value.kind !== 'signedIn') throw new Error('no sign-in')
    const { signedIn } = signed.value
    const [deviceKey, transportKey] = ['join', 'transport'].map((label) => derivedKeys.rsa2048('no-tpm:test', label))
    const join = { domain: 'contoso.example', deviceName: 'CLS-1', osVersion: '10.0.26100.1' }
    const certificate = await joinDevice(service, {
      ...join,
      token: signedIn.tokens.accessToken,
      deviceKey: deviceKey!,
      transportKey: transportKey!,
    })
    if (!certificate.ok) throw new Error(certificate.trouble.text)
    const token = await requestDeviceToken(service, {
      ...signedIn.session,
      scope: `${MOCK_ENDPOINTS.managementResource}.default`,
      device: {
        certificate: certificate.value,
        key: deviceKey!,
        transportKey: transportKey!,
        osVersion: join.osVersion,
      },
    })
    if (!token.ok) throw new Error(token.trouble.text)
    const request: HttpRequest = {
      method: 'GET',
      url: `${MOCK_ENDPOINTS.login}/common/discovery/v2.0/keys`,
      headers: {},
      body: new Uint8Array(),
    }
    const keys = await service.http.send(request, { operation: 'keys' })
    if (!keys.ok) throw new Error(keys.trouble.text)
    const set = createLocalJWKSet(JSON.parse(new TextDecoder().decode(keys.value.body)) as JSONWebKeySet)
    const { payload } = await jwtVerify(token.value.reveal(), set, {
      algorithms: ['RS256'],
      issuer: `${MOCK_ENDPOINTS.login}/${TENANT_ID}/v2.0`,
      audience: 'd4ebce55-015a-49b5-a083-c84d1797ae8c',
      currentDate: new Date(NOW),
    })
    const [device] = tenant.state.entra.joined.values()
    expect(payload).toMatchObject({
      scp: 'mdm_delegation',
      tid: TENANT_ID,
      preferred_username: ALICE.login,
      deviceid: device!.deviceId,
    })
  })

  test('of jose are read, and refused with a flipped bit, another algorithm, or out of their time [point 63: jose]', async () => {
    const pem = key.export({ type: 'pkcs8', format: 'pem' }) as string
    const now = 1_700_000_000
    const make = async (alg: string, exp = now + 60) =>
      new SignJWT({ upn: 'é' })
        .setProtectedHeader({ alg, kid: 'k' })
        .setExpirationTime(exp)
        .sign(await importPKCS8(pem, alg))
    const token = await make('RS256')
    expect(verifyJwt(token, key, now)).toMatchObject({ upn: 'é' })
    const code = (text: string, at = now) => {
      try {
        verifyJwt(text, key, at)
      } catch (error) {
        return (error as { code: string }).code
      }
      return 'taken'
    }
    const flipped = token.replace(/.{9}$/, (end) => (end[0] === 'A' ? 'B' : 'A') + end.slice(1))
    expect([code(flipped), code(await make('PS256')), code(token, now + 61)]).toEqual([
      'ERR_JWT_SIGNATURE',
      'ERR_JWT_ALGORITHM',
      'ERR_JWT_EXPIRED',
    ])
  })

  test('that only look compact, or call something critical, are refused [point 63]', async () => {
    const token = encodeJwt({ a: 1 }, key, 'k')
    const crit = await new SignJWT({ a: 1 })
      .setProtectedHeader({ alg: 'RS256', crit: ['b64'], b64: true })
      .sign(await importPKCS8(key.export({ type: 'pkcs8', format: 'pem' }) as string, 'RS256'))
    expect(verifyJwt(token, key, 0)).toEqual({ a: 1 })
    for (const bad of [
      `${token}"`,
      `"${token}`,
      `${token}=`,
      `${token} `,
      `Bearer ${token}`,
      token.slice(1),
      `${token}.`,
    ]) {
      expect(() => verifyJwt(bad, key, 0), bad).toThrow(expect.objectContaining({ code: 'ERR_JWT_MALFORMED' }))
    }
    expect(() => verifyJwt(crit, key, 0)).toThrow(expect.objectContaining({ code: 'ERR_JWT_MALFORMED' }))
  })

  test('of a session are what jose verifies and decrypts with the key that is derived for each [point 63: jose]', async () => {
    const request = encodeSessionRequest({ scope: 'openid' }, sessionKey, ctx)
    const header = decodeProtectedHeader(request)
    expect(header).toMatchObject({ alg: 'HS256', ctx: Buffer.from(ctx).toString('base64') })
    const payload = Buffer.from(request.split('.')[1]!, 'base64url')
    const version =
      header.kdf_ver === 2 ? deriveMessageKey(sessionKey, ctx, payload) : deriveMessageKey(sessionKey, ctx)
    const { payload: verified } = await compactVerify(request, version)
    expect(JSON.parse(Buffer.from(verified).toString())).toEqual({ scope: 'openid' })
    await expect(compactVerify(request, new Uint8Array(32))).rejects.toMatchObject({
      code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
    })
    const answer = encodeSessionAnswer('{"a":"é"}', sessionKey, ctx, iv)
    const { plaintext } = await compactDecrypt(answer, deriveMessageKey(sessionKey, ctx))
    expect(Buffer.from(plaintext).toString()).toBe('{"a":"é"}')
    expect(decodeSessionAnswer(answer, sessionKey)).toBe('{"a":"é"}')
  })
})
