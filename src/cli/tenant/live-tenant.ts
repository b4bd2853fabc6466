import { MOCK_ENDPOINTS } from '../../domain/endpoints.ts'
import type { TenantDefinition } from '../../domain/tenant.ts'
import { DEFAULT_START } from '../../domain/world.ts'
import { startTenant } from '../../mock-service/connect.ts'
import type { Tenant } from '../../mock-service/tenant.ts'
import { seededIds } from '../../ports/ids.ts'
import { seededChance } from '../../ports/seeded-chance.ts'
import type { Places } from '../../run/run-spec.ts'
import { loadTenant } from '../../scenario/library.ts'
import { tenantSchema } from '../../scenario/schema/tenant.ts'
import { wholeTenant } from '../../scenario/whole-tenant.ts'
import { reportedKeys } from '../reported-keys.ts'

/** The school of the shipped scenarios. */
export const DEFAULT_TENANT = 'contoso-school'

/** When tenants are looked at: where scenarios begin, so that both say the same. */
export const LOOKED_AT = Date.parse(DEFAULT_START)

export interface LiveTenant {
  tenant: Tenant
  /** Registration ids by what the tenant's file calls the device. */
  names: Map<string, string>
  places: Places
  /** Lets device time pass. */
  wait(ms: number): void
}

/**
 * A tenant with all its devices registered, and its own clock. Codes as the library's.
 *
 * @param startsAt Unix milliseconds
 * @param schema that of a school, or one that takes what the service refuses
 */
export function liveTenant(
  name: string = DEFAULT_TENANT,
  edit = (definition: TenantDefinition) => definition,
  startsAt: number = LOOKED_AT,
  schema = tenantSchema,
): LiveTenant {
  const { definition: read, places } = loadTenant(name, schema)
  const definition = edit(read)
  let now = startsAt
  const ids = seededIds(seededChance(1, 'service'))
  const { tenant, registered } = startTenant(
    wholeTenant(definition, startsAt, { endpoints: MOCK_ENDPOINTS, keys: reportedKeys, ids }),
    () => now,
  )
  const names = new Map(definition.devices.map(({ device }, index) => [device, registered[index]!.id]))
  return {
    tenant,
    names,
    places,
    wait(ms) {
      now += ms
      tenant.settle()
    },
  }
}
