import type { Tenant } from '../tenant.ts'
import { collection, entity, GraphError, type GraphRoute } from './call.ts'
import { domainsOf } from './domains.ts'
import { PLANS } from './subscribed-skus.ts'

const PATH = '/organization'
const permission = 'Organization'

/** When the school's tenant was made; no fact of the simulation depends on it. */
const CREATED = '2024-08-01T00:00:00Z'

function toJson(tenant: Tenant): Record<string, unknown> {
  const { tenantId, name } = tenant.definition
  return {
    id: tenantId,
    deletedDateTime: null,
    businessPhones: [],
    city: null,
    country: null,
    countryLetterCode: null,
    createdDateTime: CREATED,
    defaultUsageLocation: null,
    displayName: name,
    isMultipleDataLocationsForServicesEnabled: null,
    marketingNotificationEmails: [],
    onPremisesLastSyncDateTime: null,
    onPremisesSyncEnabled: null,
    partnerTenantType: null,
    postalCode: null,
    preferredLanguage: 'en',
    securityComplianceNotificationMails: [],
    securityComplianceNotificationPhones: [],
    state: null,
    street: null,
    technicalNotificationMails: [],
    tenantType: 'AAD',
    // Intune's own member of this type.
    mobileDeviceManagementAuthority: 'intune',
    assignedPlans: PLANS.map(({ service, id }) => ({
      assignedDateTime: CREATED,
      capabilityStatus: 'Enabled',
      service,
      servicePlanId: id,
    })),
    privacyProfile: null,
    provisionedPlans: PLANS.map(({ service }) => ({
      capabilityStatus: 'Enabled',
      provisioningStatus: 'Success',
      service,
    })),
    verifiedDomains: domainsOf(tenant).map(({ id, authenticationType, isDefault, isInitial, supportedServices }) => ({
      capabilities: supportedServices.join(', '),
      isDefault,
      isInitial,
      name: id,
      type: authenticationType,
    })),
  }
}

/** `organization`: the tenant. */
export const organizationRoutes: GraphRoute[] = [
  {
    method: 'GET',
    path: PATH,
    permission,
    handle: (call) => collection(call, [toJson(call.tenant)], 'organization'),
  },
  {
    method: 'GET',
    path: `${PATH}/{id}`,
    permission,
    handle(call) {
      const [id] = call.params
      if (id !== call.tenant.definition.tenantId) {
        throw new GraphError(404, 'Request_ResourceNotFound', `Resource '${id}' does not exist.`)
      }
      return entity(call, toJson(call.tenant), 'organization')
    },
  },
]
