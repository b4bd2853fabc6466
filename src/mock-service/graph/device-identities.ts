import type { JsonObject } from '../../protocols/json.ts'
import { isOfDomain, wrongDomain } from '../directory/paths.ts'
import { type RegisteredDevice, withEntry } from '../directory/state.ts'
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
    const { status, detailedStatus } = tenant.profileOf(device)
    return {
      azureAdDeviceId: contact.entraDeviceId,
      deploymentProfileAssignmentStatus: status,
      deploymentProfileAssignmentDetailedStatus: detailedStatus,
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
    azureActiveDirectoryDeviceId: contact.entraDeviceId,
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

function change(tenant: Tenant, id: string, facts: Partial<RegisteredDevice>): void {
  const device = deviceOf(tenant, id)
  tenant.directory.change(tenant.now(), ({ devices }) => ({ devices: withEntry(devices, id, { ...device, ...facts }) }))
}

function remove(tenant: Tenant, id: string): void {
  tenant.directory.change(tenant.now(), ({ devices }) => ({ devices: withEntry(devices, id, undefined) }))
  tenant.contacts.forget(id)
}

function upnOf(tenant: Tenant, body: JsonObject): string {
  const upn = body.string('userPrincipalName')
  if (!isOfDomain(tenant, upn)) throw badRequest(wrongDomain(tenant, upn))
  return upn
}

/** As long as the portal takes; a text of a megabyte would slow down every rule that looks at it. */
const TEXT_MAX = 512

/** A field that the body leaves out stays as it is. */
const given = <Name extends keyof RegisteredDevice>(body: JsonObject, name: Name): Partial<RegisteredDevice> => {
  const value = body.optionalString(name)
  if (value !== undefined && value.length > TEXT_MAX) throw badRequest(`${name} has at most ${TEXT_MAX} characters`)
  return value === undefined ? {} : { [name]: value }
}

/** `windowsAutopilotDeviceIdentity`: a registered device. */
export const deviceIdentityRoutes: GraphRoute[] = [
  {
    method: 'GET',
    path: PATH,
    permission,
    handle: (call) =>
      collection(
        call,
        [...call.tenant.directory.now.devices.values()].map((device) => toJson(call, device)),
        SET,
      ),
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
        for (const { id } of found) remove(tenant, id)
        return {
          serialNumber,
          deviceRegistrationId: found[0]?.id ?? '',
          deletionState: found.length > 0 ? 'completed' : 'failed',
          errorMessage: found.length > 0 ? '' : 'The device is not registered',
        }
      })
      return ok({ value })
    },
  },
  {
    method: 'GET',
    path: `${PATH}/{id}`,
    permission,
    handle: (call) => entity(call, toJson(call, deviceOf(call.tenant, call.params[0]!)), SET),
  },
  {
    method: 'DELETE',
    path: `${PATH}/{id}`,
    permission,
    handle({ tenant, params: [id] }) {
      deviceOf(tenant, id!)
      remove(tenant, id!)
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
      const json = body()
      change(tenant, id!, { assignedUser: upnOf(tenant, json), ...given(json, 'addressableUserName') })
      return noContent
    },
  },
  {
    method: 'POST',
    path: `${PATH}/{id}/unassignUserFromDevice`,
    permission,
    handle({ tenant, params: [id] }) {
      change(tenant, id!, { assignedUser: '', addressableUserName: '' })
      return noContent
    },
  },
  {
    method: 'POST',
    path: `${PATH}/{id}/updateDeviceProperties`,
    permission,
    handle({ tenant, params: [id], body }) {
      const json = body()
      const upn = json.optionalString('userPrincipalName')
      change(tenant, id!, {
        ...(upn === undefined ? {} : { assignedUser: upnOf(tenant, json) }),
        ...given(json, 'addressableUserName'),
        ...given(json, 'groupTag'),
        ...given(json, 'displayName'),
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
