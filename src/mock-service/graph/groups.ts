import type { UserDefinition } from '../../domain/tenant.ts'
import { DecodeError } from '../../domain/trouble.ts'
import type { JsonObject } from '../../protocols/json.ts'
import type { EntraDevice } from '../directory/entra-device.ts'
import { devicesIn } from '../directory/groups.ts'
import { readable } from '../directory/rules.ts'
import { type Group, withEntry } from '../directory/state.ts'
import { objectIdOf } from '../entra/token.ts'
import type { Tenant } from '../tenant.ts'
import {
  badRequest,
  collection,
  created,
  entity,
  type GraphCall,
  GraphError,
  type GraphRoute,
  noContent,
  notFound,
} from './call.ts'
import { deviceToJson } from './device-json.ts'
import { checkDirectoryBody, invalidValue, type TakenMembers } from './directory-body.ts'
import { groupMemberRoutes, withBoundMembers } from './group-members.ts'

const PATH = '/groups'
const permission = 'Group'

export const groupToJson = (group: Group): Record<string, unknown> => ({
  id: group.id,
  displayName: group.name,
  description: group.description === '' ? null : group.description,
  groupTypes: group.rule !== undefined ? [DYNAMIC] : [],
  mailEnabled: false,
  mailNickname: group.mailNickname ?? group.name.replace(/\W/g, ''),
  securityEnabled: true,
  membershipRule: group.rule ?? null,
  membershipRuleProcessingState: group.rule !== undefined ? 'On' : null,
})

const TAKEN: TakenMembers = {
  resource: 'Group',
  texts: ['displayName', 'description', 'mailNickname', 'membershipRule', 'membershipRuleProcessingState'],
  booleans: ['mailEnabled', 'securityEnabled'],
  others: ['groupTypes', 'members@odata.bind'],
}

const DYNAMIC = 'DynamicMembership'

/** Security groups are all that this simulation has. @returns whether it is dynamic; undefined when the body does not say @throws GraphError 400 */
function isDynamicIn(json: JsonObject): boolean | undefined {
  checkDirectoryBody(json, TAKEN)
  const { groupTypes, mailEnabled, securityEnabled } = json.members
  const types = groupTypes === undefined || groupTypes === null ? undefined : groupTypes
  if (types !== undefined && !(Array.isArray(types) && types.every((type) => type === DYNAMIC || type === 'Unified'))) {
    throw invalidValue('groupTypes', TAKEN)
  }
  if (mailEnabled === true || securityEnabled === false || types?.includes('Unified')) {
    throw badRequest('only security groups without mail are simulated')
  }
  return types?.includes(DYNAMIC)
}

/** What a body gives; left out, it stays. */
const nicknameIn = (json: JsonObject): Pick<Group, 'mailNickname'> => {
  const mailNickname = json.optionalString('mailNickname')
  return mailNickname === undefined ? {} : { mailNickname }
}

function groupOf(tenant: Tenant, id: string): Group {
  const group = tenant.directory.now.groups.get(id)
  if (!group) throw notFound('group', id)
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
function membersOf(tenant: Tenant, group: Group): Member[] {
  const { moment } = tenant.directory
  const seen = tenant.directory.momentAt(tenant.now() - tenant.delays.groups)
  // A rule that is younger has found no device yet; listed members are there at once.
  const evaluated = group.rule !== undefined ? seen.state.groups.get(group.id) : group
  const devices = evaluated ? devicesIn(group.rule !== undefined ? seen : moment, evaluated) : []
  return [
    // What has been deleted since is no member.
    ...devices.flatMap(({ id }) => moment.entra.get(id) ?? []).map((device): Member => ({ type: 'device', device })),
    ...group.members
      .flatMap((member) => moment.state.users.get(member) ?? [])
      .map((user): Member => ({ type: 'user', user })),
  ]
}

type Member = { type: 'device'; device: EntraDevice } | { type: 'user'; user: UserDefinition }

const memberToJson = (tenant: Tenant, member: Member): Record<string, unknown> =>
  member.type === 'device'
    ? deviceToJson(tenant, member.device)
    : {
        '@odata.type': '#microsoft.graph.user',
        id: objectIdOf(member.user),
        displayName: member.user.name,
        userPrincipalName: member.user.email,
      }

/** The directory shows at most 20 of what is expanded (Graph's reference [D]). */
const EXPANDED_MAX = 20

const expanded = (tenant: Tenant, id: string) =>
  membersOf(tenant, groupOf(tenant, id))
    .slice(0, EXPANDED_MAX)
    .map((member) => memberToJson(tenant, member))

const expands = {
  members: ({ tenant }: GraphCall, id: string) => expanded(tenant, id),
  transitiveMembers: ({ tenant }: GraphCall, id: string) => expanded(tenant, id),
}

/** Members of all types, or of the one that the path casts them to. */
const memberLists = ['members', 'transitiveMembers'].flatMap((name) =>
  [undefined, 'device', 'user', 'group'].map(
    (cast): GraphRoute => ({
      method: 'GET',
      path: `${PATH}/{id}/${name}${cast === undefined ? '' : `/microsoft.graph.${cast}`}`,
      permission: 'GroupMember',
      handle(call) {
        const group = groupOf(call.tenant, call.params[0]!)
        const all = membersOf(call.tenant, group)
        return collection(
          call,
          cast === undefined ? all : all.filter(({ type }) => type === cast),
          cast === undefined ? 'directoryObjects' : `${cast}s`,
          (member) => memberToJson(call.tenant, member),
        )
      },
    }),
  ),
)

/** `group`: dynamic ones by a rule, others by their members. */
export const groupRoutes: GraphRoute[] = (
  [
    {
      method: 'GET',
      path: PATH,
      expands,
      handle: (call) => collection(call, [...call.tenant.directory.now.groups.values()], 'groups', groupToJson),
    },
    {
      method: 'POST',
      path: PATH,
      handle({ tenant, body }) {
        const json = body()
        const isDynamic = isDynamicIn(json) ?? false
        const name = json.optionalString('displayName') ?? ''
        if (name === '') throw badRequest("A value is required for property 'displayName' of resource 'Group'.")
        const rule = ruleIn(json, undefined)
        if (isDynamic !== (rule !== undefined)) {
          throw badRequest('groupTypes with DynamicMembership and membershipRule belong together')
        }
        const description = json.optionalString('description') ?? ''
        const made: Group = { id: '', name, description, ...nicknameIn(json), rule, members: [] }
        const group = { ...withBoundMembers(tenant, made, json), id: tenant.ids.guid() }
        put(tenant, group.id, group)
        return created(groupToJson(group))
      },
    },
    {
      method: 'GET',
      path: `${PATH}/{id}`,
      expands,
      handle: (call) => entity(call, groupToJson(groupOf(call.tenant, call.params[0]!)), 'groups'),
    },
    {
      method: 'PATCH',
      path: `${PATH}/{id}`,
      handle({ tenant, params: [id], body }) {
        const group = groupOf(tenant, id!)
        const json = body()
        const isDynamic = isDynamicIn(json)
        if (isDynamic !== undefined && isDynamic !== (group.rule !== undefined)) {
          throw badRequest('a group cannot change between a rule and listed members in this simulation')
        }
        if (group.rule === undefined && json.optionalString('membershipRule') !== undefined) {
          throw badRequest('this group lists its members: it can have no membershipRule')
        }
        put(tenant, group.id, {
          ...withBoundMembers(tenant, group, json),
          name: json.optionalString('displayName') ?? group.name,
          description:
            json.members.description === null ? '' : (json.optionalString('description') ?? group.description),
          ...nicknameIn(json),
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
  ] satisfies Omit<GraphRoute, 'permission'>[]
)
  .map((route): GraphRoute => ({ ...route, permission }))
  .concat(memberLists, groupMemberRoutes(groupOf, put))
