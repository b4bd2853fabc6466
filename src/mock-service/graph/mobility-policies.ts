import { ENTRA_RESOURCES } from '../../domain/entra-resources.ts'
import { termsOfUseUrl } from '../entra/claims.ts'
import type { Tenant } from '../tenant.ts'
import { collection, entity, GraphError, type GraphRoute } from './call.ts'

const PATH = '/policies/mobileDeviceManagementPolicies'
const permission = 'Policy'

/** The application Microsoft Intune: the policy has its id. */
const INTUNE = ENTRA_RESOURCES.intune.id

const policyOf = ({ endpoints }: Tenant): Record<string, unknown> => ({
  id: INTUNE,
  // The MDM user scope of this simulation: a person who joins a device enrols it, with a licence.
  appliesTo: 'all',
  complianceUrl: new URL('/portal/', endpoints.discovery).href,
  description: null,
  discoveryUrl: endpoints.discovery,
  displayName: 'Microsoft Intune',
  isValid: true,
  termsOfUseUrl: termsOfUseUrl(endpoints.discovery),
})

function found(tenant: Tenant, id: string): Record<string, unknown> {
  if (id !== INTUNE) throw new GraphError(404, 'Request_ResourceNotFound', `Resource '${id}' does not exist.`)
  return policyOf(tenant)
}

const common = { method: 'GET', isBeta: true, permission } as const

/** `mobilityManagementPolicy`: where devices enrol automatically. */
export const mobilityPolicyRoutes: GraphRoute[] = [
  { ...common, path: PATH, handle: (call) => collection(call, [policyOf(call.tenant)], PATH.slice(1)) },
  {
    ...common,
    path: `${PATH}/{id}`,
    handle: (call) => entity(call, found(call.tenant, call.params[0]!), PATH.slice(1)),
  },
  {
    ...common,
    path: `${PATH}/{id}/includedGroups`,
    handle(call) {
      found(call.tenant, call.params[0]!)
      return collection(call, [], 'groups')
    },
  },
]
