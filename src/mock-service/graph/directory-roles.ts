import { DIRECTORY_ROLES } from '../../domain/entra-resources.ts'
import { stableGuid } from '../stable-guid.ts'
import type { Tenant } from '../tenant.ts'
import { collection, entity, GraphError, type GraphRoute } from './call.ts'
import { userToJson } from './users.ts'

const PATH = '/directoryRoles'
const permission = 'Directory'

/** The role that this simulation knows. */
const GLOBAL_ADMINISTRATOR = DIRECTORY_ROLES.globalAdministrator

const roleOf = ({ definition }: Tenant) => ({
  id: stableGuid(definition.tenantId, GLOBAL_ADMINISTRATOR),
  deletedDateTime: null,
  description:
    'Can manage all aspects of Microsoft Entra ID and Microsoft services that use Microsoft Entra identities.',
  displayName: 'Global Administrator',
  roleTemplateId: GLOBAL_ADMINISTRATOR,
})

function found(tenant: Tenant, id: string) {
  const role = roleOf(tenant)
  if (id !== role.id) throw new GraphError(404, 'Request_ResourceNotFound', `Resource '${id}' does not exist.`)
  return role
}

/** `directoryRole`: those that are in use, which is Global Administrator alone. */
export const directoryRoleRoutes: GraphRoute[] = [
  {
    method: 'GET',
    path: PATH,
    permission,
    handle: (call) => collection(call, [roleOf(call.tenant)], 'directoryRoles'),
  },
  {
    method: 'GET',
    path: `${PATH}/{id}`,
    permission,
    handle: (call) => entity(call, found(call.tenant, call.params[0]!), 'directoryRoles'),
  },
  {
    method: 'GET',
    path: `${PATH}/{id}/members`,
    permission,
    handle(call) {
      const { tenant, params } = call
      found(tenant, params[0]!)
      const administrators = [...tenant.directory.now.users.values()].filter((user) => user.isGlobalAdministrator)
      const members = administrators.map((user) => ({ '@odata.type': '#microsoft.graph.user', ...userToJson(user) }))
      return collection(call, members, 'directoryObjects')
    },
  },
]
