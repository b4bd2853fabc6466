import { ENTRA_RESOURCES } from '../../domain/entra-resources.ts'
import { stableGuid } from '../stable-guid.ts'
import type { Tenant } from '../tenant.ts'
import { collection, entity, GraphError, type GraphRoute } from './call.ts'

const permission = 'Application'

/** Microsoft's own tenant, which owns its applications. */
const MICROSOFT = 'f8cdef31-a31e-4b4a-93e4-5f571e91255a'

/** Applications of Microsoft's that a school with Autopilot and Intune has; their ids are the same in every tenant. */
const FIRST_PARTY: readonly (readonly [appId: string, name: string])[] = [
  ['00000002-0000-0000-c000-000000000000', 'Windows Azure Active Directory'],
  [ENTRA_RESOURCES.graph.id, 'Microsoft Graph'],
  [ENTRA_RESOURCES.intune.id, 'Microsoft Intune'],
  [ENTRA_RESOURCES.enrolment.id, 'Microsoft Intune Enrollment'],
  [ENTRA_RESOURCES.registration.id, 'Device Registration Service'],
  // Owner of the groups of device preparation; some tenants call it Intune Autopilot ConfidentialClient.
  ['f1346770-5b25-470b-88bd-d5744ab7952c', 'Intune Provisioning Client'],
]

const idOf = ({ definition }: Tenant, kind: 'application' | 'servicePrincipal', appId: string): string =>
  stableGuid(definition.tenantId, kind, appId)

function principalsOf(tenant: Tenant): Record<string, unknown>[] {
  const { applications, tenantId } = tenant.definition
  const principal = (appId: string, name: string, owner: string) => ({
    id: idOf(tenant, 'servicePrincipal', appId),
    deletedDateTime: null,
    accountEnabled: true,
    appDisplayName: name,
    appId,
    appOwnerOrganizationId: owner,
    appRoleAssignmentRequired: false,
    displayName: name,
    servicePrincipalNames: [appId],
    servicePrincipalType: 'Application',
    signInAudience: owner === MICROSOFT ? 'AzureADMultipleOrgs' : 'AzureADMyOrg',
    tags: [],
  })
  return [
    ...FIRST_PARTY.map(([appId, name]) => principal(appId, name, MICROSOFT)),
    ...applications.map(({ id, name }) => principal(id, name, tenantId)),
  ]
}

/** Secrets are never shown. */
const applicationsOf = (tenant: Tenant): Record<string, unknown>[] =>
  tenant.definition.applications.map(({ id, name }) => ({
    id: idOf(tenant, 'application', id),
    deletedDateTime: null,
    appId: id,
    displayName: name,
    identifierUris: [],
    publisherDomain: tenant.definition.domain,
    signInAudience: 'AzureADMyOrg',
    keyCredentials: [],
    passwordCredentials: [],
    requiredResourceAccess: [],
    tags: [],
  }))

function routesOf(path: string, itemsOf: (tenant: Tenant) => Record<string, unknown>[]): GraphRoute[] {
  const set = path.slice(1)
  return [
    { method: 'GET', path, permission, handle: (call) => collection(call, itemsOf(call.tenant), set) },
    {
      method: 'GET',
      path: `${path}/{id}`,
      permission,
      handle(call) {
        const found = itemsOf(call.tenant).find(({ id }) => id === call.params[0])
        if (!found)
          throw new GraphError(404, 'Request_ResourceNotFound', `Resource '${call.params[0]}' does not exist.`)
        return entity(call, found, set)
      },
    },
  ]
}

/** `application` and `servicePrincipal`, to be read. */
export const servicePrincipalRoutes: GraphRoute[] = [
  ...routesOf('/applications', applicationsOf),
  ...routesOf('/servicePrincipals', principalsOf),
]
