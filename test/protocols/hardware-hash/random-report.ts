import type { HardwareReport } from '../../../src/protocols/hardware-hash/report.ts'
import { fullReport } from './full-report.ts'

type Below = (limit: number) => number

const bytes = (below: Below, length: number) => Uint8Array.from({ length }, () => below(256))

const ascii = (below: Below, max: number) =>
  Array.from({ length: below(max + 1) }, () => String.fromCharCode(0x20 + below(95))).join('')

const diskPart = (below: Below) => ascii(below, 20).replaceAll('|', '!')

/** A report of which every value is drawn, and every record may be missing. */
export function randomReport(below: Below): HardwareReport {
  const number = (bits: number) => below(2 ** bits)
  const all: HardwareReport = {
    ...fullReport(),
    tool: {
      toolBuild: [16, 16, 16, 16].map(number).join('.'),
      osBuild: [16, 16, 16, 16].map(number).join('.'),
      time: 946_684_800_000 + number(32) * 1000,
      utcOffsetQuarters: below(4) === 0 ? null : below(120) - 60,
      osType: number(8),
      architecture: number(8),
      toolVersion: number(8),
    },
    cpu: {
      architecture: number(16),
      packages: number(16),
      cores: number(16),
      threads: number(16),
      hyperThreading: below(2) === 1,
    },
    processorModel: ascii(below, 48),
    memory: {
      gb: number(31),
      maxGb: number(31) * 2 ** 20,
      slots: number(16),
      arrays: number(16),
      errorCorrection: number(8),
    },
    disk: { gb: number(31) * 2 ** 20, busType: number(16), seekPenalty: number(8), trim: number(8) },
    diskSerial: { serial: diskPart(below), product: diskPart(below), vendor: diskPart(below) },
    adapters: Array.from({ length: below(5) }, () => ({
      medium: number(32),
      mac: Array.from(bytes(below, 6), (byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join(':'),
      enumerator: ['PCI', 'BTH', 'VMBUS', '', 'Gr\u00fc\u00df', '\ud83d\ude00'][below(6)]!,
    })),
    enclosure: { chassisType: number(8), powerRole: number(8), opticalDrive: number(8), touch: number(8) },
    ekPublicModulus: bytes(below, 256),
    offlineDeviceId: { status: number(32), idType: number(16), id: bytes(below, below(40)) },
    serialNumber: ascii(below, 60),
    manufacturer: ascii(below, 60),
    sku: ascii(below, 60),
    gpuName: 'Contoso|\u0416',
    unknown: Array.from({ length: below(4) }, () => ({ type: 31 + below(200), payload: bytes(below, below(50)) })),
  }
  const kept = Object.entries(all).filter(([key]) => key === 'adapters' || key === 'unknown' || below(4) > 0)
  return Object.fromEntries(kept) as unknown as HardwareReport
}
