import type { AdapterFacts, CpuFacts, DeviceDefinition, DiskFacts, PanelFacts } from '../domain/device.ts'
import { type AdapterRecord, diskSerialText, type HardwareReport } from '../protocols/hardware-hash/report.ts'
import { TOOL_TIME } from '../protocols/hardware-hash/tool-header.ts'
import { offlineDeviceId } from '../protocols/tpm/public-area.ts'
import { tpmVersionText } from '../protocols/tpm/version-text.ts'

/** Codes of device-identity.md section 1.3. */
const FULL_OS = 2
const NO_ERROR_CORRECTION = 3
/** Integrated touch, multi-input, ready. */
const TOUCH = 0xc1
const ID_FROM_ENDORSEMENT_KEY = 1

const ARCHITECTURE: Record<CpuFacts['vendor'], number> = {
  GenuineIntel: 9,
  AuthenticAMD: 9,
  'Qualcomm Technologies Inc': 12,
}

/** `STORAGE_BUS_TYPE`. */
const BUS_TYPE: Record<DiskFacts['bus'], number> = { raid: 8, sas: 10, sata: 11, emmc: 13, nvme: 17, ufs: 19 }

const POWER_ROLE: Record<DeviceDefinition['powerRole'], number> = { desktop: 1, mobile: 2, slate: 8 }

/** `DISPLAYCONFIG_VIDEO_OUTPUT_TECHNOLOGY`. */
const OUTPUT_TECHNOLOGY: Record<NonNullable<PanelFacts['output']>, number> = {
  internal: 0x8000_0000,
  hdmi: 5,
  displayport: 10,
  other: 0xffff_ffff,
}

/** NDIS physical medium. */
const MEDIUM: Record<AdapterFacts['kind'], number> = { cellular: 8, wifi: 9, bluetooth: 10, ethernet: 14 }

/** The adapter of a virtual machine says no medium (sample B of section 1.8). */
const UNSPECIFIED_MEDIUM = 0

/**
 * What the device says of itself in its hardware hash. Adapters that can be unplugged are no part of it (section 1.7).
 *
 * @param ek The endorsement key; without one the report has a TPM version at most.
 * @param capturedAt Unix milliseconds; the report keeps whole seconds, so two captures differ in nothing but this.
 */
export function hardwareReportOf(
  definition: DeviceDefinition,
  ek: { modulus: Uint8Array } | undefined,
  capturedAt: number,
): HardwareReport {
  const { windows, smbios, cpu, memory, disk, tpm } = definition
  const { output = 'internal', ...panel } = definition.panel
  const architecture = ARCHITECTURE[cpu.vendor]
  const diskSerial = { serial: disk.serialNumber, product: disk.product, vendor: disk.vendor }
  return {
    tool: {
      // DevDetail answers from inside Windows: the tool is as old as the system.
      toolBuild: windows.build,
      osBuild: windows.build,
      time: toolTime(capturedAt),
      utcOffsetQuarters: null,
      osType: FULL_OS,
      architecture,
      toolVersion: toolVersionOf(windows.build),
    },
    cpu: {
      architecture,
      packages: 1,
      cores: cpu.cores,
      threads: cpu.threads,
      hyperThreading: cpu.threads > cpu.cores,
    },
    memory: { ...memory, arrays: 1, errorCorrection: NO_ERROR_CORRECTION },
    cpuVendor: cpu.vendor,
    processorModel: cpu.brand,
    disk: {
      gb: disk.gb,
      busType: BUS_TYPE[disk.bus],
      seekPenalty: disk.seekPenalty ? 1 : 0,
      trim: disk.seekPenalty ? 0 : 1,
    },
    diskSerial,
    adapters: definition.adapters.filter(({ removable }) => !removable).map(adapterRecord),
    display: { ...panel, outputTechnology: OUTPUT_TECHNOLOGY[output] },
    panelCm: { width: Math.round(panel.widthMm / 10), height: Math.round(panel.heightMm / 10) },
    enclosure: {
      chassisType: smbios.chassisType,
      powerRole: POWER_ROLE[definition.powerRole],
      opticalDrive: definition.opticalDrive ? 1 : 0,
      touch: definition.touch ? TOUCH : 0,
    },
    ...(tpm === undefined ? {} : { tpmVersion: tpmVersionText(tpm) }),
    ...(ek === undefined ? {} : endorsement(ek.modulus)),
    smbiosUuid: smbios.uuid.toLowerCase(),
    serialNumber: smbios.serialNumber,
    firmwareVendor: smbios.firmwareVendor,
    manufacturer: smbios.manufacturer,
    productName: smbios.productName,
    sku: smbios.sku,
    family: smbios.family,
    systemVersion: smbios.version,
    boardManufacturer: smbios.board.manufacturer,
    boardProduct: smbios.board.product,
    boardVersion: smbios.board.version,
    productKeyId: windows.productKeyId,
    productKeyPartNumber: windows.productKeyPartNumber,
    systemDiskSerial: diskSerialText(diskSerial),
    unknown: [],
  }
}

/**
 * A clock that is set wrongly, or far ahead, may say a time that the record cannot hold.
 * That the tool writes the nearest time that fits is an assumption.
 */
const toolTime = (capturedAt: number): number =>
  Math.min(Math.max(Math.floor(capturedAt / 1000) * 1000, TOOL_TIME.first), TOOL_TIME.last)

const adapterRecord = ({ kind, bus, mac }: AdapterFacts): AdapterRecord => ({
  medium: bus === 'vmbus' ? UNSPECIFIED_MEDIUM : MEDIUM[kind],
  mac: mac.toUpperCase().replaceAll('-', ':'),
  enumerator: bus?.toUpperCase() ?? (kind === 'bluetooth' ? 'BTH' : 'PCI'),
})

/** Section 1.4 has it of these builds; what lies between takes the older one. */
function toolVersionOf(build: string): number {
  const number = Number(build.split('.')[2])
  if (number >= 22_000) return 8
  return number >= 19_041 ? 5 : 3
}

const endorsement = (modulus: Uint8Array): Pick<HardwareReport, 'ekPublicModulus' | 'offlineDeviceId'> => ({
  ekPublicModulus: Uint8Array.from(modulus),
  offlineDeviceId: { status: 0, idType: ID_FROM_ENDORSEMENT_KEY, id: offlineDeviceId(modulus) },
})
