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
