import { whatIsWrongWithDeviceName } from '../../domain/device-names.ts'
import type { JsonObject } from '../../protocols/json.ts'
import { isOfDomain, wrongDomain } from '../directory/paths.ts'
import type { DeploymentProfile, RegisteredDevice } from '../directory/state.ts'
import type { Tenant } from '../tenant.ts'
import {
  badRequest,
  collection,
  dateTime,
  entity,
  type GraphCall,
  type GraphRoute,
  noContent,
  notFound,
  ok,
} from './call.ts'
import { profileToJson } from './deployment-profiles.ts'

const PATH = '/deviceManagement/windowsAutopilotDeviceIdentities'
const SET = PATH.slice(1)
const permission = 'DeviceManagementServiceConfig'

function toJson({ tenant, version }: GraphCall, device: RegisteredDevice): Record<string, unknown> {
  const contact = tenant.contacts.of(device.id)
  const beta = () => {
    const { status, detailedStatus, profile } = tenant.profileOf(device)
    return {
      azureAdDeviceId: device.entraDeviceId,
      deploymentProfileAssignmentStatus: status,
      deploymentProfileAssignmentDetailedStatus: detailedStatus,
      deploymentProfileAssignedDateTime: dateTime(profile ? assignedAt(tenant, device, profile) : undefined),
      remediationState: contact.remediation,
      remediationStateLastModifiedDateTime: dateTime(contact.lastContactedAt),
      userlessEnrollmentStatus: contact.userlessEnrollment,
      deviceAccountUpn: '',
      deviceFriendlyName: '',
    }
  }
  return {
    '@odata.type': '#microsoft.graph.windowsAutopilotDeviceIdentity',
    id: device.id,
    groupTag: device.groupTag,
    purchaseOrderIdentifier: device.purchaseOrder,
    serialNumber: device.serialNumber,
    productKey: device.productKeyId,
    manufacturer: device.manufacturer,
    model: device.productName,
    enrollmentState: contact.enrollmentState,
    lastContactedDateTime: dateTime(contact.lastContactedAt),
    addressableUserName: device.addressableUserName,
    userPrincipalName: device.assignedUser,
    resourceName: '',
    skuNumber: device.sku,
    systemFamily: device.family,
    azureActiveDirectoryDeviceId: device.entraDeviceId,
    managedDeviceId: contact.managedDeviceId,
    displayName: device.displayName,
    // Working out assignments is dear, and v1.0 does not show them.
    ...(version === 'beta' ? beta() : {}),
  }
}

function deviceOf(tenant: Tenant, id: string): RegisteredDevice {
  const device = tenant.directory.now.devices.get(id)
  if (!device) throw notFound('windowsAutopilotDeviceIdentity', id)
  return device
}

/** A profile reaches a device some time after whichever came last. */
const assignedAt = ({ delays }: Tenant, device: RegisteredDevice, profile: DeploymentProfile): number =>
  Math.max(device.registeredAt, profile.lastModifiedAt) + delays.groups + delays.profiles

/** "You can't delete devices that are enrolled in Intune from Windows Autopilot": the managed device has to go first. */
function whyKept(tenant: Tenant, { id, serialNumber }: RegisteredDevice): string | undefined {
  if (tenant.contacts.of(id).managedDeviceId === '') return undefined
  return `The device ${serialNumber} is enrolled in Intune and cannot be deleted. Delete the managed device first.`
}

function remove(tenant: Tenant, { id }: RegisteredDevice): void {
  if (!tenant.registrations.isRemoved(id)) tenant.registrations.remove(id)
}

/** The user has to exist here, and the portal offers licensed ones alone. */
function upnOf(tenant: Tenant, body: JsonObject): string {
  const upn = body.string('userPrincipalName')
  if (!isOfDomain(tenant, upn)) throw badRequest(wrongDomain(tenant, upn))
  const user = tenant.directory.now.users.get(upn.toLowerCase())
  if (!user) throw badRequest(`The user '${upn}' does not exist.`)
  if (!user.licensed) throw badRequest(`The user '${upn}' has no Intune licence.`)
  return user.email
}

function onlyKnown(body: JsonObject, action: string, known: readonly string[]): void {
  const unknown = body.names.find((name) => !known.includes(name) && !name.startsWith('@odata.'))
  if (unknown === undefined) return
  throw badRequest(
    `The parameter '${unknown}' in the request payload is not a valid parameter for the operation '${action}'.`,
  )
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

/** A profile that a device has not, or is not to have, is null. */
const expanded =
  (name: 'profile' | 'intended') =>
  ({ tenant }: GraphCall, id: string) => {
    const profile = tenant.profileOf(deviceOf(tenant, id))[name]
    return profile ? profileToJson(profile) : null
  }
const expands = { deploymentProfile: expanded('profile'), intendedDeploymentProfile: expanded('intended') }

/** `windowsAutopilotDeviceIdentity`: a registered device. */
export const deviceIdentityRoutes: GraphRoute[] = [
  {
    method: 'GET',
    path: PATH,
    permission,
    refusesComparisons: true,
    expands,
    handle: (call) =>
      collection(call, [...call.tenant.directory.now.devices.values()], SET, (device) => toJson(call, device)),
  },
  {
    method: 'POST',
    path: `${PATH}/deleteDevices`,
    permission,
    handle({ tenant, body }) {
      const numbers = body().optionalStrings('serialNumbers')
      if (!numbers) throw badRequest('serialNumbers is missing')
      const value = numbers.map((serialNumber) => {
        const found = [...tenant.directory.now.devices.values()].filter(
          (device) => device.serialNumber === serialNumber,
        )
        const trouble = found.length === 0 ? 'The device is not registered.' : whyKept(tenant, found[0]!)
        if (trouble === undefined) for (const device of found) remove(tenant, device)
        return {
          serialNumber,
          deviceRegistrationId: found[0]?.id ?? '',
          deletionState: trouble === undefined ? 'accepted' : 'failed',
          errorMessage: trouble ?? '',
        }
      })
      return ok({ value })
    },
  },
  {
    method: 'GET',
    path: `${PATH}/{id}`,
    permission,
    expands,
    handle: (call) => entity(call, toJson(call, deviceOf(call.tenant, call.params[0]!)), SET),
  },
  {
    method: 'DELETE',
    path: `${PATH}/{id}`,
    permission,
    handle({ tenant, params: [id] }) {
      const device = deviceOf(tenant, id!)
      const trouble = whyKept(tenant, device)
      if (trouble !== undefined) throw badRequest(trouble)
      remove(tenant, device)
      return noContent
    },
  },
  ...(['deploymentProfile', 'intendedDeploymentProfile'] as const).map(
    (name): GraphRoute => ({
      method: 'GET',
      path: `${PATH}/{id}/${name}`,
      isBeta: true,
      permission,
      handle(call) {
        const { profile, intended } = call.tenant.profileOf(deviceOf(call.tenant, call.params[0]!))
        const wanted = name === 'deploymentProfile' ? profile : intended
        if (!wanted) throw notFound(name, call.params[0]!)
        return entity(call, profileToJson(wanted), `${SET}('${call.params[0]!}')/${name}`)
      },
    }),
  ),
  {
    method: 'POST',
    path: `${PATH}/{id}/assignUserToDevice`,
    permission,
    handle({ tenant, params: [id], body }) {
      const device = deviceOf(tenant, id!)
      const json = body()
      onlyKnown(json, 'assignUserToDevice', ['userPrincipalName', 'addressableUserName'])
      tenant.registrations.change(device.id, {
        assignedUser: upnOf(tenant, json),
        ...given(json, 'addressableUserName'),
      })
      return noContent
    },
  },
  {
    method: 'POST',
    path: `${PATH}/{id}/unassignUserFromDevice`,
    permission,
    handle({ tenant, params: [id] }) {
      tenant.registrations.change(deviceOf(tenant, id!).id, { assignedUser: '', addressableUserName: '' })
      return noContent
    },
  },
  {
    method: 'POST',
    path: `${PATH}/{id}/updateDeviceProperties`,
    permission,
    handle({ tenant, params: [id], body }) {
      const device = deviceOf(tenant, id!)
      const json = body()
      onlyKnown(json, 'updateDeviceProperties', ['userPrincipalName', 'addressableUserName', 'groupTag', 'displayName'])
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
    path: `${PATH}/{id}/allowNextEnrollment`,
    isBeta: true,
    permission,
    handle({ tenant, params: [id] }) {
      tenant.contacts.note(deviceOf(tenant, id!).id, { userlessEnrollment: 'allowed' })
      return noContent
    },
  },
]
