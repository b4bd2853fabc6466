import { decodeHardwareHash } from '../protocols/hardware-hash/decode.ts'
import type { Tenant } from './tenant.ts'

/** A `windowsAutopilotDeviceIdentity`. */
export interface RegisteredDevice {
  /** ZtdRegistrationId. */
  id: string
  manufacturer: string
  productName: string
  serialNumber: string
  smbiosUuid: string
  productKeyId: string
  /** Hexadecimal SHA-256 of the endorsement key, when the device was registered by its hash. */
  endorsementKeyHash: string
  groupTag: string
  purchaseOrder: string
  assignedUser: string
}

export interface RegistrationDetails {
  groupTag: string
  purchaseOrder: string
  assignedUser: string
}

/** Registers a device by its hardware hash, as an administrator's import does. @throws DecodeError `ERR_HASH_…` */
export function registerDevice(tenant: Tenant, hardwareHash: string, details: RegistrationDetails): RegisteredDevice {
  const identity = identityOf(hardwareHash)
  const device = { id: tenant.ids.guid(), ...identity, ...details }
  tenant.registered.push(device)
  return device
}

export type Recognition =
  | { kind: 'recognised'; device: RegisteredDevice }
  | { kind: 'unknown' }
  /** Serial number or product key fits a device whose hardware is another: a board was swapped. */
  | { kind: 'mismatch'; device: RegisteredDevice }

/** Finds the registration that a hash belongs to. @throws DecodeError `ERR_HASH_…` */
export function recognise(tenant: Tenant, hardwareHash: string): Recognition {
  const identity = identityOf(hardwareHash)
  const device = tenant.registered.find((known) => known.serialNumber === identity.serialNumber)
  if (!device || device.manufacturer !== identity.manufacturer) return { kind: 'unknown' }
  const isSame = device.smbiosUuid === identity.smbiosUuid && device.endorsementKeyHash === identity.endorsementKeyHash
  return isSame ? { kind: 'recognised', device } : { kind: 'mismatch', device }
}

function identityOf(hardwareHash: string) {
  const report = decodeHardwareHash(hardwareHash)
  const { offlineDeviceId } = report
  return {
    manufacturer: report.manufacturer ?? '',
    productName: report.productName ?? '',
    serialNumber: report.serialNumber ?? '',
    smbiosUuid: report.smbiosUuid ?? '',
    productKeyId: report.productKeyId ?? '',
    endorsementKeyHash: offlineDeviceId ? Buffer.from(offlineDeviceId.id).toString('hex') : '',
  }
}
