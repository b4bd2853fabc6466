import type { JsonObject } from '../../protocols/json.ts'
import type { Group } from '../directory/state.ts'
import { objectIdOf } from '../entra/token.ts'
import type { Tenant } from '../tenant.ts'
import { type GraphRoute, noContent } from './contract.ts'
import { badRequest, GraphError, notFound } from './graph-error.ts'

/** References that one PATCH may bring (Graph's reference [D]). */
const REFERENCES_MAX = 20

/** What a group lists: a user by address, a device by its object id. @throws GraphError 404 */
function memberOf(tenant: Tenant, objectId: string): string {
  const { users } = tenant.directory.now
  const wanted = objectId.toLowerCase()
  const user = users.get(wanted) ?? [...users.values()].find((one) => objectIdOf(one).toLowerCase() === wanted)
  if (user) return user.email.toLowerCase()
  const device = tenant.directory.entra.get(wanted)
  if (!device) throw notFound('directoryObject', objectId)
  return device.id
}

/** The id in a reference, whatever host, version and set it names: `…/directoryObjects/{id}`, `…/devices('{id}')`. @throws GraphError 400 */
function objectIdIn(reference: string): string {
  const match = /\/(?:directoryObjects|devices|users)(?:\/|\(')([^/()']+)(?:'\))?\/?$/i.exec(reference)
  if (!match) throw badRequest('Invalid URL format specified in payload.')
  try {
    return decodeURIComponent(match[1]!)
  } catch {
    throw badRequest('Invalid URL format specified in payload.')
  }
}

/** A rule alone decides on the members of a dynamic group; the directory words it as a lack of rights [1]. @throws GraphError 403 */
function ownMembers(group: Group): void {
  if (group.rule === undefined) return
  throw new GraphError(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.')
}

/** The group with more members. @throws GraphError 400, 403, 404 */
export function withMembers(tenant: Tenant, group: Group, references: readonly string[]): Group {
  ownMembers(group)
  if (references.length > REFERENCES_MAX)
    throw badRequest(`members@odata.bind takes at most ${REFERENCES_MAX} references`)
  const added = references.map((reference) => memberOf(tenant, objectIdIn(reference)))
  const all = [...group.members, ...added]
  if (new Set(all).size < all.length) {
    throw badRequest(
      "One or more added object references already exist for the following modified properties: 'members'.",
    )
  }
  return { ...group, members: all }
}

/** The group with what a body binds to it. @throws GraphError 400, 403, 404 */
export function withBoundMembers(tenant: Tenant, group: Group, json: JsonObject): Group {
  const references = json.optionalStrings('members@odata.bind')
  return references ? withMembers(tenant, group, references) : group
}

/** Adds members to a group, and takes them away. */
export const groupMemberRoutes = (
  groupOf: (tenant: Tenant, id: string) => Group,
  put: (tenant: Tenant, id: string, group: Group) => void,
): GraphRoute[] => [
  {
    method: 'POST',
    path: '/groups/{id}/members/$ref',
    permission: 'GroupMember',
    handle({ tenant, params: [id], body }) {
      const group = groupOf(tenant, id!)
      const reference = body().optionalString('@odata.id')
      if (reference === undefined) throw badRequest('Invalid URL format specified in payload.')
      put(tenant, group.id, withMembers(tenant, group, [reference]))
      return noContent
    },
  },
  {
    method: 'DELETE',
    path: '/groups/{id}/members/{id}/$ref',
    permission: 'GroupMember',
    handle({ tenant, params: [id, objectId] }) {
      const group = groupOf(tenant, id!)
      ownMembers(group)
      const member = memberOf(tenant, objectId!)
      if (!group.members.includes(member)) throw notFound('directoryObject', objectId!)
      put(tenant, group.id, { ...group, members: group.members.filter((one) => one !== member) })
      return noContent
    },
  },
]
