import { objectIdOf } from '../entra/token.ts'
import type { ManagedDevice } from '../oma-dm/managed-device.ts'
import type { Tenant } from '../tenant.ts'
import { collection, dateTime, entity, type GraphRoute, noContent, notFound } from './call.ts'

const PATH = '/deviceManagement/managedDevices'
const SET = PATH.slice(1)
const permission = 'DeviceManagementManagedDevices'

function toJson(tenant: Tenant, { device, enrolledAt, lastSyncAt }: ManagedDevice): Record<string, unknown> {
  const { registered, upn } = device
  const user = tenant.directory.now.users.get(upn.toLowerCase())
  return {
    id: device.entDmId,
    userId: user ? objectIdOf(user) : '',
    deviceName: device.deviceName,
    managedDeviceOwnerType: 'company',
    enrolledDateTime: dateTime(enrolledAt),
    lastSyncDateTime: dateTime(lastSyncAt),
    operatingSystem: 'Windows',
    managementAgent: 'mdm',
    azureADRegistered: true,
    azureADDeviceId: device.entraDeviceId ?? '00000000-0000-0000-0000-000000000000',
    deviceEnrollmentType: upn === '' ? 'windowsAzureADJoinUsingDeviceAuth' : 'windowsAzureADJoin',
    deviceRegistrationState: 'registered',
    emailAddress: upn,
    userPrincipalName: upn,
    userDisplayName: user?.name ?? '',
    model: registered?.productName ?? '',
    manufacturer: registered?.manufacturer ?? '',
    serialNumber: registered?.serialNumber ?? '',
    managedDeviceName: device.deviceName,
  }
}

function find(tenant: Tenant, id: string): [thumbprint: string, device: ManagedDevice] {
  const found = [...tenant.state.management.managed].find(([, managed]) => managed.device.entDmId === id)
  if (!found) throw notFound('managedDevice', id)
  return found
}

/** `managedDevice`: what has enrolled. */
export const managedDeviceRoutes: GraphRoute[] = [
  {
    method: 'GET',
    path: PATH,
    permission,
    handle: (call) =>
      collection(
        call,
        [...call.tenant.state.management.managed.values()].map((device) => toJson(call.tenant, device)),
        SET,
      ),
  },
  {
    method: 'GET',
    path: `${PATH}/{id}`,
    permission,
    handle: (call) => entity(call, toJson(call.tenant, find(call.tenant, call.params[0]!)[1]), SET),
  },
  {
    method: 'DELETE',
    path: `${PATH}/{id}`,
    permission,
    handle({ tenant, params: [id] }) {
      const [thumbprint, { device }] = find(tenant, id!)
      tenant.state.management.managed.delete(thumbprint)
      const object =
        device.entraDeviceId === undefined ? undefined : tenant.directory.entra.byDeviceId(device.entraDeviceId)
      if (object) tenant.directory.entra.change(tenant.now(), object, { management: undefined })
      if (device.registered) {
        tenant.contacts.note(device.registered.id, { managedDeviceId: '', enrollmentState: 'notContacted' })
      }
      return noContent
    },
  },
]
