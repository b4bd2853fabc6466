import type { RemoteAction, TenantActions } from '../../domain/tenant-action.ts'
import type { RegisteredDevice } from '../directory/state.ts'
import type { ManagedDevice } from '../oma-dm/managed-device.ts'
import { ActionRefused, type Office } from './office.ts'

const IDENTITIES = '/deviceManagement/windowsAutopilotDeviceIdentities'
const MANAGED = '/deviceManagement/managedDevices'

function registered({ tenant, serialNumber }: Office): RegisteredDevice {
  const found = [...tenant.directory.now.devices.values()].find((device) => device.serialNumber === serialNumber)
  if (!found) throw new ActionRefused(`${serialNumber} is not registered`)
  return found
}

/** The last one that has enrolled since the device was switched on: a run is about one device. */
const enrolled = ({ tenant, since }: Office): ManagedDevice | undefined =>
  [...tenant.state.management.managed.values()].filter(({ enrolledAt }) => enrolledAt >= since).at(-1)

export function managed(office: Office): ManagedDevice {
  const found = enrolled(office)
  if (!found) throw new ActionRefused('the device has not enrolled')
  return found
}

export function register(office: Office, { groupTag = '' }: TenantActions['register']): void {
  office.ask('POST', '/deviceManagement/importedWindowsAutopilotDeviceIdentities', {
    hardwareIdentifier: office.hardwareHash(),
    serialNumber: office.serialNumber,
    groupTag,
  })
}

export const deregister = (office: Office): void => office.ask('DELETE', `${IDENTITIES}/${registered(office).id}`)

export const setGroupTag = (office: Office, groupTag: string): void =>
  office.ask('POST', `${IDENTITIES}/${registered(office).id}/updateDeviceProperties`, { groupTag })

export const allowNextEnrollment = (office: Office): void =>
  office.ask('POST', `${IDENTITIES}/${registered(office).id}/allowNextEnrollment`)

/** The object of the registration, or the one that the device has joined as. */
export function changeEntraDevice(office: Office, change: TenantActions['entraDevice']): void {
  const { entra } = office.tenant.directory
  const joined = enrolled(office)?.device.entraDeviceId
  const object = joined === undefined ? entra.get(registered(office).entraObjectId) : entra.byDeviceId(joined)
  if (!object) throw new ActionRefused('Microsoft Entra has no object of this device')
  if (change === 'delete') office.ask('DELETE', `/devices/${object.id}`)
  else office.ask('PATCH', `/devices/${object.id}`, { accountEnabled: change === 'enable' })
}

/** The action's path below the device, and its parameters. */
const REMOTE: Record<RemoteAction, { path: string; parameters?: Record<string, boolean> }> = {
  wipe: { path: 'wipe' },
  wipeKeepingEnrolment: { path: 'wipe', parameters: { keepEnrollmentData: true } },
  autopilotReset: { path: 'automaticRedeployment' },
  freshStart: { path: 'cleanWindowsDevice', parameters: { keepUserData: false } },
  freshStartKeepingUserData: { path: 'cleanWindowsDevice', parameters: { keepUserData: true } },
  retire: { path: 'retire' },
  sync: { path: 'syncDevice' },
  restart: { path: 'rebootNow' },
}

export function actOn(office: Office, action: RemoteAction): void {
  const { path, parameters } = REMOTE[action]
  office.ask('POST', `${MANAGED}/${managed(office).device.entDmId}/${path}`, parameters)
}

export const deleteManaged = (office: Office): void =>
  office.ask('DELETE', `${MANAGED}/${managed(office).device.entDmId}`)
