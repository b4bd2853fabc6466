import type { GraphRoute } from './call.ts'
import { deviceManagementRoutes } from './device-management.ts'
import { directoryRoleRoutes } from './directory-roles.ts'
import { domainRoutes } from './domains.ts'
import { meRoutes } from './me.ts'
import { mobilityPolicyRoutes } from './mobility-policies.ts'
import { organizationRoutes } from './organization.ts'
import { servicePrincipalRoutes } from './service-principals.ts'
import { subscribedSkuRoutes } from './subscribed-skus.ts'

/** What every tenant has, and what can only be read here. */
export const tenantObjectRoutes: GraphRoute[] = [
  ...organizationRoutes,
  ...domainRoutes,
  ...subscribedSkuRoutes,
  ...directoryRoleRoutes,
  ...servicePrincipalRoutes,
  ...mobilityPolicyRoutes,
  ...deviceManagementRoutes,
  ...meRoutes,
]
