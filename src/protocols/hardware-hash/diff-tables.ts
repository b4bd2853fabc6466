import { diskSerialText, type HardwareReport } from './report.ts'

/** The part of a device that a field tells of. */
export type Area =
  | 'time'
  | 'software'
  | 'licence'
  | 'board'
  | 'product'
  | 'tpm'
  | 'disk'
  | 'network'
  | 'memory'
  | 'processor'
  | 'display'
  | 'other'

const AREAS: readonly [Area, readonly string[]][] = [
  ['time', ['OsSystemTime', 'OsLocalTime']],
  ['software', ['ToolVersion', 'ToolBuild', 'OSType', 'OsCpuArchitecture', 'OsBuild']],
  ['licence', ['ProductKeyID', 'ProductKeyPkPn']],
  ['board', ['SmbiosUuid', 'SmbiosSystemSerialNumber']],
  ['board', ['SmbiosBoardManufacturer', 'SmbiosBoardProduct', 'SmbiosBoardVersion']],
  ['product', ['SmbiosSystemManufacturer', 'SmbiosSystemProductName', 'SmbiosSkuNumber', 'SmbiosSystemFamily']],
  [
    'product',
    ['SmbiosSystemVersion', 'SmbiosFirmwareVendor', 'ChassisType', 'PowerPlatformRole', 'OpticalDrive', 'Touch'],
  ],
  ['tpm', ['TPMVersion', 'EkPubHash', 'OfflineDeviceId', 'OfflineDeviceIdType', 'OfflineDeviceIdStatus']],
  ['disk', ['DiskCapacity', 'DiskBusType', 'DiskSeekPenalty', 'DiskTrim', 'DiskSerialNumber', 'DiskSSNKernel']],
  ['network', ['MacAddress']],
  ['memory', ['TotalPhysicalRAM', 'SmbiosRamMaximumCapacity', 'SmbiosRamSlots', 'SmbiosRamArrayCount']],
  ['memory', ['SmbiosRamErrorCorrection']],
  ['processor', ['ProcessorPackages', 'ProcessorCores', 'ProcessorThreads', 'ProcessorHyperThreading']],
  ['processor', ['ProcessorManufacturer', 'ProcessorModel']],
  ['display', ['DisplaySize', 'DisplayResolution', 'DisplayOutput', 'PanelSize', 'GpuDedicatedVideoMemory']],
  ['display', ['GpuDedicatedSystemMemory', 'GpuRemovalPolicy', 'GpuInLocalMachineContainer', 'GpuName']],
]

const AREA_BY_FIELD = new Map(AREAS.flatMap(([area, fields]) => fields.map((field) => [field, area] as const)))

export const areaOf = (field: string): Area => AREA_BY_FIELD.get(field) ?? 'other'

const one = (value: string | undefined): string[] => (value ? [value] : [])
const hexOf = (bytes: Uint8Array | undefined): string | undefined => bytes && Buffer.from(bytes).toString('hex')

/** Fields by which a device is known (device-identity.md section 1.7); the unique ones belong to a single device. */
export const IDENTITY_FIELDS: readonly {
  field: string
  isUnique: boolean
  values(report: HardwareReport): string[]
}[] = [
  { field: 'SmbiosUuid', isUnique: true, values: (report) => one(report.smbiosUuid) },
  { field: 'SmbiosSystemSerialNumber', isUnique: true, values: (report) => one(report.serialNumber) },
  { field: 'EkPubHash', isUnique: true, values: (report) => one(hexOf(report.ekPublicModulus)) },
  { field: 'MacAddress', isUnique: true, values: (report) => report.adapters.map(({ mac }) => mac) },
  {
    field: 'DiskSerialNumber',
    isUnique: true,
    values: (report) => (report.diskSerial?.serial ? [diskSerialText(report.diskSerial)] : []),
  },
  { field: 'ProductKeyID', isUnique: true, values: (report) => one(report.productKeyId) },
  { field: 'SmbiosSystemManufacturer', isUnique: false, values: (report) => one(report.manufacturer) },
  { field: 'SmbiosSystemProductName', isUnique: false, values: (report) => one(report.productName) },
]
