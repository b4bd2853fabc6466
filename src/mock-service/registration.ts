import type { RegistrationPath } from '../domain/tenant.ts'
import { decodeHardwareHash } from '../protocols/hardware-hash/decode.ts'
import type { HardwareIdentity, RegisteredDevice } from './directory/state.ts'
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

export interface Entry {
  identity: HardwareIdentity
  details: RegistrationDetails
}

/** Puts a device into the directory. */
export const enterDevice = (
  tenant: Tenant,
  identity: HardwareIdentity,
  details: RegistrationDetails,
): RegisteredDevice => enterDevices(tenant, [{ identity, details }], registeredAtOf(details))[0]!

const registeredAtOf = ({ registeredAt = Number.NEGATIVE_INFINITY }: RegistrationDetails): number => registeredAt

/** Puts devices into the directory that are registered at the same moment. */
export function enterDevices(tenant: Tenant, entries: readonly Entry[], at: number): RegisteredDevice[] {
  const made = entries.map(
    ({ identity, details }): RegisteredDevice => ({
      id: tenant.ids.guid(),
      ...identity,
      groupTag: details.groupTag,
      purchaseOrder: details.purchaseOrder,
      assignedUser: details.assignedUser,
      addressableUserName: '',
      displayName: '',
      path: details.path ?? 'manual',
      registeredAt: at,
    }),
  )
  // Groups may list a device by what the tenant's file calls it.
  const listed = new Map(entries.map(({ details }, index) => [details.name?.toLowerCase(), made[index]!.id]))
  tenant.directory.change(at, ({ devices, groups }) => ({
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

const hasSameName = (a: HardwareIdentity, b: HardwareIdentity): boolean =>
  a.serialNumber === b.serialNumber && a.manufacturer === b.manufacturer

const isSameHardware = (a: HardwareIdentity, b: HardwareIdentity): boolean =>
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
    tpmVendor: /VendorID:'([^']*)'/.exec(tpmVersion ?? '')?.[1]?.trim() ?? '',
  }
}
