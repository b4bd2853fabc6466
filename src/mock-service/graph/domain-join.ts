import { stableGuid } from '../stable-guid.ts'
import type { Tenant } from '../tenant.ts'
import { dateTime, type GraphRoute } from './call.ts'
import { reading } from './reading.ts'

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

/** What a hybrid join needs; both are written in the tenant's file, and read here. */
export const domainJoinRoutes: GraphRoute[] = [
  ...reading({ path: CONNECTORS, type: 'deviceManagementDomainJoinConnector', permission }, connectorsOf),
  ...reading({ path: CONFIGURATIONS, type: 'deviceConfiguration', permission }, configurationsOf).map((route) => ({
    ...route,
    isBeta: true,
  })),
]
