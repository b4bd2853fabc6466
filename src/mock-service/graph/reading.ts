import type { Tenant } from '../tenant.ts'
import { collection, entity, type GraphRoute, notFound } from './call.ts'

/** Routes of what is written in the tenant's file, and only read here: the list, and one of it. */
export const reading = (
  { path, type, permission }: { path: string; type: string; permission: GraphRoute['permission'] },
  all: (tenant: Tenant) => Record<string, unknown>[],
): GraphRoute[] => [
  { method: 'GET', path, permission, handle: (call) => collection(call, all(call.tenant), path.slice(1)) },
  {
    method: 'GET',
    path: `${path}/{id}`,
    permission,
    handle(call) {
      const [id = ''] = call.params
      const found = all(call.tenant).find((one) => one.id === id)
      if (!found) throw notFound(type, id)
      return entity(call, found, path.slice(1))
    },
  },
]
