import {
  type EntraVersion,
  idsOfRegistration,
  newEntraDevice,
  objectIdOfDevice,
} from '../../mock-service/directory/entra-device.ts'
import type { Group, RegisteredDevice } from '../../mock-service/directory/state.ts'
import type { JoinedDevice } from '../../mock-service/entra/entra-part.ts'
import { type ManagementPart, wholeManagement } from '../../mock-service/oma-dm/management-part.ts'
import type { PackedState } from '../../mock-service/state/packed-state.ts'

/**
 * Of what the second line of a state file holds. The log is cut behind a snapshot, so that every later version has to read
 * it: what changes in `TenantState` raises this number and the state's `version`, and gets a step in `UPGRADES`.
 */
export const FORMAT = 4

export interface KeptState {
  tenant: PackedState
  chance: number[]
  now: number
}

/** From the format of its key to the next one. */
const UPGRADES: Record<number, (state: unknown) => unknown> = {
  // Orders for a person got queues of their own.
  1: (state) => {
    const { tenant } = state as { tenant: { managed: Map<string, { userPending?: unknown; chunkOf?: unknown }> } }
    for (const device of tenant.managed.values()) {
      device.userPending = new Map()
      if (device.chunkOf !== undefined) device.chunkOf = { order: device.chunkOf, user: undefined }
    }
    return state
  },
  // What a tenant remembers got a part for each slice.
  2: (state) => {
    const { tenant, ...others } = state as { tenant: Record<string, unknown> }
    const part = (...names: string[]) => Object.fromEntries(names.map((name) => [name, tenant[name]]))
    const { directory, imports } = tenant
    return {
      ...others,
      tenant: {
        version: 3,
        directory: { ...(directory as object), ...part('contacts', 'synchronisation') },
        imports,
        entra: part(
          ...['codes', 'deviceCodes', 'refreshTokens', 'joined', 'primaryTokens', 'nonces', 'proofs', 'assertions'],
        ),
        enrolment: part('webSignIns', 'acceptedTerms', 'authorities'),
        management: part('managed'),
        attestation: part('challenges'),
      },
    }
  },
  // Each device got its object in the directory, and groups list that; management got policies and the report of deployments.
  3: (state) => {
    const { tenant, ...others } = state as { tenant: Format3 }
    const { directory, entra } = tenant
    const entraDevices = new Map<string, EntraVersion[]>()
    const entraIds = new Map<string, string>()
    const put = (at: number, device: ReturnType<typeof newEntraDevice>) => {
      entraDevices.set(device.id, [{ at, device }])
      entraIds.set(device.deviceId, device.id)
    }
    const past = directory.past.map(({ at, changes: { devices, groups, ...unchanged } }) => ({
      at,
      changes: {
        ...unchanged,
        ...(devices && { devices: { ...devices, set: mapped(devices.set, (device) => withObject(device, at, put)) } }),
        ...(groups && { groups: { ...groups, set: mapped(groups.set, withObjectIds) } }),
      },
    }))
    for (const { deviceId, displayName } of entra.joined.values()) {
      const facts = { id: objectIdOfDevice(deviceId), deviceId, displayName, registrationId: undefined }
      const at = Number.NEGATIVE_INFINITY
      put(at, { ...newEntraDevice({ ...facts, createdAt: at }), trustType: 'AzureAd' })
    }
    return {
      ...others,
      tenant: {
        ...tenant,
        version: 4,
        management: wholeManagement(tenant.management),
        enrolment: { ...tenant.enrolment, rules: {} },
        directory: { ...directory, past, entraDevices, entraIds, orders: [] },
      },
    }
  },
}

interface Format3 {
  directory: {
    past: {
      at: number
      changes: { devices?: { set: Map<string, RegisteredDevice> }; groups?: { set: Map<string, Group> } }
    }[]
  }
  entra: { joined: Map<string, JoinedDevice> }
  management: ManagementPart
  enrolment: object
}

const mapped = <Value>(map: Map<string, Value>, change: (value: Value) => Value) =>
  new Map([...map].map(([key, value]) => [key, change(value)]))

function withObject(
  device: RegisteredDevice,
  createdAt: number,
  put: (at: number, device: ReturnType<typeof newEntraDevice>) => void,
): RegisteredDevice {
  const { id, deviceId } = idsOfRegistration(device.id)
  const { serialNumber: displayName, id: registrationId } = device
  put(createdAt, newEntraDevice({ id, deviceId, displayName, registrationId, createdAt }))
  return { ...device, entraObjectId: id, entraDeviceId: deviceId }
}

/** Members were e-mail addresses, and registrations. */
const withObjectIds = (group: Group): Group => ({
  ...group,
  members: group.members.map((member) => (member.includes('@') ? member : idsOfRegistration(member).id)),
})

/** A state as this version has it. @param format of the file, not greater than `FORMAT` */
export function upgraded(state: unknown, format: number): KeptState {
  let current = state
  for (let step = format; step < FORMAT; step++) current = UPGRADES[step]!(current)
  return current as KeptState
}
