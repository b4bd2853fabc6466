import type { ConditionalAccessDefinition } from '../../domain/tenant.ts'
import type { Tenant } from '../tenant.ts'
import type { AskedResource } from './resources.ts'
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

/** Policies that count for a sign-in, as administrators have left them. */
function policiesFor(
  tenant: Tenant,
  { user, tenantId }: Pick<SignedInUser, 'user' | 'tenantId'>,
  name: AskedResource['name'],
): ConditionalAccessDefinition[] {
  const { definition, state } = tenant
  const resource = RESOURCES[name]
  if (resource === undefined || tenantId !== definition.tenantId) return []
  const email = user.email.toLowerCase()
  const has = (list: readonly string[]) => list.some((one) => one.toLowerCase() === email)
  return (definition.conditionalAccess ?? []).filter(({ id, users, excluded, resources }) => {
    const changed = state.entra.accessChanges?.get(id)
    if (changed?.isOff || !resources.includes(resource) || has([...excluded, ...(changed?.excluded ?? [])]))
      return false
    return users === 'all' || has(users)
  })
}

/** Why a policy does not let a person in: a block counts before a condition that is not met. No device complies before it is enrolled. */
export function accessRefusal(
  tenant: Tenant,
  person: Pick<SignedInUser, 'user' | 'tenantId'>,
  name: AskedResource['name'],
): keyof typeof ACCESS_SENTENCES | undefined {
  const grants = policiesFor(tenant, person, name).map(({ grant }) => grant)
  if (grants.includes('block')) return 53003
  return grants.includes('compliantDevice') ? 53000 : undefined
}

export const asksForProof = (
  tenant: Tenant,
  person: Pick<SignedInUser, 'user' | 'tenantId'>,
  name: AskedResource['name'],
): boolean => policiesFor(tenant, person, name).some(({ grant }) => grant === 'multifactor')
