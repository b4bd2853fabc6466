import type { JsonObject } from '../../protocols/json.ts'
import type { EntraDevice } from '../directory/entra-device.ts'
import { groupsOf } from '../directory/groups.ts'
import type { Group } from '../directory/state.ts'
import { objectIdOf } from '../entra/token.ts'
import type { Tenant } from '../tenant.ts'
import { collection, entity, type GraphCall, GraphError, type GraphRoute, noContent } from './call.ts'
import { deviceToJson, EXTENSION_ATTRIBUTES } from './device-json.ts'
import { groupToJson } from './groups.ts'

const PATH = '/devices'
const permission = 'Device'

/** By object id, or by `deviceId` where the path says so: the one is never taken for the other. */
function deviceOf(tenant: Tenant, key: string): EntraDevice {
  const { entra } = tenant.directory
  const byDeviceId = /^deviceId='([^']*)'$/i.exec(key)?.[1]
  const device = byDeviceId === undefined ? entra.get(key) : entra.byDeviceId(byDeviceId)
  if (device) return device
  throw new GraphError(
    404,
    'Request_ResourceNotFound',
    `Resource '${key}' does not exist or one of its queried reference-property objects are not present.`,
  )
}

const invalid = (message: string): GraphError => new GraphError(400, 'Request_BadRequest', message)

/** What an application may change of a Windows device ("Update device"). */
function factsIn(json: JsonObject): Partial<EntraDevice> {
  const known = ['accountEnabled', 'displayName', 'extensionAttributes']
  const unknown = json.names.find((name) => !known.includes(name) && !name.startsWith('@odata.'))
  if (unknown !== undefined) throw invalid(`Invalid property '${unknown}'.`)
  const wrong = (name: string) => invalid(`Invalid value specified for property '${name}' of resource 'Device'.`)
  const accountEnabled = json.optionalBoolean('accountEnabled')
  const displayName = json.optionalString('displayName')
  if (json.names.includes('accountEnabled') && accountEnabled === undefined) throw wrong('accountEnabled')
  if (json.names.includes('displayName') && !displayName) throw wrong('displayName')
  const attributes = json.optionalObject('extensionAttributes')
  if (json.names.includes('extensionAttributes') && !attributes) throw wrong('extensionAttributes')
  const strange = attributes?.names.find((name) => !EXTENSION_ATTRIBUTES.includes(name))
  if (strange !== undefined) throw invalid(`Invalid property '${strange}'.`)
  return {
    ...(accountEnabled === undefined ? {} : { accountEnabled }),
    ...(displayName === undefined ? {} : { displayName }),
    ...(attributes === undefined ? {} : { extensionAttributes: textsOf(attributes) }),
  }
}

/** An attribute that is null, or empty, is taken away. */
const textsOf = (attributes: JsonObject): Record<string, string> =>
  Object.fromEntries(attributes.names.map((name) => [name, attributes.optionalString(name) ?? '']))

function change(tenant: Tenant, device: EntraDevice, facts: Partial<EntraDevice>): void {
  const merged = { ...device.extensionAttributes, ...facts.extensionAttributes }
  const extensionAttributes = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== ''))
  tenant.directory.entra.change(tenant.now(), device, { ...facts, extensionAttributes })
}

/** Groups as the service has them by now: a rule takes its time, and a listed member is there at once. */
function groupsNow(tenant: Tenant, { id }: EntraDevice): Group[] {
  const { moment } = tenant.directory
  const seen = tenant.directory.momentAt(tenant.now() - tenant.delays.groups)
  const byRule = groupsOf(seen, seen.entra.get(id)).filter(({ rule }) => rule !== undefined)
  const listed = groupsOf(moment, moment.entra.get(id)).filter(({ rule }) => rule === undefined)
  return [...byRule, ...listed].filter((group) => moment.state.groups.has(group.id))
}

function peopleOf(call: GraphCall) {
  const { tenant } = call
  const device = deviceOf(tenant, call.params[0]!)
  const user = tenant.directory.now.users.get(device.owner.toLowerCase())
  const person = user && {
    '@odata.type': '#microsoft.graph.user',
    id: objectIdOf(user),
    displayName: user.name,
    userPrincipalName: user.email,
  }
  return collection(call, person ? [person] : [], 'directoryObjects')
}

/** `device`: an object of the directory, made by a registration with Autopilot or by a join. */
export const deviceRoutes: GraphRoute[] = [
  {
    method: 'GET',
    path: PATH,
    permission,
    handle: (call) =>
      collection(call, call.tenant.directory.entra.all(), 'devices', (device) => deviceToJson(call.tenant, device)),
  },
  {
    method: 'GET',
    path: `${PATH}/{id}`,
    permission,
    handle: (call) => entity(call, deviceToJson(call.tenant, deviceOf(call.tenant, call.params[0]!)), 'devices'),
  },
  {
    method: 'PATCH',
    path: `${PATH}/{id}`,
    permission,
    handle({ tenant, params: [id], body }) {
      change(tenant, deviceOf(tenant, id!), factsIn(body()))
      return noContent
    },
  },
  {
    method: 'DELETE',
    path: `${PATH}/{id}`,
    permission,
    handle({ tenant, params: [id] }) {
      tenant.directory.entra.remove(tenant.now(), deviceOf(tenant, id!))
      return noContent
    },
  },
  ...['registeredOwners', 'registeredUsers'].map(
    (name): GraphRoute => ({ method: 'GET', path: `${PATH}/{id}/${name}`, permission, handle: peopleOf }),
  ),
  ...['memberOf', 'transitiveMemberOf'].map(
    (name): GraphRoute => ({
      method: 'GET',
      path: `${PATH}/{id}/${name}`,
      permission,
      handle(call) {
        const groups = groupsNow(call.tenant, deviceOf(call.tenant, call.params[0]!))
        return collection(call, groups.map(groupToJson), 'directoryObjects')
      },
    }),
  ),
]
