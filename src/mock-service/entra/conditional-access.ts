import { meetsCondition, type Whereabouts } from '../../domain/named-locations.ts'
import type { ConditionalAccessDefinition } from '../../domain/tenant.ts'
import type { Tenant } from '../tenant.ts'
import type { AskedResource } from './resources.ts'
import type { Wanted } from './scopes.ts'
import type { SignedInUser } from './signed-in-user.ts'

/** What Entra says to programs. */
export const ACCESS_SENTENCES = {
  53000:
    'Device is not in required device state: compliant. Conditional Access policy requires a compliant device, and the device is not compliant.',
  53003: 'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
} as const

const RESOURCES: Partial<Record<AskedResource['name'], ConditionalAccessDefinition['resources'][number]>> = {
  registration: 'join',
  enrolment: 'enrollment',
}

/** The permission that backups of settings are read with; to Conditional Access they are a service of their own (1.11, [L]). */
const BACKUP_SCOPE = 'UserWindowsSettings.Read'

const resourceOf = ({ resource, names }: Wanted): ConditionalAccessDefinition['resources'][number] | undefined =>
  resource.name === 'graph' && names.includes(BACKUP_SCOPE) ? 'backup' : RESOURCES[resource.name]

/** Who signs in, and from where. */
interface Entering extends Pick<SignedInUser, 'user' | 'tenantId'> {
  from?: Whereabouts | undefined
}

/** Policies that count for a sign-in, as administrators have left them. */
function policiesFor(
  tenant: Tenant,
  { user, tenantId, from = {} }: Entering,
  wanted: Wanted,
): ConditionalAccessDefinition[] {
  const { definition, state } = tenant
  const resource = resourceOf(wanted)
  if (resource === undefined || tenantId !== definition.tenantId) return []
  const email = user.email.toLowerCase()
  const has = (list: readonly string[]) => list.some((one) => one.toLowerCase() === email)
  const { conditionalAccess = [], namedLocations = [] } = definition
  return conditionalAccess.filter(({ id, users, excluded, resources, locations }) => {
    const changed = state.entra.accessChanges?.get(id)
    if (changed?.isOff || !resources.includes(resource) || has([...excluded, ...(changed?.excluded ?? [])]))
      return false
    if (locations && !meetsCondition(locations, namedLocations, from)) return false
    return users === 'all' || has(users)
  })
}

/** Why a policy does not let a person in: a block counts before a condition that is not met. No device complies before it is enrolled. */
export function accessRefusal(
  tenant: Tenant,
  person: Entering,
  wanted: Wanted,
): keyof typeof ACCESS_SENTENCES | undefined {
  const grants = policiesFor(tenant, person, wanted).map(({ grant }) => grant)
  if (grants.includes('block')) return 53003
  return grants.includes('compliantDevice') ? 53000 : undefined
}

export const asksForProof = (tenant: Tenant, person: Entering, wanted: Wanted): boolean =>
  policiesFor(tenant, person, wanted).some(({ grant }) => grant === 'multifactor')
