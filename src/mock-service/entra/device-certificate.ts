import { octetString } from '../../protocols/der/writer.ts'
import type { Extension } from '../../protocols/x509/extensions.ts'

/** Whose a device is, as its certificate tells. A device that joins without a person has no user. */
export interface DeviceIdentity {
  deviceId: string
  userId?: string | undefined
  tenantId: string
}

const DIRECTORY_OBJECT = '1.2.840.113556.1.5.284'

/**
 * The directory's own extensions. The arc is that of [MS-DVRJ] (1 to 4); which number is whose, and that the cloud has tenant (5) and
 * kind of join (7, "1" a join) besides, is observed in its certificates.
 */
export const deviceExtensions = ({ deviceId, userId, tenantId }: DeviceIdentity): Extension[] => [
  objectExtension(2, guidBytes(deviceId)),
  ...(userId === undefined ? [] : [objectExtension(3, guidBytes(userId))]),
  objectExtension(5, guidBytes(tenantId)),
  objectExtension(7, Buffer.from('1')),
]

const objectExtension = (arc: number, value: Uint8Array): Extension => ({
  oid: `${DIRECTORY_OBJECT}.${arc}`,
  value: octetString(value),
})

/** A GUID as Windows has it in memory ([MS-DTYP] 2.3.4.2): the first three fields little-endian. */
function guidBytes(guid: string): Uint8Array {
  const bytes = Buffer.from(guid.replaceAll('-', ''), 'hex')
  bytes.subarray(0, 4).reverse()
  bytes.subarray(4, 6).reverse()
  bytes.subarray(6, 8).reverse()
  return new Uint8Array(bytes)
}
