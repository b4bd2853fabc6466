import type { EntraDevice } from '../directory/entra-device.ts'
import { directoryDeviceOf, INTUNE_APPLICATION } from '../directory/groups.ts'
import type { Tenant } from '../tenant.ts'
import { dateTime } from './call.ts'

export const EXTENSION_ATTRIBUTES = Array.from({ length: 15 }, (_, index) => `extensionAttribute${index + 1}`)

/** A device object of the directory. */
export function deviceToJson(tenant: Tenant, device: EntraDevice): Record<string, unknown> {
  const { management, extensionAttributes } = device
  const isManaged = management !== undefined
  return {
    '@odata.type': '#microsoft.graph.device',
    id: device.id,
    deletedDateTime: null,
    accountEnabled: device.accountEnabled,
    approximateLastSignInDateTime: device.joinedAt === undefined ? null : dateTime(device.joinedAt),
    createdDateTime: dateTime(device.createdAt),
    deviceCategory: null,
    deviceId: device.deviceId,
    deviceOwnership: isManaged ? 'Company' : null,
    deviceVersion: 2,
    displayName: device.displayName,
    enrollmentProfileName: management?.enrollmentProfileName || null,
    enrollmentType: isManaged ? (device.owner === '' ? 'AzureDomainJoinedUsingDeviceAuth' : 'AzureDomainJoined') : null,
    isCompliant: isManaged ? true : null,
    isManaged: isManaged ? true : null,
    isRooted: isManaged ? false : null,
    managementType: isManaged ? 'MDM' : null,
    manufacturer: management?.manufacturer ?? null,
    mdmAppId: isManaged ? INTUNE_APPLICATION : null,
    model: management?.model ?? null,
    onPremisesSyncEnabled: null,
    operatingSystem: 'Windows',
    operatingSystemVersion: device.osVersion || null,
    physicalIds: directoryDeviceOf(tenant.directory.moment, device).devicePhysicalIds,
    profileType: 'RegisteredDevice',
    registrationDateTime: device.joinedAt === undefined ? null : dateTime(device.joinedAt),
    systemLabels: [],
    trustType: device.trustType || null,
    extensionAttributes: Object.fromEntries(
      EXTENSION_ATTRIBUTES.map((name) => [name, extensionAttributes[name] ?? null]),
    ),
  }
}
