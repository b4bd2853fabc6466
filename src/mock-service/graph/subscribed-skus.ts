import { stableGuid } from '../stable-guid.ts'
import type { Tenant } from '../tenant.ts'
import { collection, entity, GraphError, type GraphRoute } from './call.ts'
import { STUDENT_LICENCE } from './licences.ts'

const PATH = '/subscribedSkus'
const permission = 'Organization'

/**
 * Service plans of the licence that the tenant has subscribed to, whether or not a person has it. These are the ones that this
 * simulation looks at; names and ids are of Microsoft's table of licences.
 */
export const PLANS = [
  { id: 'c1ec4a95-1f05-45b3-a911-aa3fa01094f5', name: 'INTUNE_A', service: 'SCO' },
  { id: 'da24caf9-af8e-485c-b7c8-e73336da2693', name: 'INTUNE_EDU', service: 'SCO' },
  { id: '41781fb2-bc02-4b7c-bd55-b576c07bb09d', name: 'AAD_PREMIUM', service: 'AADPremiumService' },
] as const

function skusOf(tenant: Tenant): Record<string, unknown>[] {
  const { tenantId, name } = tenant.definition
  const users = [...tenant.directory.now.users.values()]
  return [
    {
      accountName: name,
      accountId: tenantId,
      appliesTo: 'User',
      capabilityStatus: 'Enabled',
      consumedUnits: users.filter((user) => user.licensed).length,
      id: `${tenantId}_${STUDENT_LICENCE}`,
      prepaidUnits: { enabled: users.length, suspended: 0, warning: 0, lockedOut: 0 },
      servicePlans: PLANS.map((plan) => ({
        servicePlanId: plan.id,
        servicePlanName: plan.name,
        provisioningStatus: 'Success',
        appliesTo: 'User',
      })),
      skuId: STUDENT_LICENCE,
      skuPartNumber: 'M365EDU_A3_STUDENT',
      subscriptionIds: [stableGuid(tenantId, STUDENT_LICENCE)],
    },
  ]
}

/** `subscribedSku`: one licence for each account of the tenant. */
export const subscribedSkuRoutes: GraphRoute[] = [
  { method: 'GET', path: PATH, permission, handle: (call) => collection(call, skusOf(call.tenant), 'subscribedSkus') },
  {
    method: 'GET',
    path: `${PATH}/{id}`,
    permission,
    handle(call) {
      const found = skusOf(call.tenant).find(({ id }) => id === call.params[0])
      if (!found) throw new GraphError(404, 'Request_ResourceNotFound', `Resource '${call.params[0]}' does not exist.`)
      return entity(call, found, 'subscribedSkus')
    },
  },
]
