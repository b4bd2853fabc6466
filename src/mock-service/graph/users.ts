import { type DirectoryUser, withEntry } from '../directory/state.ts'
import { objectIdOf } from '../entra/token.ts'
import type { Tenant } from '../tenant.ts'
import { collection, created, entity, type GraphCall, type GraphRoute, noContent, notFound } from './call.ts'
import { STUDENT_LICENCE, withLicences } from './licences.ts'
import { changedUser, userIn } from './user-body.ts'

const PATH = '/users'
const permission = 'User'

/** Passwords are never shown. */
export const userToJson = (user: DirectoryUser): Record<string, unknown> => ({
  ...user.shown,
  id: objectIdOf(user),
  userPrincipalName: user.email,
  mail: user.email,
  displayName: user.name,
  accountEnabled: !user.disabled,
  assignedLicenses: user.licensed ? [{ disabledPlans: [], skuId: STUDENT_LICENCE }] : [],
})

/** By object id or by user principal name. */
export function userOf(tenant: Tenant, id: string): DirectoryUser {
  const { users } = tenant.directory.now
  const user =
    users.get(id.toLowerCase()) ?? [...users.values()].find((candidate) => objectIdOf(candidate) === id.toLowerCase())
  if (!user) throw notFound('user', id)
  return user
}

const put = (tenant: Tenant, email: string, user: DirectoryUser | undefined): void =>
  tenant.directory.change(tenant.now(), ({ users }) => ({ users: withEntry(users, email.toLowerCase(), user) }))

/** Groups that list the user: rules are about devices here. */
function groupsOf({ tenant }: GraphCall, id: string): Record<string, unknown>[] {
  const { email } = userOf(tenant, id)
  return [...tenant.directory.now.groups.values()]
    .filter(({ members }) => members.includes(email.toLowerCase()))
    .map((group) => ({ '@odata.type': '#microsoft.graph.group', id: group.id, displayName: group.name }))
}

const expands = { memberOf: groupsOf, transitiveMemberOf: groupsOf }

/** `user`. */
export const userRoutes: GraphRoute[] = [
  {
    method: 'GET',
    path: PATH,
    permission,
    expands,
    handle: (call) => collection(call, [...call.tenant.directory.now.users.values()], 'users', userToJson),
  },
  {
    method: 'POST',
    path: PATH,
    permission,
    handle({ tenant, body }) {
      const made = userIn(tenant, body())
      put(tenant, made.email, made)
      return created(userToJson(made))
    },
  },
  {
    method: 'GET',
    path: `${PATH}/{id}`,
    permission,
    expands,
    handle: (call) => entity(call, userToJson(userOf(call.tenant, call.params[0]!)), 'users'),
  },
  ...Object.entries(expands).map(
    ([name, get]): GraphRoute => ({
      method: 'GET',
      path: `${PATH}/{id}/${name}`,
      permission,
      handle: (call) => collection(call, get(call, call.params[0]!), 'directoryObjects'),
    }),
  ),
  {
    method: 'POST',
    path: `${PATH}/{id}/assignLicense`,
    permission,
    handle(call) {
      const { tenant } = call
      const user = userOf(tenant, call.params[0]!)
      const changed = withLicences(call, user)
      put(tenant, user.email, changed)
      return { status: 200, body: userToJson(changed) }
    },
  },
  {
    method: 'PATCH',
    path: `${PATH}/{id}`,
    permission,
    handle({ tenant, params: [id], body }) {
      const user = userOf(tenant, id!)
      put(tenant, user.email, changedUser(user, body()))
      return noContent
    },
  },
  {
    method: 'DELETE',
    path: `${PATH}/{id}`,
    permission,
    handle({ tenant, params: [id] }) {
      put(tenant, userOf(tenant, id!).email, undefined)
      return noContent
    },
  },
]
