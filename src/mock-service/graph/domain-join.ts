import { stableGuid } from '../stable-guid.ts'
import type { Tenant } from '../tenant.ts'
import { collection, dateTime, entity, type GraphRoute, notFound } from './call.ts'

const CONNECTORS = '/deviceManagement/domainJoinConnectors'
const CONFIGURATIONS = '/deviceManagement/deviceConfigurations'
const permission = 'DeviceManagementConfiguration'

/** `deviceManagementDomainJoinConnector`: one, where the tenant has an Active Directory. Its name is ours. */
function connectorsOf(tenant: Tenant): Record<string, unknown>[] {
  const { hybridJoin, tenantId } = tenant.definition
  if (!hybridJoin) return []
  const state = tenant.enrolmentRules.connector ?? 'active'
  return [
    {
      id: stableGuid(tenantId, 'connector'),
      displayName: `connector.${hybridJoin.domain}`,
      // One that is not active has been away since before: how long is not a fact of the tenant.
      lastConnectionDateTime: dateTime(state === 'active' ? tenant.now() : undefined),
      state,
      version: '6.2501.2000.5',
    },
  ]
}

/** `windowsDomainJoinConfiguration`: the domain join profiles. No other kind of device configuration is simulated. */
const configurationsOf = ({ definition: { hybridJoin, tenantId } }: Tenant): Record<string, unknown>[] =>
  (hybridJoin?.domainJoinProfiles ?? []).map(({ id, name, computerNamePrefix, organizationalUnit }) => ({
    '@odata.type': '#microsoft.graph.windowsDomainJoinConfiguration',
    id: stableGuid(tenantId, 'domainJoin', id),
    displayName: name,
    description: '',
    version: 1,
    activeDirectoryDomainName: hybridJoin!.domain,
    computerNameStaticPrefix: computerNamePrefix,
    computerNameSuffixRandomCharCount: Math.max(0, NAME_MAX - computerNamePrefix.length),
    organizationalUnit: organizationalUnit || null,
  }))

const NAME_MAX = 15

const reading = (path: string, type: string, all: (tenant: Tenant) => Record<string, unknown>[]): GraphRoute[] => [
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

/** What a hybrid join needs; both are written in the tenant's file, and read here. */
export const domainJoinRoutes: GraphRoute[] = [
  ...reading(CONNECTORS, 'deviceManagementDomainJoinConnector', connectorsOf),
  ...reading(CONFIGURATIONS, 'deviceConfiguration', configurationsOf).map((route) => ({ ...route, isBeta: true })),
]
