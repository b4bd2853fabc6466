import { describe, expect, test } from 'vitest'
import { MOCK_ENDPOINTS } from '../../../src/domain/endpoints.ts'
import type { HttpRequest, HttpResponse } from '../../../src/domain/http.ts'
import { Secret } from '../../../src/domain/secret.ts'
import type { TenantDefinition } from '../../../src/domain/tenant.ts'
import { success } from '../../../src/domain/trouble.ts'
import { startTenant } from '../../../src/mock-service/connect.ts'
import { seededIds } from '../../../src/ports/ids.ts'
import { derivedKeys } from '../../../src/ports/rsa-keys.ts'
import { seededChance } from '../../../src/ports/seeded-chance.ts'
import { decodeJwt, encodeJwt } from '../../../src/protocols/jwt/jwt.ts'
import { loadTenantFile } from '../../../src/scenario/library.ts'
import { beginProof, pollProof } from '../../../src/service/entra/second-factor.ts'
import { type PendingProof, signIn } from '../../../src/service/entra/sign-in.ts'
import { NOW } from '../scripted-service.ts'

type Spoil = (request: HttpRequest, response: HttpResponse) => HttpResponse
const asItIs: Spoil = (_, response) => response

/** A school that requires a second factor of those who join, at a time that a test moves. */
function school(authenticator: TenantDefinition['users'][0]['authenticator'], spoil = asItIs, multifactor = true) {
  let now = NOW
  const file = loadTenantFile('contoso-school')
  const definition = {
    ...file,
    enrollment: { ...file.enrollment, multifactor },
    users: file.users.map((user) => ({ ...user, authenticator })),
  }
  const ids = (seed: number) => seededIds(seededChance(seed, 'service'))
  const parts = { definition, endpoints: MOCK_ENDPOINTS, keys: derivedKeys, ids: ids(1), registered: () => [] }
  const { handle } = startTenant(parts, () => now)
  const service = {
    endpoints: MOCK_ENDPOINTS,
    ids: ids(2),
    http: { send: async (request: HttpRequest) => success(spoil(request, handle(request, {}))) },
  }
  return { service, handle, pass: (ms: number) => (now += ms) }
}

const ALICE = {
  email: 'alice@contoso.example',
  password: new Secret('correct-horse'),
  usage: 'workOrSchool',
  purpose: 'join',
} as const

/** Up to the page that asks for the second proof. */
async function asked({ service }: ReturnType<typeof school>): Promise<PendingProof> {
  const step = await signIn(service, ALICE)
  if (!step.ok || step.value.kind !== 'proof') throw new Error('no second proof was asked for')
  return step.value.pending
}

async function sent(world: ReturnType<typeof school>) {
  const started = await beginProof(world.service, await asked(world))
  if (!started.ok) throw new Error(started.trouble.text)
  return started.value
}

describe('a second factor', () => {
  test('is a number of two digits, and admits who confirms it [point 61]', async () => {
    const world = school('approves')
    const started = await sent(world)
    expect(started.number).toMatch(/^[1-9]\d$/)
    expect(await pollProof(world.service, started)).toMatchObject({ value: { kind: 'pending', started: { polls: 1 } } })
    world.pass(8_000)
    const step = await pollProof(world.service, { ...started, polls: 1 })
    expect(step).toMatchObject({ value: { kind: 'signedIn', signedIn: { account: { upn: ALICE.email } } } })
  })

  test.each([
    ['denies', 8_000, 'AADSTS500121', 'PhoneAppDenied'],
    ['ignores', 60_000, 'AADSTS500121', 'PhoneAppNoResponse'],
  ] as const)('of a person who %s it admits no one [point 61]', async (authenticator, ms, code, word) => {
    const world = school(authenticator)
    const started = await sent(world)
    world.pass(ms)
    expect(await pollProof(world.service, started)).toMatchObject({
      ok: false,
      trouble: { code, text: expect.stringContaining(word) },
    })
  })

  test('is not to be had by who has no method, and not asked of who only signs in [point 61]', async () => {
    expect(await signIn(school('none').service, ALICE)).toMatchObject({ ok: false, trouble: { code: 'AADSTS50072' } })
    for (const step of [
      await signIn(school('denies').service, { ...ALICE, purpose: 'logon' }),
      await signIn(school('denies', asItIs, false).service, ALICE),
    ]) {
      expect(step).toMatchObject({ value: { kind: 'signedIn' } })
    }
  })

  test('that was not confirmed is not accepted, and another session’s is none [point 61]', async () => {
    const world = school('approves')
    const started = await sent(world)
    const { page } = started.pending
    const form = { type: '22', request: started.context, flowToken: page.flowToken, login: ALICE.email }
    const url = new URL(page.urlPost, MOCK_ENDPOINTS.login).href
    const body = new TextEncoder().encode(new URLSearchParams(form).toString())
    const answer = world.handle({ method: 'POST', url, headers: {}, body }, {})
    expect([answer.status, Buffer.from(answer.body).toString()]).toEqual([400, expect.stringContaining('AADSTS500121')])
    world.pass(8_000)
    expect(await pollProof(world.service, { ...started, sessionId: 'another' })).toMatchObject({
      trouble: { code: 'AADSTS500121', text: expect.stringContaining('InvalidSession') },
    })
    const strange = { ...started.pending, page: { ...page, flowToken: 'another' } }
    expect(await beginProof(world.service, strange)).toMatchObject({ trouble: { code: 'AADSTS500121' } })
  })

  test.each(['urlBegin', 'urlEnd'] as const)(
    'at another origin, by %s, hears nothing [points 61, 64]',
    async (name) => {
      const world = school('approves')
      const started = await sent(world)
      const proof = { ...started.pending.page.proof, [name]: 'https://evil.test/x' }
      const pending = { ...started.pending, page: { ...started.pending.page, proof } }
      const step =
        name === 'urlBegin'
          ? await beginProof(world.service, pending)
          : await pollProof(world.service, { ...started, pending })
      expect(step).toMatchObject({ trouble: { code: 'ERR_ENTRA_LOGIN_PAGE_MALFORMED' } })
    },
  )
})

describe('the way back from a sign-in', () => {
  /** Changes where the sign-in page leads. */
  const leading =
    (change: (location: string) => string): Spoil =>
    (_, response) => {
      const { location } = response.headers
      return location ? { ...response, headers: { ...response.headers, location: change(location) } } : response
    }
  const key = derivedKeys.rsa2048('tenant:contoso-school', 'token-signing')
  /** Changes the claims of the ID token. */
  const claiming =
    (change: object): Spoil =>
    (request, response) => {
      if (!request.url.endsWith('/token')) return response
      const answer = JSON.parse(Buffer.from(response.body).toString())
      const { claims, header } = decodeJwt(answer.id_token)
      const token = encodeJwt({ ...claims, ...change }, key, String(header.kid))
      return { ...response, body: Buffer.from(JSON.stringify({ ...answer, id_token: token })) }
    }

  test.each<[string, Spoil, string]>([
    ['a token of another sign-in', claiming({ nonce: 'another' }), 'ERR_ENTRA_ID_TOKEN'],
    ['a token without a nonce', claiming({ nonce: undefined }), 'ERR_ENTRA_ID_TOKEN'],
    ['a token of another application', claiming({ aud: 'another' }), 'ERR_ENTRA_ID_TOKEN'],
    ['another state', leading((to) => to.replace(/state=[^&]+/, 'state=x')), 'ERR_ENTRA_REDIRECT_MALFORMED'],
    ['another address', leading((to) => to.replace('auth/drs', 'auth/drs.evil')), 'ERR_ENTRA_REDIRECT_MALFORMED'],
    ['no code', leading((to) => to.replace(/code=[^&]+/, '')), 'ERR_ENTRA_REDIRECT_MALFORMED'],
    [
      'a refusal',
      leading((to) => to.replace(/code=[^&]+/, 'error=access_denied&error_description=AADSTS65004%3A+declined')),
      'AADSTS65004',
    ],
    [
      'a refusal of another sign-in',
      leading(() => 'ms-aadj-redir://auth/drs?error=access_denied&error_description=AADSTS65004&state=x'),
      'ERR_ENTRA_REDIRECT_MALFORMED',
    ],
  ])('with %s leads nowhere [point 61]', async (_, spoil, code) => {
    expect(await signIn(school('approves', spoil, false).service, ALICE)).toMatchObject({
      ok: false,
      trouble: { code },
    })
  })
})
