import type { DeploymentProfile, RegisteredDevice } from '../directory/state.ts'
import type { Tenant } from '../tenant.ts'
import { checkParameters } from './body-types.ts'
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

export const DEVICES_PATH = '/deviceManagement/windowsAutopilotDeviceIdentities'
const SET = DEVICES_PATH.slice(1)
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

export function registeredDeviceOf(tenant: Tenant, id: string): RegisteredDevice {
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

/** A profile that a device has not, or is not to have, is null. */
const expanded =
  (name: 'profile' | 'intended') =>
  ({ tenant }: GraphCall, id: string) => {
    const profile = tenant.profileOf(registeredDeviceOf(tenant, id))[name]
    return profile ? profileToJson(profile) : null
  }
const expands = { deploymentProfile: expanded('profile'), intendedDeploymentProfile: expanded('intended') }

/** `windowsAutopilotDeviceIdentity`: a registered device. */
export const deviceIdentityRoutes: GraphRoute[] = [
  {
    method: 'GET',
    path: DEVICES_PATH,
    permission,
    refusesComparisons: true,
    expands,
    handle: (call) =>
      collection(call, [...call.tenant.directory.now.devices.values()], SET, (device) => toJson(call, device)),
  },
  {
    method: 'POST',
    path: `${DEVICES_PATH}/deleteDevices`,
    permission,
    handle(call) {
      const { tenant } = call
      const json = call.body()
      if (json.names.length > 0) checkParameters(json, 'deleteDevices', { serialNumbers: { listOf: 'Edm.String' } })
      const numbers = json.optionalStrings('serialNumbers')
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
    path: `${DEVICES_PATH}/{id}`,
    permission,
    expands,
    handle: (call) => entity(call, toJson(call, registeredDeviceOf(call.tenant, call.params[0]!)), SET),
  },
  {
    method: 'DELETE',
    path: `${DEVICES_PATH}/{id}`,
    permission,
    handle({ tenant, params: [id] }) {
      const device = registeredDeviceOf(tenant, id!)
      const trouble = whyKept(tenant, device)
      if (trouble !== undefined) throw badRequest(trouble)
      remove(tenant, device)
      return noContent
    },
  },
  ...(['deploymentProfile', 'intendedDeploymentProfile'] as const).map(
    (name): GraphRoute => ({
      method: 'GET',
      path: `${DEVICES_PATH}/{id}/${name}`,
      isBeta: true,
      permission,
      handle(call) {
        const { profile, intended } = call.tenant.profileOf(registeredDeviceOf(call.tenant, call.params[0]!))
        const wanted = name === 'deploymentProfile' ? profile : intended
        if (!wanted) throw notFound(name, call.params[0]!)
        return entity(call, profileToJson(wanted), `${SET}('${call.params[0]!}')/${name}`)
      },
    }),
  ),
]
