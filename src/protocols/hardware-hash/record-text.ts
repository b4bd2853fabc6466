/** Names of record types (device-identity.md section 1.3): oa3tool's where it has one, else plain ones of ours. */
const RECORD_NAMES: ReadonlyMap<number, string> = new Map([
  [1, 'tool header'],
  [2, 'processor counts'],
  [3, 'processor vendor'],
  [4, 'ProcessorModel'],
  [5, 'memory'],
  [6, 'disk'],
  [7, 'DiskSerialNumber'],
  [8, 'network adapter'],
  [9, 'display'],
  [10, 'enclosure'],
  [11, 'OfflineDeviceId'],
  [12, 'SmbiosUuid'],
  [13, 'TPMVersion'],
  [14, 'SmbiosSystemSerialNumber'],
  [15, 'SmbiosFirmwareVendor'],
  [16, 'SmbiosSystemManufacturer'],
  [17, 'SmbiosSystemProductName'],
  [18, 'SmbiosSkuNumber'],
  [19, 'SmbiosSystemFamily'],
  [20, 'board manufacturer'],
  [21, 'board product'],
  [22, 'board version'],
  [23, 'system version'],
  [24, 'ProductKeyID'],
  [25, 'EKPub'],
  [26, 'ProductKeyPkPn'],
  [27, 'panel size'],
  [28, 'DiskSSNKernel'],
  [29, 'GPU memory'],
  [30, 'GPU name'],
])

/** `record 17 (SmbiosSystemProductName) at byte 340`. */
export const recordPlace = (type: number, offset: number): string => {
  const name = RECORD_NAMES.get(type)
  return `record ${type}${name === undefined ? '' : ` (${name})`} at byte ${offset}`
}
