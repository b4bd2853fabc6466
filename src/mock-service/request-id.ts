import { createHash } from 'node:crypto'
import type { HttpRequest } from '../domain/http.ts'
import { guidFrom } from '../ports/ids.ts'
import type { Tenant } from './tenant.ts'

/** The id that an answer has for support, made of the request: the tenant's own ids are drawn, and to draw one is a change. */
export function requestIdOf({ method, url, body }: HttpRequest, tenant: Tenant): string {
  const digest = createHash('sha256').update(`${method} ${url} ${tenant.now()}\n`).update(body).digest()
  return guidFrom(digest.subarray(0, 16))
}
