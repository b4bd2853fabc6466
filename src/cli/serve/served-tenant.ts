import { endpointsAt } from '../../domain/endpoints.ts'
import type { HttpRequest, HttpResponse, Peer } from '../../domain/http.ts'
import { startTenant } from '../../mock-service/connect.ts'
import type { Tenant } from '../../mock-service/tenant.ts'
import { seededIds } from '../../ports/ids.ts'
import { seededChance } from '../../ports/seeded-chance.ts'
import { wholeTenant } from '../../scenario/whole-tenant.ts'
import { reportedKeys } from '../reported-keys.ts'
import type { Beginning, DataFolder, Recorded } from './data-folder.ts'

export interface ServedTenant {
  tenant: Tenant
  handle(request: HttpRequest, peer: Peer): HttpResponse
}

/** Questions that leave nothing behind, so that they need not be told again. */
const isQuestion = ({ method, url }: HttpRequest): boolean =>
  method === 'GET' && /^\/(connecttest\.txt|content\/|files\/|v1\.0\/|beta\/|healthz)/.test(new URL(url).pathname)

/**
 * A tenant behind a server. What earlier starts were asked is asked again, at the times at which it was: so it is where
 * it was, ids included.
 */
export function serveTenant(
  beginning: Beginning,
  earlier: readonly Recorded[],
  data: DataFolder | undefined,
  clock: () => number,
): ServedTenant {
  const { definition, startedAt, seed, origin } = beginning
  let now = startedAt
  const { tenant, handle } = startTenant(
    wholeTenant(definition, startedAt, {
      endpoints: endpointsAt(origin),
      keys: reportedKeys,
      ids: seededIds(seededChance(seed, 'service')),
    }),
    () => now,
  )
  for (const { at, request, peer } of earlier) {
    now = at
    handle(request, peer)
  }
  return {
    tenant,
    handle(request, peer) {
      // The clock of a machine may be set back; the directory's past may not be rewritten.
      now = Math.max(now, clock())
      if (data && !isQuestion(request)) data.record({ at: now, request, peer })
      return handle(request, peer)
    },
  }
}
