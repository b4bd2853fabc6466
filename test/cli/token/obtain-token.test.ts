import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createLocalJWKSet, decodeJwt, type JSONWebKeySet, jwtVerify } from 'jose'
import { describe, expect, onTestFinished, test } from 'vitest'
import { obtainToken } from '../../../src/cli/token/obtain-token.ts'
import type { ProviderParts } from '../../../src/cli/token/provider.ts'
import { Secret } from '../../../src/domain/secret.ts'
import type { TokenSource } from '../../../src/domain/target.ts'
import { freshBytes } from '../../../src/ports/fresh-keys.ts'
import { deadline, pause } from '../../../src/ports/stopwatch.ts'
import { targetTransport } from '../../../src/ports/target-transport.ts'
import { browse, RESOURCE, startProvider } from './identity-provider.ts'

/** A person at the terminal: sees lines, and may act on them. */
function person(act: (line: string) => Promise<unknown> | undefined = () => undefined) {
  const lines: string[] = []
  const waits: number[] = []
  const errands: Promise<unknown>[] = []
  // A browser may still be at it when the terminal has its token.
  onTestFinished(async () => void (await Promise.all(errands)))
  const transport = targetTransport({ hosts: new Set(), trust: [], keyOf: () => undefined })
  onTestFinished(() => transport.close())
  let now = Date.now()
  const world: ProviderParts = {
    transport,
    hosts: new Set(),
    tell: (line) => {
      lines.push(line)
      errands.push(Promise.resolve(act(line)))
    },
    random: freshBytes,
    clock: () => now,
    deadline: () => deadline(5_000),
    // What is waited for passes at once; what a person has for signing in is left to them.
    wait: async (ms, signal) => {
      if (signal) return pause(30_000, signal)
      waits.push(ms)
      now += ms
      await pause(1)
    },
  }
  return { world, lines, waits }
}

const source = (issuer: string, more: Partial<TokenSource> = {}): TokenSource => ({
  flow: 'code',
  issuer,
  clientId: 'oobe',
  scope: 'openid mdm_delegation',
  resource: RESOURCE,
  redirectUri: 'http://127.0.0.1/',
  use: 'accessToken',
  timeoutMs: 600_000,
  ...more,
})

const ALICE = { login: 'alice@contoso.example', password: 'anything' }
const refused = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    ({ code, message }: { code: string; message: string }) => `${code}: ${message}`,
  )

async function keysOf(issuer: string) {
  const metadata = (await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()) as { jwks_uri: string }
  return createLocalJWKSet((await (await fetch(metadata.jwks_uri)).json()) as JSONWebKeySet)
}

describe('authorization code with PKCE', () => {
  const signingIn = (answers = ALICE) => {
    const seen: Promise<{ status: number; text: string }>[] = []
    const someone = person((line) => {
      if (!line.startsWith('http')) return undefined
      const visit = browse(line, answers)
      seen.push(visit)
      return visit
    })
    return { ...someone, seen }
  }

  test.each<[string, Partial<TokenSource>]>([
    ['a public client', {}],
    ['a client with a secret, by Basic', { clientId: 'with-secret', clientSecret: new Secret('p+q r/s%41') }],
    ['a redirect to localhost and a path', { redirectUri: 'http://localhost/back' }],
  ])('gets an access token for the MDM server from oidc-provider: %s', async (_, more) => {
    const { issuer } = await startProvider()
    const { world, lines, seen } = signingIn()
    const token = await obtainToken(source(issuer, more), world)
    const { payload } = await jwtVerify(token.reveal(), await keysOf(issuer), { issuer, audience: RESOURCE })
    expect(payload).toMatchObject({ sub: ALICE.login, scope: 'mdm_delegation', client_id: more.clientId ?? 'oobe' })
    expect(await seen[0]).toMatchObject({ status: 200, text: expect.stringContaining('Back to the terminal') })
    expect(lines.join('\n')).not.toContain(token.reveal())
  })

  test('shows the ID token where the profile says so', async () => {
    const { issuer } = await startProvider()
    const token = await obtainToken(source(issuer, { use: 'idToken' }), signingIn().world)
    const { payload } = await jwtVerify(token.reveal(), await keysOf(issuer), { issuer, audience: 'oobe' })
    expect(payload).toMatchObject({ sub: ALICE.login, nonce: expect.stringMatching(/^[\w-]{22}$/) })
  })

  test('a redirect without our state is refused, and the person can still sign in', async () => {
    const { issuer } = await startProvider()
    const strays: number[] = []
    const { world } = person((line) => {
      if (!line.startsWith('http')) return undefined
      const redirect = new URL(line).searchParams.get('redirect_uri')!
      return (async () => {
        for (const query of ['', '?code=x', '?code=x&state=wrong', '?state=a&state=b']) {
          strays.push((await fetch(`${redirect}${query}`)).status)
        }
        strays.push((await fetch(`${redirect}favicon.ico`)).status)
        await browse(line, ALICE)
      })()
    })
    expect(decodeJwt((await obtainToken(source(issuer), world)).reveal())).toMatchObject({ sub: ALICE.login })
    expect(strays).toEqual([400, 400, 400, 400, 404])
  })

  test.each([
    ['?error=access_denied&state=STATE&iss=ISSUER', /^ERR_OIDC_DENIED: http:\S+\/auth refuses: access_denied$/],
    [
      '?error=invalid_scope&error_description=no%1b%5B2Jway&state=STATE&iss=ISSUER',
      /^ERR_OIDC_REFUSED: .* invalid_scope \(no␛\[2Jway\)$/,
    ],
    ['?error=server_error&state=STATE&iss=ISSUER', /^ERR_OIDC_REFUSED: .* server_error$/],
    ['?code=x&state=STATE&iss=https://evil.example', /^ERR_OIDC_ISSUER: .* is from https:\/\/evil\.example$/],
    ['?code=x&state=STATE', /^ERR_OIDC_ISSUER: .* an issuer that it does not name$/],
    ['?state=STATE&iss=ISSUER', /^ERR_OIDC_ANSWER: .* without a code$/],
    ['?code=stolen&state=STATE&iss=ISSUER', /^ERR_OIDC_REFUSED: http:\S+\/token refuses: invalid_grant/],
  ])('an answer %s is one clear message', async (query, message) => {
    const { issuer } = await startProvider()
    const { world } = person((line) => {
      if (!line.startsWith('http')) return undefined
      const { searchParams } = new URL(line)
      const filled = query.replace('STATE', searchParams.get('state')!).replace('ISSUER', issuer)
      return fetch(`${searchParams.get('redirect_uri')}${filled}`)
    })
    expect(await refused(obtainToken(source(issuer), world))).toMatch(message)
  })

  test('no person comes', async () => {
    const { issuer } = await startProvider()
    const { world } = person()
    const hurried = { ...world, wait: async () => {} }
    expect(await refused(obtainToken(source(issuer), hurried))).toMatch(
      /^ERR_OIDC_TIMEOUT: no person signed in at http:\S+\/auth within 10:00$/,
    )
  })
})

describe('device authorization grant', () => {
  /** Signs in at the page that the terminal names, with its code. */
  const onAPhone = (press: 'confirm' | 'abort' = 'confirm') =>
    person((line) => {
      const [, url, code] = /^open (\S+) and enter the code (\S+),/.exec(line) ?? []
      if (!url) return undefined
      return browse(url, { ...ALICE, user_code: code! }, press === 'abort' ? { press } : {})
    })

  test.each<[string, Partial<TokenSource>]>([
    ['a public client', {}],
    ['a client with a secret, in the form', { clientId: 'posting-secret', clientSecret: new Secret('p+q r/s%41') }],
  ])('gets an access token from oidc-provider: %s', async (_, more) => {
    const { issuer } = await startProvider()
    const { world, lines, waits } = onAPhone()
    const token = await obtainToken(source(issuer, { flow: 'device', ...more }), world)
    const { payload } = await jwtVerify(token.reveal(), await keysOf(issuer), { issuer, audience: RESOURCE })
    expect(payload).toMatchObject({ sub: ALICE.login })
    expect(lines[0]).toMatch(/^open http:\S+\/device and enter the code [A-Z]{4}-[A-Z]{4}, within 10:00$/)
    expect(lines[1]).toMatch(/^or open http:\S+\/device\?user_code=/)
    expect(new Set(waits)).toEqual(new Set([5_000]))
  })

  test('a person who refuses is one clear message', async () => {
    const { issuer } = await startProvider()
    const { world } = onAPhone('abort')
    expect(await refused(obtainToken(source(issuer, { flow: 'device' }), world))).toMatch(
      /^ERR_OIDC_DENIED: http:\S+\/token refuses: access_denied/,
    )
  })

  test('a client that the provider does not know, or that may not', async () => {
    const { issuer } = await startProvider()
    const stranger = source(issuer, { flow: 'device', clientId: 'nobody' })
    expect(await refused(obtainToken(stranger, person().world))).toMatch(/^ERR_OIDC_REFUSED: .* invalid_client/)
    const scope = source(issuer, { flow: 'device', clientId: 'with-secret', clientSecret: new Secret('wrong') })
    expect(await refused(obtainToken(scope, person().world))).toMatch(/^ERR_OIDC_REFUSED: .* invalid_client/)
  })
})

/** A provider that says what a test asks for. */
async function scripted(answers: Record<string, RequestListener>, metadata: Record<string, unknown> = {}) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url!, issuer)
    const answer = answers[pathname]
    if (answer) answer(request, response)
    else if (pathname !== '/.well-known/openid-configuration') response.writeHead(404).end()
    else {
      const own = { issuer, token_endpoint: `${issuer}/token`, device_authorization_endpoint: `${issuer}/device` }
      response.end(JSON.stringify({ ...own, ...metadata }))
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return issuer
}

const say =
  (status: number, body: unknown): RequestListener =>
  (_, response) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
const startDevice = (more: Record<string, unknown> = {}) =>
  say(200, {
    device_code: 'dc',
    user_code: 'WDJB-MJHT',
    verification_uri: 'http://localhost/activate',
    expires_in: 60,
    ...more,
  })

describe('polling (RFC 8628, 3.5)', () => {
  test('slow_down makes every further wait five seconds longer, and a silence doubles it', async () => {
    const errors = ['authorization_pending', 'slow_down', 'authorization_pending', 'silence', 'slow_down']
    const issuer = await scripted({
      '/device': startDevice({ interval: 2, expires_in: 600 }),
      '/token': (request, response) => {
        const error = errors.shift()
        if (error === 'silence') return
        const body = error ? { error } : { access_token: 'a.b.c', token_type: 'bearer' }
        say(error ? 400 : 200, body)(request, response)
      },
    })
    const { world, waits } = person()
    const impatient = { ...world, deadline: () => deadline(200) }
    expect((await obtainToken(source(issuer, { flow: 'device' }), impatient)).reveal()).toBe('a.b.c')
    expect(waits).toEqual([2, 2, 7, 7, 14, 19].map((seconds) => seconds * 1000))
  })

  test.each([3600, 3_000_000, 1e300])(
    'an interval of %d s is waited for until the end, and no longer',
    async (interval) => {
      const issuer = await scripted({ '/device': startDevice({ interval }) })
      const { world, waits } = person()
      expect(await refused(obtainToken(source(issuer, { flow: 'device' }), world))).toMatch(/^ERR_OIDC_EXPIRED: /)
      expect(waits).toEqual([60_000])
    },
  )

  test('a pause beyond what timers take is no short one', async () => {
    const ended = pause(3_000_000_000, AbortSignal.timeout(300)).then(() => 'ended')
    expect(await Promise.race([ended, pause(100).then(() => 'waiting')])).toBe('waiting')
    await ended
  })

  test.each<[string, Record<string, RequestListener>, Partial<TokenSource>, RegExp]>([
    [
      'the code expires by the clock',
      { '/device': startDevice(), '/token': say(400, { error: 'authorization_pending' }) },
      {},
      /^ERR_OIDC_EXPIRED: http:\/\/localhost\/activate: the code was good for 1:00$/,
    ],
    [
      'the person declines, in Entra\u2019s words',
      { '/device': startDevice(), '/token': say(400, { error: 'authorization_declined' }) },
      {},
      /^ERR_OIDC_DENIED: http:\S+\/token refuses: authorization_declined$/,
    ],
    [
      'the provider says that it expired',
      { '/device': startDevice(), '/token': say(400, { error: 'expired_token' }) },
      {},
      /^ERR_OIDC_EXPIRED: http:\S+\/token refuses: expired_token$/,
    ],
    [
      'the profile gives less time',
      { '/device': startDevice(), '/token': say(400, { error: 'authorization_pending' }) },
      { timeoutMs: 20_000 },
      /^ERR_OIDC_TIMEOUT: no person signed in at http:\/\/localhost\/activate within 20\.0s$/,
    ],
    [
      'the scope is none',
      { '/device': say(400, { error: 'invalid_scope', error_description: 'no' }) },
      {},
      /^ERR_OIDC_REFUSED: http:\S+\/device refuses: invalid_scope \(no\)$/,
    ],
    [
      'a proxy is in the way',
      { '/device': startDevice(), '/token': (_, response) => void response.writeHead(502).end('<html>') },
      {},
      /^ERR_OIDC_ANSWER: http:\S+\/token was answered with HTTP 502$/,
    ],
    [
      'the answer is no JSON',
      { '/device': (_, response) => void response.end('<html>') },
      {},
      /^ERR_OIDC_ANSWER: http:\S+\/device cannot be read: .*\(ERR_OIDC_DEVICE_MALFORMED\)$/,
    ],
    [
      'the token is of a kind that is no bearer token',
      { '/device': startDevice(), '/token': say(200, { access_token: 'x', token_type: 'DPoP' }) },
      {},
      /^ERR_OIDC_ANSWER: .* token_type is DPoP, not Bearer \(ERR_OIDC_TOKEN_MALFORMED\)$/,
    ],
    [
      'the page to sign in on is Microsoft\u2019s',
      { '/device': startDevice({ verification_uri: 'https://microsoft.com/devicelogin' }) },
      {},
      /^ERR_TARGET_PRODUCTION: microsoft\.com is a production host/,
    ],
    [
      'the page is on a host that the profile does not name',
      { '/device': startDevice({ verification_uri: 'https://idp.example/device' }) },
      {},
      /^ERR_TARGET_FOREIGN: idp\.example/,
    ],
    ['there is no browser flow', {}, { flow: 'code' }, /^ERR_OIDC_FLOW: .* has no authorization_endpoint$/],
    [
      'no ID token comes',
      { '/device': startDevice(), '/token': say(200, { access_token: 'x', token_type: 'Bearer' }) },
      { use: 'idToken' },
      /^ERR_OIDC_ANSWER: .* gave no ID token$/,
    ],
  ])('%s', async (_, answers, more, message) => {
    const issuer = await scripted(answers)
    expect(await refused(obtainToken(source(issuer, { flow: 'device', ...more }), person().world))).toMatch(message)
  })

  const idToken = (claims: Record<string, unknown>) =>
    ['{"alg":"RS256"}', JSON.stringify(claims), 's'].map((part) => Buffer.from(part).toString('base64url')).join('.')
  test.each<[Record<string, unknown>, RegExp]>([
    [{ iss: 'https://other.example' }, /is from another issuer$/],
    [{ aud: 'somebody-else' }, /is not for oobe$/],
    [{ exp: 1 }, /has expired$/],
    [{ exp: undefined }, /has expired$/],
  ])('an ID token with %j is refused', async (wrong, message) => {
    let issuer = ''
    issuer = await scripted({
      '/device': startDevice(),
      '/token': (request, response) => {
        const good = { iss: issuer, aud: ['oobe', 'x'], exp: Date.now() / 1000 + 600 }
        say(200, { access_token: 'x', token_type: 'Bearer', id_token: idToken({ ...good, ...wrong }) })(
          request,
          response,
        )
      },
    })
    const wanted = source(issuer, { flow: 'device', use: 'idToken' })
    expect(await refused(obtainToken(wanted, person().world))).toMatch(message)
  })
})

describe('an issuer', () => {
  const find = (issuer: string, hosts: string[] = []) =>
    refused(obtainToken(source(issuer, { flow: 'device' }), { ...person().world, hosts: new Set(hosts) }))

  test.each([
    ['https://login.microsoftonline.com/common/v2.0', ['login.microsoftonline.com'], /^ERR_TARGET_PRODUCTION/],
    ['https://idp.example', [], /^ERR_TARGET_FOREIGN/],
    ['http://idp.example', ['idp.example'], /^ERR_OIDC_INSECURE: http:\/\/idp\.example\/\.well-known\S+ has no TLS/],
    ['http://localhost:9', [], /^ERR_SERVICE_UNREACHABLE: .*\(0x80072efd\)\. Is it running, and at this port\?$/],
  ])('%s is refused', async (issuer, hosts, message) => {
    expect(await find(issuer, hosts)).toMatch(message)
  })

  test.each<[string, Record<string, unknown>, RegExp]>([
    [
      'that calls itself another',
      { issuer: 'https://other.example' },
      /^ERR_OIDC_ISSUER: .* https:\/\/other\.example$/,
    ],
    ['without a token endpoint', { token_endpoint: undefined }, /ERR_OIDC_METADATA_MALFORMED/],
    [
      'whose endpoint is Microsoft\u2019s',
      { device_authorization_endpoint: 'https://login.microsoftonline.com/common/oauth2/v2.0/devicecode' },
      /^ERR_TARGET_PRODUCTION/,
    ],
    ['whose endpoint is no URL', { device_authorization_endpoint: 'nowhere' }, /^ERR_OIDC_ANSWER: .* nowhere, no URL$/],
    ['whose endpoint has no TLS', { device_authorization_endpoint: 'http://idp.example/d' }, /^ERR_OIDC_INSECURE/],
  ])('%s', async (_, metadata, message) => {
    expect(await find(await scripted({}, metadata))).toMatch(message)
  })

  test('that is not there, or never answers', async () => {
    const missing = await scripted({ '/.well-known/openid-configuration': say(404, {}) })
    expect(await find(missing)).toMatch(/^ERR_OIDC_DISCOVERY: .* was answered with HTTP 404$/)
    const silent = await scripted({ '/.well-known/openid-configuration': () => {} })
    const world = { ...person().world, deadline: () => deadline(100) }
    expect(await refused(obtainToken(source(silent), world))).toMatch(/^ERR_SERVICE_SILENT: http:/)
  })
})
