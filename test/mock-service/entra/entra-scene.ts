import { MOCK_ENDPOINTS } from '../../../src/domain/endpoints.ts'
import type { HttpResponse } from '../../../src/domain/http.ts'
import { mockTenant } from '../../../src/library/first-boot.ts'
import { startTenant } from '../../../src/mock-service/connect.ts'
import { seededIds } from '../../../src/ports/ids.ts'
import { derivedKeys } from '../../../src/ports/rsa-keys.ts'
import { seededChance } from '../../../src/ports/seeded-chance.ts'
import { decodeForms } from '../../../src/protocols/entra/html-form.ts'
import { decodeJwt } from '../../../src/protocols/jwt/jwt.ts'

export const START = Date.parse('2024-11-04T08:00:00Z')
export const TENANT = '6f2c1d9a-4b73-4e58-9c0a-7d1e2f3a4b5c'
export const LOGIN = 'https://login.microsoftonline.test'
export const GRAPH = 'https://graph.microsoft.com'
export const GRAPH_TOOLS = '14d82eec-204b-4c2f-b7e8-296a70dab67e'
export const ALICE = { login: 'alice@contoso.example', passwd: 'correct-horse' }
export const PRINCIPAL = { login: 'principal@contoso.example', passwd: 'quiet-library' }
export const MALLORY = { login: 'mallory@fabrikam.example', passwd: 'somewhere-else' }
/** Has a secret, and shows it. */
export const SITE = { id: '5a3e0c52-7b1d-4f60-9a55-0c1d2e3f4a5c', secret: 'a web+site: %41' }
/** Has a secret, and need not show it for a person. */
export const TOOL = { id: '5a3e0c52-7b1d-4f60-9a55-0c1d2e3f4a5d', secret: 'a-tool' }

const APPLICATIONS = [
  {
    ...SITE,
    name: 'Site',
    permissions: ['Group.Read.All'],
    redirectUris: ['https://site.example/back', 'http://localhost'],
  },
  { ...TOOL, name: 'Tool', permissions: ['Group.Read.All', 'User.Read.All'], isPublicClient: true },
]

// biome-ignore lint/suspicious/noExplicitAny: every answer has its own shape, which its test expects
export type Json = any

export const jsonOf = ({ body }: Pick<HttpResponse, 'body'>): Json => JSON.parse(new TextDecoder().decode(body))
export const claimsOf = (token: string): Json => decodeJwt(token).claims
export const textOf = ({ body }: HttpResponse): string => new TextDecoder().decode(body)

/** The sign-in of a school, on a clock that the test turns. */
export function entra(changes: Record<string, unknown> = {}) {
  let now = START
  const { tenant, handle } = startTenant(
    {
      definition: mockTenant('contoso-school', { applications: APPLICATIONS, ...changes }),
      endpoints: MOCK_ENDPOINTS,
      keys: derivedKeys,
      ids: seededIds(seededChance(1, 'service')),
      registered: () => [],
    },
    () => now,
  )
  const send = (method: 'GET' | 'POST', url: string, body: string, headers: Record<string, string> = {}) =>
    handle({ method, url, headers, body: new TextEncoder().encode(body) }, {})
  const post = (path: string, form: Record<string, string> | string, headers?: Record<string, string>) =>
    send('POST', `${LOGIN}${path}`, typeof form === 'string' ? form : new URLSearchParams(form).toString(), headers)
  const token = (form: Record<string, string>, { version = 2, authority = TENANT, headers = {} } = {}) => {
    const answer = post(`/${authority}/oauth2${version === 2 ? '/v2.0' : ''}/token`, form, headers)
    return { status: answer.status, ...jsonOf(answer) }
  }
  const authorize = (query: Record<string, string>, version = 2, authority = TENANT) => {
    const path = `/${authority}/oauth2${version === 2 ? '/v2.0' : ''}/authorize`
    return send('GET', `${LOGIN}${path}?${new URLSearchParams(query).toString()}`, '')
  }
  /** The form of a sign-in page, filled in and sent. */
  const enter = (page: HttpResponse, person: Record<string, string>): HttpResponse => {
    const [form] = decodeForms(textOf(page))
    const fields = form!.fields
      .filter(({ name }) => name !== '')
      .map(({ name, value }) => [name, person[name] ?? value])
    return post(form!.action, Object.fromEntries(fields))
  }
  return {
    tenant,
    send,
    post,
    token,
    authorize,
    enter,
    signIn: (query: Record<string, string>, person: Record<string, string> = ALICE, version = 2) =>
      enter(authorize(query, version), person),
    wait: (seconds: number) => {
      now += seconds * 1000
    },
  }
}

/** The number of Entra in a refusal, and OAuth's word. */
export const refusalIn = ({ status, error, error_codes: codes }: Json) => [status, error, codes?.[0]]
