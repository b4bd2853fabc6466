import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Configuration, Provider as IdentityProvider } from 'oidc-provider'
import { onTestFinished, vi } from 'vitest'
import type { HttpResponse } from '../../../src/domain/http.ts'
import { targetTransport } from '../../../src/ports/target-transport.ts'
import { decodeForms } from '../../../src/protocols/entra/html-form.ts'

/** What tokens of the provider are for. */
export const RESOURCE = 'https://mdm.example/'
const CONFIDENTIAL = { client_id: 'with-secret', client_secret: 'p+q r/s%41', application_type: 'native' } as const
const GRANTS = ['authorization_code', 'urn:ietf:params:oauth:grant-type:device_code']

const CONFIGURATION: Configuration = {
  clients: [
    {
      client_id: 'oobe',
      token_endpoint_auth_method: 'none',
      application_type: 'native',
      grant_types: GRANTS,
      redirect_uris: ['http://127.0.0.1/', 'http://localhost/back'],
    },
    { ...CONFIDENTIAL, grant_types: GRANTS, redirect_uris: ['http://127.0.0.1/'] },
    {
      ...CONFIDENTIAL,
      client_id: 'posting-secret',
      token_endpoint_auth_method: 'client_secret_post',
      grant_types: GRANTS,
      redirect_uris: ['http://127.0.0.1/'],
    },
  ],
  features: {
    deviceFlow: { enabled: true },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: (_, resource) => ({
        scope: 'mdm_delegation',
        audience: resource,
        accessTokenFormat: 'jwt',
        jwt: { sign: { alg: 'RS256' } },
      }),
      useGrantedResource: () => true,
    },
  },
  findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
}

/** `oidc-provider`, a certified identity provider that knows nothing of us, on a port of this machine. */
export async function startProvider(): Promise<{ issuer: string; server: Server }> {
  // It says that its keys and pages are for development.
  for (const stream of ['warn', 'info', 'log'] as const) vi.spyOn(console, stream).mockImplementation(() => {})
  const server = createServer((request, response) => void provider.callback()(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`
  const provider = new IdentityProvider(issuer, CONFIGURATION)
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { issuer, server }
}

/** A browser that a person uses: keeps cookies, follows redirects, and fills in each form with what fits. */
export async function browse(
  start: string,
  answers: Record<string, string>,
  { press, trust = [] }: { press?: string; trust?: string[] } = {},
): Promise<{ url: string; status: number; text: string }> {
  const cookies = new Map<string, string>()
  const transport = targetTransport({ hosts: new Set(), trust, keyOf: () => undefined })
  let url = start
  let form: string | undefined
  try {
    for (let step = 0; step < 30; step++) {
      const headers: Record<string, string> = {
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      }
      const method: 'GET' | 'POST' = form === undefined ? 'GET' : 'POST'
      const body = new TextEncoder().encode(form ?? '')
      const answer: HttpResponse = await transport({ method, url, headers, body }, {}, AbortSignal.timeout(20_000))
      // Of a date in a cookie no part looks like a name with a value.
      for (const [, name, value] of (answer.headers['set-cookie'] ?? '').matchAll(/(?:^|, )([\w.-]+)=([^;]*)/g)) {
        cookies.set(name!, value!)
      }
      const location: string | undefined = answer.headers.location
      const text = new TextDecoder().decode(answer.body)
      const [found] = decodeForms(text)
      if (location) {
        url = new URL(location, url).href
        form = undefined
      } else if (!found || text.includes('interrupted')) return { url, status: answer.status, text }
      else {
        const fields = found.fields.filter(({ name }) => name !== '')
        const filled = new URLSearchParams()
        for (const { name, value } of fields) filled.set(name, answers[name] ?? value)
        if (press) filled.set(press, 'yes')
        url = new URL(found.action || url, url).href
        form = filled.toString()
      }
    }
  } finally {
    transport.close()
  }
  throw new Error(`the browser goes round in circles at ${url}`)
}
