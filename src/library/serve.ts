import { createDevelopmentCa, createServerCertificate } from '../cli/serve/development-ca.ts'
import { serveTenant } from '../cli/serve/served-tenant.ts'
import type { TenantDefinition } from '../domain/tenant.ts'
import { json } from '../mock-service/responses.ts'
import { listen } from '../ports/listen.ts'
import { wallClock } from '../ports/wall-clock.ts'
import { mockTenant } from './first-boot.ts'

export interface ServeOptions {
  /** Default: `contoso-school`. */
  tenant?: TenantDefinition | string
  /** 0, the default, takes a free one. */
  port?: number
  /** The same seed gives the same ids. Default 1. */
  seed?: number
}

/** The services of a school over HTTPS, on loopback. */
export interface Served {
  /** `https://127.0.0.1:49152`. */
  origin: string
  /** Certificate of the development CA, PEM: what a client has to trust. */
  ca: string
  /** What it was asked so far. */
  requests: readonly { method: string; path: string; status: number }[]
  /** Takes no new connections, and lets what is under way come to its end. Rejects with a bug of the mock that a request met. */
  close(): Promise<void>
}

/**
 * Serves a school for a client that is not this library: `oobe serve` in this process. Close it at the end of the test.
 *
 * @throws UserError for an unknown tenant; InfrastructureError where the port is taken
 */
export async function serve({ tenant = 'contoso-school', port = 0, seed = 1 }: ServeOptions = {}): Promise<Served> {
  const definition = typeof tenant === 'string' ? mockTenant(tenant) : tenant
  const startedAt = wallClock()
  const ca = createDevelopmentCa(startedAt)
  const requests: { method: string; path: string; status: number }[] = []
  let served: ReturnType<typeof serveTenant> | undefined
  let bug: { error: unknown } | undefined
  const listening = await listen(
    (request, peer) => {
      if (new URL(request.url).pathname === '/healthz') return json(200, { status: 'ok' })
      return served!.handle(request, peer)
    },
    {
      port,
      tls: createServerCertificate(ca, startedAt),
      onExchange: ({ request, status, bug: thrown }) => {
        if (thrown !== undefined) bug ??= { error: thrown }
        const path = URL.canParse(request.url) ? new URL(request.url).pathname : request.url
        requests.push({ method: request.method, path, status })
      },
    },
  )
  const { origin } = listening
  served = serveTenant(
    { beginning: { definition, startedAt, seed, ca, origin }, state: undefined, requests: [] },
    undefined,
    wallClock,
  )
  return {
    origin,
    ca: ca.certificate,
    requests,
    async close() {
      await listening.close()
      served?.stop()
      if (bug) throw bug.error
    },
  }
}
