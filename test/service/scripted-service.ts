import { MOCK_ENDPOINTS } from '../../src/domain/endpoints.ts'
import type { HttpRequest, HttpResponse } from '../../src/domain/http.ts'
import { failure, type Result, success } from '../../src/domain/trouble.ts'
import { startTenant } from '../../src/mock-service/connect.ts'
import { seededIds } from '../../src/ports/ids.ts'
import { derivedKeys } from '../../src/ports/rsa-keys.ts'
import { seededChance } from '../../src/ports/seeded-chance.ts'
import { loadTenantFile } from '../../src/scenario/library.ts'
import type { Service } from '../../src/service/service.ts'

export const NOW = Date.parse('2024-11-04T08:00:00Z')

export type Reply = Partial<Omit<HttpResponse, 'body'>> & { body?: string; trouble?: string }

/** A service that gives these answers in turn, and keeps what it was asked; one request too many is an error. */
export function scripted(...replies: (Reply | ((request: HttpRequest) => Reply))[]) {
  const asked: HttpRequest[] = []
  const service: Service = {
    endpoints: MOCK_ENDPOINTS,
    ids: seededIds(seededChance(1, 'service')),
    http: {
      send: async (request): Promise<Result<HttpResponse>> => {
        const next = replies[asked.push(request) - 1]
        if (!next) throw new Error(`nobody expected ${request.method} ${request.url}`)
        const { status = 200, headers = {}, body = '', trouble } = typeof next === 'function' ? next(request) : next
        if (trouble) return failure(trouble, 'trouble on the way', request.url)
        return success({ status, headers, body: new TextEncoder().encode(body) })
      },
    },
  }
  return { service, asked }
}

export const textOf = ({ body }: HttpRequest): string => new TextDecoder().decode(body)

/** A tenant's services, called directly; `spoil` may change a request on its way. */
/** @param more of the tenant, besides its enrolment */
export function connected(
  changes: object = {},
  spoil: (request: HttpRequest) => HttpRequest = (request) => request,
  more: object = {},
) {
  const definition = loadTenantFile('contoso-school')
  const { tenant, handle } = startTenant(
    {
      definition: { ...definition, ...more, enrollment: { ...definition.enrollment, ...changes } },
      endpoints: MOCK_ENDPOINTS,
      keys: derivedKeys,
      ids: seededIds(seededChance(1, 'service')),
      registered: () => [],
    },
    () => NOW,
  )
  const asked: HttpRequest[] = []
  const service: Service = {
    endpoints: MOCK_ENDPOINTS,
    ids: seededIds(seededChance(2, 'service')),
    http: {
      send: async (request) => {
        asked.push(request)
        return success(handle(spoil(request), {}))
      },
    },
  }
  return { tenant, service, asked }
}
