import type { RegistrationPath } from '../../domain/tenant.ts'
import { idsOfRegistration, newEntraDevice } from '../directory/entra-device.ts'
import { identityOf, likenessOf, lookAlikes } from '../directory/hardware-identity.ts'
import type { Registry } from '../directory/registry.ts'
import type { HardwareIdentity, RegisteredDevice } from '../directory/state.ts'

export type { RegisteredDevice } from '../directory/state.ts'

export interface RegistrationDetails {
  groupTag: string
  purchaseOrder: string
  assignedUser: string
  /** What a tenant's file calls the device: groups may list it by this name. */
  name?: string
  path?: RegistrationPath
  /** Unix milliseconds; long ago when left out. */
  registeredAt?: number
}

/** Registers a device by its hardware hash, whatever else is registered. @throws DecodeError `ERR_HASH_…` */
export function registerDevice(
  registry: Registry,
  hardwareHash: string,
  details: RegistrationDetails,
): RegisteredDevice {
  return enterDevice(registry, identityOf(hardwareHash), details)
}

export interface Entry {
  identity: HardwareIdentity
  details: RegistrationDetails
}

/** Puts a device into the directory. */
export const enterDevice = (
  registry: Registry,
  identity: HardwareIdentity,
  details: RegistrationDetails,
): RegisteredDevice => enterDevices(registry, [{ identity, details }], registeredAtOf(details))[0]!

const registeredAtOf = ({ registeredAt = Number.NEGATIVE_INFINITY }: RegistrationDetails): number => registeredAt

/** Puts devices into the directory that are registered at the same moment. */
export function enterDevices(registry: Registry, entries: readonly Entry[], at: number): RegisteredDevice[] {
  const made = entries.map(({ identity, details }): RegisteredDevice => {
    const id = registry.ids.guid()
    const object = idsOfRegistration(id)
    return {
      id,
      ...identity,
      groupTag: details.groupTag,
      purchaseOrder: details.purchaseOrder,
      assignedUser: details.assignedUser,
      addressableUserName: '',
      displayName: '',
      path: details.path ?? 'manual',
      registeredAt: at,
      entraObjectId: object.id,
      entraDeviceId: object.deviceId,
    }
  })
  for (const { id, entraObjectId, entraDeviceId, serialNumber } of made) {
    registry.directory.entra.put(
      at,
      newEntraDevice({
        id: entraObjectId,
        deviceId: entraDeviceId,
        displayName: serialNumber,
        registrationId: id,
        createdAt: at,
      }),
    )
  }
  // Groups may list a device by what the tenant's file calls it.
  const listed = new Map(entries.map(({ details }, index) => [details.name?.toLowerCase(), made[index]!.entraObjectId]))
  registry.directory.change(at, ({ devices, groups }) => ({
    devices: new Map([...devices, ...made.map((device) => [device.id, device] as const)]),
    groups: new Map(
      [...groups].map(([id, group]) => {
        const ids = group.members.flatMap((member) => listed.get(member) ?? [])
        return [id, ids.length > 0 ? { ...group, members: [...group.members, ...ids] } : group]
      }),
    ),
  }))
  return made
}

export type Recognition =
  | { kind: 'recognised'; device: RegisteredDevice }
  | { kind: 'unknown' }
  /** Serial number and manufacturer fit a device whose hardware is another: a board was swapped. No placeholder fits. */
  | { kind: 'mismatch'; device: RegisteredDevice }

/** Finds the registration that a hash belongs to. @throws DecodeError `ERR_HASH_…` */
export function recognise(registry: Registry, hardwareHash: string): Recognition {
  const identity = identityOf(hardwareHash)
  const devices = lookAlikes(registry.directory.now.devices, identity)
  const find = (likeness: 'same' | 'mismatch') => devices.find((device) => likenessOf(device, identity) === likeness)
  const same = find('same')
  if (same) return { kind: 'recognised', device: same }
  const other = find('mismatch')
  return other ? { kind: 'mismatch', device: other } : { kind: 'unknown' }
}
