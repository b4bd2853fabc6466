import type { CpuFacts, DeviceDefinition, DiskFacts, PanelFacts } from '../../domain/device.ts'
import type { HardwareReport } from '../../protocols/hardware-hash/report.ts'
import type { Facts } from './told-facts.ts'
import { within } from './told-facts.ts'

const VENDORS: readonly CpuFacts['vendor'][] = ['GenuineIntel', 'AuthenticAMD', 'Qualcomm Technologies Inc']
const ARM64 = 12

export function cpuOf({ cpu, cpuVendor, processorModel }: HardwareReport, facts: Facts): CpuFacts {
  const likely = cpu?.architecture === ARM64 ? 'Qualcomm Technologies Inc' : 'GenuineIntel'
  const known = VENDORS.find((vendor) => vendor === cpuVendor)
  return {
    vendor: facts.take('cpu.vendor', known, likely),
    brand: facts.text('cpu.brand', processorModel, 'Unknown processor', 1, 48),
    cores: facts.take('cpu.cores', cpu?.cores, 4, within(1, 0xffff)),
    threads: facts.take('cpu.threads', cpu?.threads, 4, within(1, 0xffff)),
  }
}

/** `STORAGE_BUS_TYPE`. */
const BUSES: Readonly<Record<number, DiskFacts['bus']>> = {
  8: 'raid',
  10: 'sas',
  11: 'sata',
  13: 'emmc',
  17: 'nvme',
  19: 'ufs',
}

const isDiskText = (text: string): boolean => /^[\x20-\x7b\x7d\x7e]{0,40}$/.test(text)

export function diskOf({ disk, diskSerial }: HardwareReport, facts: Facts): DiskFacts {
  return {
    gb: facts.take('disk.gb', disk?.gb, 128, within(1, 0xffff)),
    bus: facts.take('disk.bus', disk && BUSES[disk.busType], 'sata'),
    ...(disk?.seekPenalty === 1 ? { seekPenalty: true } : {}),
    serialNumber: facts.take('disk.serialNumber', diskSerial?.serial, 'SIM-SATA-00000000', isDiskText),
    product: facts.take('disk.product', diskSerial?.product, '', isDiskText),
    vendor: facts.take('disk.vendor', diskSerial?.vendor, '', isDiskText),
  }
}

/** `DISPLAYCONFIG_VIDEO_OUTPUT_TECHNOLOGY`; embedded DisplayPort is an internal screen. */
const OUTPUTS: Readonly<Record<number, PanelFacts['output']>> = {
  2147483648: 'internal',
  11: 'internal',
  5: 'hdmi',
  10: 'displayport',
  4294967295: 'other',
}

export function panelOf({ display }: HardwareReport, facts: Facts): PanelFacts {
  const output = facts.take('panel.output', display && OUTPUTS[display.outputTechnology], 'other' as const)
  return {
    ...(output === 'internal' ? {} : { output: output! }),
    widthMm: facts.take('panel.widthMm', display?.widthMm, 256),
    heightMm: facts.take('panel.heightMm', display?.heightMm, 144),
    widthPx: facts.take('panel.widthPx', display?.widthPx, 1366, within(1, 0xffff)),
    heightPx: facts.take('panel.heightPx', display?.heightPx, 768, within(1, 0xffff)),
  }
}

/** Windows platform roles; a workstation is a desktop. */
const ROLES: Readonly<Record<number, DeviceDefinition['powerRole']>> = {
  1: 'desktop',
  2: 'mobile',
  3: 'desktop',
  8: 'slate',
}

export const roleOf = ({ enclosure }: HardwareReport, facts: Facts): DeviceDefinition['powerRole'] =>
  facts.take('powerRole', enclosure && ROLES[enclosure.powerRole], 'mobile')
