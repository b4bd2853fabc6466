import { expect, test } from 'vitest'
import { MOCK_ENDPOINTS } from '../../../src/domain/endpoints.ts'
import type { HttpRequest } from '../../../src/domain/http.ts'
import { Secret } from '../../../src/domain/secret.ts'
import { success } from '../../../src/domain/trouble.ts'
import { seededIds } from '../../../src/ports/ids.ts'
import { seededChance } from '../../../src/ports/seeded-chance.ts'
import { signIn } from '../../../src/service/entra/sign-in.ts'

const LOGIN = MOCK_ENDPOINTS.login
const METADATA = JSON.stringify({
  authorization_endpoint: `${LOGIN}/organizations/oauth2/v2.0/authorize`,
  token_endpoint: `${LOGIN}/organizations/oauth2/v2.0/token`,
})

test.each([
  ['https://evil.test/login', 'https://evil.test'],
  ['//evil.test/login', 'https://evil.test'],
  ['https://[', 'which is none'],
])('a sign-in page that posts to "%s" gets no password [points 61, 64]', async (urlPost, where) => {
  const sent: HttpRequest[] = []
  const page = `<script>//<![CDATA[\n$Config=${JSON.stringify({ urlPost, sFT: 'f', sCtx: 'c' })};\n//]]></script>`
  const service = {
    endpoints: MOCK_ENDPOINTS,
    ids: seededIds(seededChance(1, 'service')),
    http: {
      send: async (request: HttpRequest) => {
        sent.push(request)
        const body = request.url.endsWith('/openid-configuration') ? METADATA : page
        return success({ status: 200, headers: {}, body: new TextEncoder().encode(body) })
      },
    },
  }
  const person = {
    email: 'alice@contoso.example',
    password: new Secret('canary'),
    usage: 'workOrSchool' as const,
    purpose: 'join' as const,
  }
  expect(await signIn(service, person)).toMatchObject({
    ok: false,
    trouble: { code: 'ERR_ENTRA_LOGIN_PAGE_MALFORMED', text: expect.stringContaining(where) },
  })
  expect(sent.map(({ method }) => method)).toEqual(['GET', 'GET'])
})
