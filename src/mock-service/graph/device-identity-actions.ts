import { whatIsWrongWithDeviceName } from '../../domain/device-names.ts'
import type { JsonObject } from '../../protocols/json.ts'
import { isOfDomain, wrongDomain } from '../directory/paths.ts'
import type { RegisteredDevice } from '../directory/state.ts'
import type { Tenant } from '../tenant.ts'
import { checkBody } from './body-types.ts'
import { badRequest, type GraphCall, type GraphRoute, noContent } from './call.ts'
import { DEVICES_PATH, registeredDeviceOf } from './device-identities.ts'
import { parametersOf } from './strict-body.ts'

const permission = 'DeviceManagementServiceConfig'

/** The user has to exist here, and the portal offers licensed ones alone. */
function upnOf(tenant: Tenant, body: JsonObject): string {
  const upn = body.string('userPrincipalName')
  if (!isOfDomain(tenant, upn)) throw badRequest(wrongDomain(tenant, upn))
  const user = tenant.directory.now.users.get(upn.toLowerCase())
  if (!user) throw badRequest(`The user '${upn}' does not exist.`)
  if (!user.licensed) throw badRequest(`The user '${upn}' has no Intune licence.`)
  return user.email
}

/** The parameters of an action: all of them are texts. @throws GraphError 400 for another one, or another value */
function onlyTexts(call: GraphCall, action: string, known: readonly string[]): JsonObject {
  const json = call.body()
  parametersOf(call, action, known)
  const members = Object.fromEntries(known.map((name) => [name, 'Edm.String' as const]))
  checkBody(json, { name: action, members })
  return json
}

/** As long as the portal takes; a text of a megabyte would slow down every rule that looks at it. */
const TEXT_MAX = 512

/** A field that the body leaves out stays as it is. */
const given = <Name extends keyof RegisteredDevice>(body: JsonObject, name: Name): Partial<RegisteredDevice> => {
  const value = body.optionalString(name)
  if (value !== undefined && value.length > TEXT_MAX) throw badRequest(`${name} has at most ${TEXT_MAX} characters`)
  return value === undefined ? {} : { [name]: value }
}

/** The name that the device gets; empty, it has none of its registration. @throws GraphError 400 for one that Windows does not take */
function deviceNameIn(body: JsonObject): Partial<RegisteredDevice> {
  const name = body.optionalString('displayName')
  const wrong = name === undefined || name === '' ? undefined : whatIsWrongWithDeviceName(name)
  if (wrong !== undefined) throw badRequest(`displayName ${wrong}`)
  return given(body, 'displayName')
}

/** The actions of `windowsAutopilotDeviceIdentity`. */
export const deviceIdentityActionRoutes: GraphRoute[] = [
  {
    method: 'POST',
    path: `${DEVICES_PATH}/{id}/assignUserToDevice`,
    permission,
    handle(call) {
      const { tenant } = call
      const device = registeredDeviceOf(tenant, call.params[0]!)
      const json = onlyTexts(call, 'assignUserToDevice', ['userPrincipalName', 'addressableUserName'])
      tenant.registrations.change(device.id, {
        assignedUser: upnOf(tenant, json),
        ...given(json, 'addressableUserName'),
      })
      return noContent
    },
  },
  {
    method: 'POST',
    path: `${DEVICES_PATH}/{id}/unassignUserFromDevice`,
    permission,
    handle(call) {
      const { tenant } = call
      const { id } = registeredDeviceOf(tenant, call.params[0]!)
      parametersOf(call, 'unassignUserFromDevice', [])
      tenant.registrations.change(id, { assignedUser: '', addressableUserName: '' })
      return noContent
    },
  },
  {
    method: 'POST',
    path: `${DEVICES_PATH}/{id}/updateDeviceProperties`,
    permission,
    handle(call) {
      const { tenant } = call
      const device = registeredDeviceOf(tenant, call.params[0]!)
      const known = ['userPrincipalName', 'addressableUserName', 'groupTag', 'displayName']
      const json = onlyTexts(call, 'updateDeviceProperties', known)
      const upn = json.optionalString('userPrincipalName')
      tenant.registrations.change(device.id, {
        ...(upn === undefined ? {} : { assignedUser: upnOf(tenant, json) }),
        ...given(json, 'addressableUserName'),
        ...given(json, 'groupTag'),
        ...deviceNameIn(json),
      })
      return noContent
    },
  },
  {
    method: 'POST',
    path: `${DEVICES_PATH}/{id}/allowNextEnrollment`,
    isBeta: true,
    permission,
    handle(call) {
      const { tenant } = call
      const { id } = registeredDeviceOf(tenant, call.params[0]!)
      parametersOf(call, 'allowNextEnrollment', [])
      tenant.contacts.note(id, { userlessEnrollment: 'allowed' })
      return noContent
    },
  },
]
