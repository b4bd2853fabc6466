import { createHash } from 'node:crypto'
import { readTpmVersionText } from '../tpm/read-version-text.ts'
import { tpmFirmwareText } from '../tpm/version-text.ts'
import * as codes from './codes.ts'
import { diskSerialText, type HardwareReport, type ToolHeader } from './report.ts'

/** One line of the report as people, diffs and XML read it. */
export interface FieldRow {
  /** Record type. */
  record: number
  /** `oa3tool`'s name where one is known (device-identity.md section 1.7), else one of ours in the same manner. */
  name: string
  value: string
  /** What a number or a text means. */
  meaning?: string
}

type Draft = [record: number, name: string, value: string | number | undefined, meaning?: string | undefined]

/** Every field of a report, in the order of its records; what it does not hold is left out. */
export function fieldRows(report: HardwareReport): FieldRow[] {
  const drafts: Draft[] = [
    ...(report.tool ? toolRows(report.tool) : []),
    ...processorRows(report),
    ...storageRows(report),
    ...report.adapters.map(({ mac, medium, enumerator }): Draft => {
      const meaning = [codes.MEDIA[medium] ?? `medium ${medium}`, enumerator].filter(Boolean).join(', ')
      return [8, 'MacAddress', mac, meaning]
    }),
    ...displayRows(report),
    ...identityRows(report),
    ...graphicsRows(report),
    ...report.unknown.map(
      ({ type, payload }): Draft => [type, `Record${type}`, hex(payload), `${payload.length} bytes`],
    ),
  ]
  return drafts.flatMap(([record, name, value, meaning]) =>
    value === undefined ? [] : [{ record, name, value: String(value), ...(meaning === undefined ? {} : { meaning }) }],
  )
}

const toolRows = (tool: ToolHeader): Draft[] => [
  [1, 'ToolVersion', tool.toolVersion],
  [1, 'ToolBuild', tool.toolBuild],
  [1, 'OSType', codes.OS_TYPES[tool.osType] ?? tool.osType],
  [1, 'OsCpuArchitecture', codes.ARCHITECTURES[tool.architecture] ?? tool.architecture],
  [1, 'OsBuild', tool.osBuild],
  [1, 'OsSystemTime', timeText(tool.time)],
  [1, 'OsLocalTime', localTimeText(tool), tool.utcOffsetQuarters === null ? 'no offset set' : undefined],
]

function processorRows({ cpu, cpuVendor, processorModel, memory }: HardwareReport): Draft[] {
  return [
    [2, 'ProcessorPackages', cpu?.packages],
    [2, 'ProcessorCores', cpu?.cores],
    [2, 'ProcessorThreads', cpu?.threads],
    [2, 'ProcessorHyperThreading', cpu && Number(cpu.hyperThreading)],
    [5, 'TotalPhysicalRAM', memory?.gb, 'GB'],
    [5, 'SmbiosRamMaximumCapacity', memory?.maxGb, 'GB'],
    [5, 'SmbiosRamSlots', memory?.slots],
    [5, 'SmbiosRamArrayCount', memory?.arrays],
    [5, 'SmbiosRamErrorCorrection', memory?.errorCorrection, memory && codes.ERROR_CORRECTIONS[memory.errorCorrection]],
    [3, 'ProcessorManufacturer', cpuVendor],
    [4, 'ProcessorModel', processorModel],
  ]
}

const FLAGS: Readonly<Record<number, string>> = { 0: 'no', 1: 'yes', 255: 'unknown' }

function storageRows({ disk, diskSerial }: HardwareReport): Draft[] {
  return [
    [6, 'DiskCapacity', disk?.gb, 'GB, decimal'],
    [6, 'DiskBusType', disk?.busType, disk && codes.BUS_TYPES[disk.busType]],
    [6, 'DiskSeekPenalty', disk?.seekPenalty, disk && FLAGS[disk.seekPenalty]],
    [6, 'DiskTrim', disk?.trim, disk && FLAGS[disk.trim]],
    [7, 'DiskSerialNumber', diskSerial && diskSerialText(diskSerial), 'serial|product|vendor'],
  ]
}

function displayRows({ display, panelCm, enclosure }: HardwareReport): Draft[] {
  const touch = codes.TOUCH_BITS.filter(([bit]) => enclosure && (enclosure.touch & bit) !== 0).map(([, name]) => name)
  return [
    [9, 'DisplaySize', display && `${display.widthMm}x${display.heightMm}`, 'mm'],
    [9, 'DisplayResolution', display && `${display.widthPx}x${display.heightPx}`, 'pixels'],
    [9, 'DisplayOutput', display && `0x${display.outputTechnology.toString(16)}`, outputMeaning(display)],
    [27, 'PanelSize', panelCm && `${panelCm.width}x${panelCm.height}`, 'cm'],
    [10, 'ChassisType', enclosure?.chassisType, enclosure && codes.CHASSIS_TYPES[enclosure.chassisType]],
    [10, 'PowerPlatformRole', enclosure?.powerRole, enclosure && codes.POWER_ROLES[enclosure.powerRole]],
    [10, 'OpticalDrive', enclosure?.opticalDrive],
    [10, 'Touch', enclosure && `0x${enclosure.touch.toString(16).padStart(2, '0')}`, touch.join(', ') || 'none'],
  ]
}

const outputMeaning = (display: HardwareReport['display']) =>
  display && codes.OUTPUT_TECHNOLOGIES[display.outputTechnology]

function identityRows(report: HardwareReport): Draft[] {
  const { ekPublicModulus: ek, offlineDeviceId: id } = report
  return [
    [13, 'TPMVersion', report.tpmVersion, firmwareMeaning(report.tpmVersion)],
    // How `oa3tool` writes this one is not known: hexadecimal is our choice [?].
    [25, 'EkPubHash', ek && sha256(ek), `SHA-256 of ${ek?.length} bytes`],
    [11, 'OfflineDeviceId', id && hex(id.id), id && codes.ID_TYPES[id.idType]],
    [11, 'OfflineDeviceIdType', id?.idType],
    [11, 'OfflineDeviceIdStatus', id?.status],
    [12, 'SmbiosUuid', report.smbiosUuid],
    [14, 'SmbiosSystemSerialNumber', report.serialNumber],
    [15, 'SmbiosFirmwareVendor', report.firmwareVendor],
    [16, 'SmbiosSystemManufacturer', report.manufacturer],
    [17, 'SmbiosSystemProductName', report.productName],
    [18, 'SmbiosSkuNumber', report.sku],
    [19, 'SmbiosSystemFamily', report.family],
    [23, 'SmbiosSystemVersion', report.systemVersion],
    [20, 'SmbiosBoardManufacturer', report.boardManufacturer],
    [21, 'SmbiosBoardProduct', report.boardProduct],
    [22, 'SmbiosBoardVersion', report.boardVersion],
    [24, 'ProductKeyID', report.productKeyId],
    [26, 'ProductKeyPkPn', report.productKeyPartNumber],
    [28, 'DiskSSNKernel', report.systemDiskSerial],
  ]
}

function firmwareMeaning(tpmVersion: string | undefined): string | undefined {
  const version = tpmVersion === undefined ? undefined : readTpmVersionText(tpmVersion)
  return version && `firmware ${tpmFirmwareText(version)}`
}

function graphicsRows({ gpuMemory, gpuName }: HardwareReport): Draft[] {
  return [
    [29, 'GpuDedicatedVideoMemory', gpuMemory?.dedicatedVideo, 'bytes'],
    [29, 'GpuDedicatedSystemMemory', gpuMemory?.dedicatedSystem, 'bytes'],
    [29, 'GpuRemovalPolicy', gpuMemory?.removalPolicy],
    [29, 'GpuInLocalMachineContainer', gpuMemory?.inLocalMachine],
    [30, 'GpuName', gpuName, 'vendor|model'],
  ]
}

/** Quarter hours of the byte that means "not set"; `oa3tool` counts them in all the same (section 1.4, vector T4). */
const NOT_SET = 120
const QUARTER_MS = 15 * 60_000

const timeText = (time: number): string => new Date(time).toISOString().replace('.000Z', 'Z')

function localTimeText({ time, utcOffsetQuarters }: ToolHeader): string {
  const quarters = utcOffsetQuarters ?? NOT_SET
  const [hours, minutes] = [Math.floor(Math.abs(quarters) / 4), (Math.abs(quarters) % 4) * 15]
  const offset = [hours, minutes].map((part) => String(part).padStart(2, '0')).join(':')
  return timeText(time + quarters * QUARTER_MS).replace('Z', `${quarters < 0 ? '-' : '+'}${offset}`)
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
