import { isTelling, isTellingUuid } from '../../domain/placeholders.ts'
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
  ['network', ['MacAddress', 'NetworkMedium', 'NetworkEnumerator']],
  ['memory', ['TotalPhysicalRAM', 'SmbiosRamMaximumCapacity', 'SmbiosRamSlots', 'SmbiosRamArrayCount']],
  ['memory', ['SmbiosRamErrorCorrection']],
  ['processor', ['ProcessorPackages', 'ProcessorCores', 'ProcessorThreads', 'ProcessorHyperThreading']],
  ['processor', ['ProcessorArchitecture', 'ProcessorManufacturer', 'ProcessorModel']],
  ['display', ['DisplaySize', 'DisplayResolution', 'DisplayOutput', 'PanelSize', 'GpuDedicatedVideoMemory']],
  ['display', ['GpuDedicatedSystemMemory', 'GpuRemovalPolicy', 'GpuInLocalMachineContainer', 'GpuName']],
]

const AREA_BY_FIELD = new Map(AREAS.flatMap(([area, fields]) => fields.map((field) => [field, area] as const)))

export const areaOf = (field: string): Area => AREA_BY_FIELD.get(field) ?? 'other'

const hexOf = (bytes: Uint8Array | undefined): string | undefined => bytes && Buffer.from(bytes).toString('hex')

/** The value, unless the maker left it empty or as a placeholder: other devices have the same then. */
const filled = (value: string | undefined): string[] => (value !== undefined && isTelling(value) ? [value] : [])

/** Neither all zeros nor a group address. */
const isAdapterAddress = (mac: string): boolean => !/^[0:]+$/.test(mac) && (Number.parseInt(mac, 16) & 1) === 0

interface IdentityField {
  field: string
  isUnique: boolean
  /** Those that say something of the device: no placeholders. */
  values(report: HardwareReport): string[]
}

/** Fields by which a device is known (device-identity.md section 1.7); the unique ones belong to a single device. */
export const IDENTITY_FIELDS: readonly IdentityField[] = [
  {
    field: 'SmbiosUuid',
    isUnique: true,
    values: ({ smbiosUuid: uuid }) => (uuid !== undefined && isTellingUuid(uuid) ? [uuid] : []),
  },
  { field: 'SmbiosSystemSerialNumber', isUnique: true, values: (report) => filled(report.serialNumber) },
  {
    field: 'EkPubHash',
    isUnique: true,
    values: (report) => (report.ekPublicModulus?.length ? [hexOf(report.ekPublicModulus)!] : []),
  },
  {
    field: 'MacAddress',
    isUnique: true,
    values: (report) => report.adapters.map(({ mac }) => mac).filter(isAdapterAddress),
  },
  {
    field: 'DiskSerialNumber',
    isUnique: true,
    values: ({ diskSerial }) =>
      diskSerial && filled(diskSerial.serial).length > 0 ? [diskSerialText(diskSerial)] : [],
  },
  { field: 'ProductKeyID', isUnique: true, values: (report) => filled(report.productKeyId) },
  { field: 'SmbiosSystemManufacturer', isUnique: false, values: (report) => filled(report.manufacturer) },
  { field: 'SmbiosSystemProductName', isUnique: false, values: (report) => filled(report.productName) },
]

/** What became of the values that identify a device: `absent` where neither report has one. */
export type Fate = 'absent' | 'same' | 'changed' | 'gone' | 'new'

export function identityFate(field: string, before: HardwareReport, after: HardwareReport): Fate {
  const { values } = IDENTITY_FIELDS.find((candidate) => candidate.field === field)!
  const [was, is] = [values(before).sort(), values(after).sort()]
  if (was.length === 0) return is.length === 0 ? 'absent' : 'new'
  if (is.length === 0) return 'gone'
  return was.join() === is.join() ? 'same' : 'changed'
}

export interface FieldChange {
  record: number
  field: string
  area: Area
  /** Left out where only the second report has it; several values of a field are in one text. */
  before?: string
  after?: string
}

/**
 * `same`: nothing at all, or nothing but the time of the capture. `updated`: nothing that identifies the device.
 * `changed`: it is the device with other parts. `other`: the two have no unique value in common. `unknown`: one has none
 * that says anything.
 */
export type DiffVerdict = 'same' | 'updated' | 'changed' | 'other' | 'unknown'
