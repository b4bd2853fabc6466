import { DecodeError } from '../../domain/trouble.ts'
import type { JsonObject } from '../../protocols/json.ts'
import { devicesIn } from '../directory/groups.ts'
import { readable } from '../directory/rules.ts'
import { type Group, withEntry } from '../directory/state.ts'
import { objectIdOf } from '../entra/token.ts'
import type { Tenant } from '../tenant.ts'
import { badRequest, collection, created, entity, GraphError, type GraphRoute, noContent, notFound } from './call.ts'
import { deviceToJson } from './device-json.ts'

const PATH = '/groups'
const permission = 'Group'

export const groupToJson = (group: Group): Record<string, unknown> => ({
  id: group.id,
  displayName: group.name,
  description: group.description === '' ? null : group.description,
  groupTypes: group.rule !== undefined ? ['DynamicMembership'] : [],
  mailEnabled: false,
  mailNickname: group.name.replace(/\W/g, ''),
  securityEnabled: true,
  membershipRule: group.rule ?? null,
  membershipRuleProcessingState: group.rule !== undefined ? 'On' : null,
})

function groupOf(tenant: Tenant, id: string): Group {
  const group = tenant.directory.now.groups.get(id)
  if (!group) throw new GraphError(404, 'Request_ResourceNotFound', `Resource '${id}' does not exist.`)
  return group
}

const put = (tenant: Tenant, id: string, group: Group | undefined): void =>
  tenant.directory.change(tenant.now(), ({ groups }) => ({ groups: withEntry(groups, id, group) }))

/** @throws GraphError 400 with the column of what cannot be read */
function ruleIn(json: JsonObject, before: Group['rule']): Group['rule'] {
  const text = json.optionalString('membershipRule')
  const state = json.optionalString('membershipRuleProcessingState')
  if (state !== undefined && state !== 'On' && state !== 'Paused') {
    throw badRequest(`membershipRuleProcessingState "${state}" is neither On nor Paused`)
  }
  if (state === 'Paused') throw badRequest('a rule cannot be paused in this simulation')
  if (text === undefined) return before
  try {
    return readable(text)
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    throw new GraphError(400, 'WrongDynamicGroupMembershipRule', `The membership rule is invalid: ${error.message}`)
  }
}

/** Members as the service has them by now: a rule takes its time. */
function membersOf(tenant: Tenant, group: Group): Record<string, unknown>[] {
  const { moment } = tenant.directory
  const seen = tenant.directory.momentAt(tenant.now() - tenant.delays.groups)
  // A rule that is younger has found no device yet; listed members are there at once.
  const evaluated = group.rule !== undefined ? seen.state.groups.get(group.id) : group
  const devices = evaluated ? devicesIn(group.rule !== undefined ? seen : moment, evaluated) : []
  const people = group.members.flatMap((member) => moment.state.users.get(member) ?? [])
  return [
    // What has been deleted since is no member.
    ...devices.flatMap(({ id }) => moment.entra.get(id) ?? []).map((device) => deviceToJson(tenant, device)),
    ...people.map((user) => ({
      '@odata.type': '#microsoft.graph.user',
      id: objectIdOf(user),
      displayName: user.name,
      userPrincipalName: user.email,
    })),
  ]
}

/** `group`: dynamic ones by a rule, others by their members. */
export const groupRoutes: GraphRoute[] = (
  [
    {
      method: 'GET',
      path: PATH,
      handle: (call) => collection(call, [...call.tenant.directory.now.groups.values()].map(groupToJson), 'groups'),
    },
    {
      method: 'POST',
      path: PATH,
      handle({ tenant, body }) {
        const json = body()
        const name = json.optionalString('displayName') ?? ''
        if (name === '') throw badRequest("A value is required for property 'displayName' of resource 'Group'.")
        const isDynamic = json.optionalStrings('groupTypes')?.includes('DynamicMembership') ?? false
        const rule = ruleIn(json, undefined)
        if (isDynamic !== (rule !== undefined)) {
          throw badRequest('groupTypes with DynamicMembership and membershipRule belong together')
        }
        const made = {
          id: tenant.ids.guid(),
          name,
          description: json.optionalString('description') ?? '',
          rule,
          members: [],
        }
        put(tenant, made.id, made)
        return created(groupToJson(made))
      },
    },
    {
      method: 'GET',
      path: `${PATH}/{id}`,
      handle: (call) => entity(call, groupToJson(groupOf(call.tenant, call.params[0]!)), 'groups'),
    },
    {
      method: 'PATCH',
      path: `${PATH}/{id}`,
      handle({ tenant, params: [id], body }) {
        const group = groupOf(tenant, id!)
        const json = body()
        if (group.rule === undefined && json.optionalString('membershipRule') !== undefined) {
          throw badRequest('this group lists its members: it can have no membershipRule')
        }
        put(tenant, group.id, {
          ...group,
          name: json.optionalString('displayName') ?? group.name,
          description: json.optionalString('description') ?? group.description,
          rule: ruleIn(json, group.rule),
        })
        return noContent
      },
    },
    {
      method: 'DELETE',
      path: `${PATH}/{id}`,
      handle({ tenant, params: [id] }) {
        put(tenant, groupOf(tenant, id!).id, undefined)
        return noContent
      },
    },
    ...['members', 'transitiveMembers'].map(
      (name): Omit<GraphRoute, 'permission'> => ({
        method: 'GET',
        path: `${PATH}/{id}/${name}`,
        handle(call) {
          const group = groupOf(call.tenant, call.params[0]!)
          return collection(call, membersOf(call.tenant, group), 'directoryObjects')
        },
      }),
    ),
    {
      method: 'POST',
      path: `${PATH}/{id}/members/$ref`,
      handle({ tenant, params: [id], body }) {
        const group = groupOf(tenant, id!)
        if (group.rule !== undefined) throw badRequest('the rule of a dynamic group alone decides on its members')
        const objectId = (body().optionalString('@odata.id') ?? '').split('/').at(-1) ?? ''
        const user = [...tenant.directory.now.users.values()].find((one) => objectIdOf(one) === objectId)
        const member = user ? user.email.toLowerCase() : objectId
        if (!user && !tenant.directory.entra.get(objectId)) throw notFound('directoryObject', objectId)
        if (group.members.includes(member)) throw badRequest('it is a member already')
        put(tenant, group.id, { ...group, members: [...group.members, member] })
        return noContent
      },
    },
  ] satisfies Omit<GraphRoute, 'permission'>[]
).map((route) => ({ ...route, permission }))
