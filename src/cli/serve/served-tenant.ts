import { endpointsAt } from '../../domain/endpoints.ts'
import type { HttpRequest, HttpResponse, Peer } from '../../domain/http.ts'
import { startTenant } from '../../mock-service/connect.ts'
import { keepTenant, restoreTenant } from '../../mock-service/kept-tenant.ts'
import type { Tenant } from '../../mock-service/tenant.ts'
import { seededIds } from '../../ports/ids.ts'
import { seededChance } from '../../ports/seeded-chance.ts'
import { wholeTenant } from '../../scenario/whole-tenant.ts'
import { reportedKeys } from '../reported-keys.ts'
import type { DataFolder, Resumed, State } from './data-folder.ts'

export interface ServedTenant {
  tenant: Tenant
  handle(request: HttpRequest, peer: Peer): HttpResponse
  /** Values that are the tenant's own: good until the next request. */
  state(): State
}

/** Questions that leave nothing behind, so that they need not be told again. */
const isQuestion = ({ method, url }: HttpRequest): boolean =>
  method === 'GET' && /^\/(connecttest\.txt|content\/|files\/|v1\.0\/|beta\/|healthz)/.test(new URL(url).pathname)

/**
 * A tenant behind a server. It is put where it was, and what it was asked since is asked again, at the times at which it
 * was: so it goes on as if it had never stopped, ids included.
 */
export function serveTenant(
  { beginning, state, requests }: Pick<Resumed, 'beginning' | 'state' | 'requests'>,
  data: DataFolder | undefined,
  clock: () => number,
): ServedTenant {
  const { definition, startedAt, seed, origin } = beginning
  let now = startedAt
  const chance = seededChance(seed, 'service')
  const { tenant, handle } = startTenant(
    wholeTenant(definition, startedAt, {
      endpoints: endpointsAt(origin),
      keys: reportedKeys,
      ids: seededIds(chance),
    }),
    () => now,
  )
  if (state) {
    now = state.now
    chance.state.set(state.chance)
    restoreTenant(tenant, state.tenant)
  }
  for (const { at, request, peer } of requests) {
    now = at
    try {
      handle(request, peer)
    } catch {
      // It was told as a bug when it came, and answered with 500; the tenant goes on as it did then.
    }
  }
  const current = (): State => ({ tenant: keepTenant(tenant), chance: chance.state, now })
  return {
    tenant,
    handle(request, peer) {
      if (data?.wantsSnapshot) data.snapshot(current())
      // The clock of a machine may be set back; the directory's past may not be rewritten.
      now = Math.max(now, clock())
      if (data && !isQuestion(request)) data.record({ at: now, request, peer })
      return handle(request, peer)
    },
    state: current,
  }
}
