import { isTelling, isTellingUuid } from '../../domain/placeholders.ts'
import { decodeHardwareHash } from '../../protocols/hardware-hash/decode.ts'
import type { HardwareIdentity } from './state.ts'

/** What the service keeps of a hash. @throws DecodeError `ERR_HASH_…` */
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

/** What a service matches a device on: none of the values alone, and a placeholder not at all. That it is so is inferred [I]. */
const identifies = ({ serialNumber, smbiosUuid, endorsementKeyHash }: HardwareIdentity): boolean =>
  isTelling(serialNumber) || isTellingUuid(smbiosUuid) || endorsementKeyHash !== ''

/**
 * What makes a device the same one: its name on the outside, and its hardware. Where all of that is placeholders, its
 * product key id.
 */
export function keyOf(identity: HardwareIdentity): string {
  const { manufacturer, serialNumber, smbiosUuid, endorsementKeyHash, productKeyId } = identity
  const key = [manufacturer, serialNumber, smbiosUuid, endorsementKeyHash]
  return JSON.stringify(identifies(identity) ? key : [...key, productKeyId])
}

const nameOf = ({ manufacturer, serialNumber }: HardwareIdentity): string => `${manufacturer}\0${serialNumber}`

/** By name. A map of the directory never changes: one that has another device is another map. */
const byName = new WeakMap<ReadonlyMap<string, HardwareIdentity>, Map<string, HardwareIdentity[]>>()

/** The registrations that may be more to a device than another one, in their order: those of its manufacturer and serial number. */
export function lookAlikes<Registered extends HardwareIdentity>(
  devices: ReadonlyMap<string, Registered>,
  asking: HardwareIdentity,
): Registered[] {
  let known = byName.get(devices) as Map<string, Registered[]> | undefined
  if (!known) {
    known = new Map()
    for (const device of devices.values()) {
      const same = known.get(nameOf(device))
      if (same) same.push(device)
      else known.set(nameOf(device), [device])
    }
    byName.set(devices, known)
  }
  return known.get(nameOf(asking)) ?? []
}

/**
 * What a registration is to a device that asks: itself, the same device with another board or TPM, or another device. A
 * serial number that is a placeholder makes no two devices the same one: then a part of the hardware has to be.
 */
export function likenessOf(registered: HardwareIdentity, asking: HardwareIdentity): 'same' | 'mismatch' | 'other' {
  const { manufacturer, serialNumber, smbiosUuid, endorsementKeyHash } = asking
  if (registered.serialNumber !== serialNumber || registered.manufacturer !== manufacturer) return 'other'
  if (keyOf(registered) === keyOf(asking)) return 'same'
  const hasItsPart =
    (isTellingUuid(smbiosUuid) && registered.smbiosUuid === smbiosUuid) ||
    (endorsementKeyHash !== '' && registered.endorsementKeyHash === endorsementKeyHash)
  return isTelling(serialNumber) || hasItsPart ? 'mismatch' : 'other'
}
