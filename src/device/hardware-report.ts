import type { AdapterFacts, DeviceDefinition, DiskFacts } from '../domain/device.ts'
import { type AdapterRecord, diskSerialText, type HardwareReport } from '../protocols/hardware-hash/report.ts'
import { offlineDeviceId } from '../protocols/tpm/public-area.ts'
import { tpmVersionText } from '../protocols/tpm/version-text.ts'

/** Codes of device-identity.md section 1.3. */
const X64 = 9
const FULL_OS = 2
const TOOL_VERSION = 8
const NO_ERROR_CORRECTION = 3
const INTERNAL_PANEL = 0x8000_0000
/** Integrated touch, multi-input, ready. */
const TOUCH = 0xc1
const ID_FROM_ENDORSEMENT_KEY = 1

const BUS_TYPE: Record<DiskFacts['bus'], number> = { sata: 11, emmc: 13, nvme: 17 }

const POWER_ROLE: Record<DeviceDefinition['powerRole'], number> = { desktop: 1, mobile: 2, slate: 8 }

const MEDIUM: Record<AdapterFacts['kind'], Omit<AdapterRecord, 'mac'>> = {
  wifi: { medium: 9, enumerator: 'PCI' },
  bluetooth: { medium: 10, enumerator: 'BTH' },
  ethernet: { medium: 14, enumerator: 'PCI' },
}

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
  const { windows, smbios, cpu, memory, disk, panel, tpm } = definition
  const diskSerial = { serial: disk.serialNumber, product: disk.product, vendor: disk.vendor }
  return {
    tool: {
      // DevDetail answers from inside Windows: the tool is as old as the system.
      toolBuild: windows.build,
      osBuild: windows.build,
      time: Math.floor(capturedAt / 1000) * 1000,
      utcOffsetQuarters: null,
      osType: FULL_OS,
      architecture: X64,
      toolVersion: TOOL_VERSION,
    },
    cpu: {
      architecture: X64,
      packages: 1,
      cores: cpu.cores,
      threads: cpu.threads,
      hyperThreading: cpu.threads > cpu.cores,
    },
    memory: { ...memory, arrays: 1, errorCorrection: NO_ERROR_CORRECTION },
    cpuVendor: cpu.vendor,
    processorModel: cpu.brand,
    disk: { gb: disk.gb, busType: BUS_TYPE[disk.bus], seekPenalty: 0, trim: 1 },
    diskSerial,
    adapters: definition.adapters
      .filter((adapter) => !adapter.removable)
      .map(({ kind, mac }) => ({ ...MEDIUM[kind], mac: mac.toUpperCase().replaceAll('-', ':') })),
    display: { ...panel, outputTechnology: INTERNAL_PANEL },
    panelCm: { width: Math.round(panel.widthMm / 10), height: Math.round(panel.heightMm / 10) },
    enclosure: {
      chassisType: smbios.chassisType,
      powerRole: POWER_ROLE[definition.powerRole],
      opticalDrive: 0,
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

const endorsement = (modulus: Uint8Array): Pick<HardwareReport, 'ekPublicModulus' | 'offlineDeviceId'> => ({
  ekPublicModulus: Uint8Array.from(modulus),
  offlineDeviceId: { status: 0, idType: ID_FROM_ENDORSEMENT_KEY, id: offlineDeviceId(modulus) },
})
