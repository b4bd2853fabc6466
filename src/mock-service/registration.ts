import type { RegistrationPath } from '../domain/tenant.ts'
import { decodeHardwareHash } from '../protocols/hardware-hash/decode.ts'
import { type HardwareIdentity, type RegisteredDevice, withEntry } from './directory/state.ts'
import type { Tenant } from './tenant.ts'

export type { RegisteredDevice } from './directory/state.ts'

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
export function registerDevice(tenant: Tenant, hardwareHash: string, details: RegistrationDetails): RegisteredDevice {
  return enterDevice(tenant, identityOf(hardwareHash), details)
}

/** Puts a device into the directory. */
export function enterDevice(
  tenant: Tenant,
  identity: HardwareIdentity,
  { name, path = 'manual', registeredAt = Number.NEGATIVE_INFINITY, ...details }: RegistrationDetails,
): RegisteredDevice {
  const device: RegisteredDevice = {
    id: tenant.ids.guid(),
    ...identity,
    ...details,
    addressableUserName: '',
    displayName: '',
    path,
    registeredAt,
  }
  const listed = name?.toLowerCase()
  tenant.directory.change(registeredAt, ({ devices, groups }) => ({
    devices: withEntry(devices, device.id, device),
    groups: new Map(
      [...groups].map(([id, group]) =>
        listed !== undefined && group.members.includes(listed)
          ? [id, { ...group, members: [...group.members, device.id] }]
          : [id, group],
      ),
    ),
  }))
  return device
}

export type Recognition =
  | { kind: 'recognised'; device: RegisteredDevice }
  | { kind: 'unknown' }
  /** Serial number and manufacturer fit a device whose hardware is another: a board was swapped. */
  | { kind: 'mismatch'; device: RegisteredDevice }

/** Finds the registration that a hash belongs to. @throws DecodeError `ERR_HASH_…` */
export function recognise(tenant: Tenant, hardwareHash: string): Recognition {
  const identity = identityOf(hardwareHash)
  const candidates = [...tenant.directory.now.devices.values()].filter((device) => hasSameName(device, identity))
  const same = candidates.find((device) => isSameHardware(device, identity))
  if (same) return { kind: 'recognised', device: same }
  const [other] = candidates
  return other ? { kind: 'mismatch', device: other } : { kind: 'unknown' }
}

export const hasSameName = (a: HardwareIdentity, b: HardwareIdentity): boolean =>
  a.serialNumber === b.serialNumber && a.manufacturer === b.manufacturer

export const isSameHardware = (a: HardwareIdentity, b: HardwareIdentity): boolean =>
  a.smbiosUuid === b.smbiosUuid && a.endorsementKeyHash === b.endorsementKeyHash

/** @throws DecodeError `ERR_HASH_…` */
export function identityOf(hardwareHash: string): HardwareIdentity {
  const report = decodeHardwareHash(hardwareHash)
  const { offlineDeviceId, tpmVersion } = report
  return {
    manufacturer: report.manufacturer ?? '',
    productName: report.productName ?? '',
    serialNumber: report.serialNumber ?? '',
    smbiosUuid: report.smbiosUuid ?? '',
    productKeyId: report.productKeyId ?? '',
    endorsementKeyHash: offlineDeviceId ? Buffer.from(offlineDeviceId.id).toString('hex') : '',
    sku: report.sku ?? '',
    family: report.family ?? '',
    tpmVersion: /^TPM-Version:(\d\.\d)/.exec(tpmVersion ?? '')?.[1] ?? '',
  }
}
