import { stableGuid } from '../stable-guid.ts'
import type { Tenant } from '../tenant.ts'
import { collection, entity, type GraphRoute, notFound } from './call.ts'

const PATH = '/deviceManagement'
const permission = 'DeviceManagementConfiguration'
const MANAGED = 'DeviceManagementManagedDevices'

/** The account of the tenant at Intune, which has another id than the tenant. */
const accountOf = ({ definition }: Tenant): string => stableGuid(definition.tenantId, 'intune account')

/** `deviceManagementSettings`, as a new tenant has them. */
const SETTINGS = {
  deviceComplianceCheckinThresholdDays: 30,
  isScheduledActionEnabled: true,
  secureByDefault: false,
  enhancedJailBreak: false,
  deviceInactivityBeforeRetirementInDay: 0,
  derivedCredentialProvider: 'notConfigured',
  enableLogCollection: true,
}

function overviewOf(tenant: Tenant): Record<string, unknown> {
  const count = tenant.state.management.managed.size
  return {
    id: stableGuid(accountOf(tenant), 'overview'),
    enrolledDeviceCount: count,
    mdmEnrolledCount: count,
    dualEnrolledDeviceCount: 0,
    deviceOperatingSystemSummary: {
      androidCount: 0,
      iosCount: 0,
      macOSCount: 0,
      windowsMobileCount: 0,
      windowsCount: count,
      unknownCount: 0,
    },
    deviceExchangeAccessStateSummary: {
      allowedDeviceCount: 0,
      blockedDeviceCount: 0,
      quarantinedDeviceCount: 0,
      unknownDeviceCount: 0,
      unavailableDeviceCount: 0,
    },
  }
}

/** Every object belongs to this one until an administrator makes another. */
const DEFAULT_TAG = { id: '0', displayName: 'Default', description: 'Default scope tag', isBuiltIn: true }

/** Collections that are there in every tenant and that nothing of this simulation fills: they can be read, and have no way to add. */
const EMPTY: readonly Pick<GraphRoute, 'path' | 'permission' | 'isBeta'>[] = [
  { path: `${PATH}/deviceCategories`, permission: MANAGED },
  { path: `${PATH}/termsAndConditions`, permission: 'DeviceManagementServiceConfig' },
  { path: `${PATH}/assignmentFilters`, permission, isBeta: true },
  { path: `${PATH}/deviceConfigurations`, permission },
  { path: `${PATH}/deviceCompliancePolicies`, permission },
]

/** `deviceManagement`, and what is below it in every tenant. */
export const deviceManagementRoutes: GraphRoute[] = [
  {
    method: 'GET',
    path: PATH,
    permission,
    handle(call) {
      const { tenant, version } = call
      const account = accountOf(tenant)
      const item = {
        id: account,
        subscriptionState: 'active',
        settings: SETTINGS,
        ...(version === 'beta' ? { intuneAccountId: account, subscriptions: 'intune', adminConsent: null } : {}),
      }
      return entity(call, item, 'deviceManagement')
    },
  },
  {
    method: 'GET',
    path: `${PATH}/managedDeviceOverview`,
    permission: MANAGED,
    handle: (call) => entity(call, overviewOf(call.tenant), 'deviceManagement/managedDeviceOverview'),
  },
  {
    method: 'GET',
    path: `${PATH}/roleScopeTags`,
    isBeta: true,
    permission: 'DeviceManagementRBAC',
    handle: (call) => collection(call, [DEFAULT_TAG], 'deviceManagement/roleScopeTags'),
  },
  {
    method: 'GET',
    path: `${PATH}/roleScopeTags/{id}`,
    isBeta: true,
    permission: 'DeviceManagementRBAC',
    handle(call) {
      if (call.params[0] !== DEFAULT_TAG.id) throw notFound('roleScopeTag', call.params[0]!)
      return entity(call, DEFAULT_TAG, 'deviceManagement/roleScopeTags')
    },
  },
  ...EMPTY.map(
    (route): GraphRoute => ({
      ...route,
      method: 'GET',
      handle: (call) => collection(call, [], route.path.slice(1)),
    }),
  ),
]
