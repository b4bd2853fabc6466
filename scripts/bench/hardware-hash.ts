import { createHash } from 'node:crypto'
import { decodeHardwareHash } from '../../src/protocols/hardware-hash/decode.ts'
import { encodeHardwareHash, hardwareHashToBase64 } from '../../src/protocols/hardware-hash/encode.ts'
import type { HardwareReport } from '../../src/protocols/hardware-hash/report.ts'

/**
 * Hardware hashes encoded and decoded a second, in this process, beside a yardstick of the same run: SHA-256 of 3000
 * bytes, so that two machines can be compared by the ratios. Argument: milliseconds for each measurement.
 */
const forMs = Number(process.argv[2] ?? 1000)

const modulus = Uint8Array.from({ length: 256 }, (_, index) => (index * 7 + 1) % 256)

const report: HardwareReport = {
  tool: {
    toolBuild: '10.0.26100.4652',
    osBuild: '10.0.26100.4652',
    time: Date.UTC(2026, 0, 1),
    utcOffsetQuarters: null,
    osType: 2,
    architecture: 9,
    toolVersion: 8,
  },
  cpu: { architecture: 9, packages: 1, cores: 2, threads: 2, hyperThreading: false },
  cpuVendor: 'GenuineIntel',
  processorModel: 'Intel(R) Celeron(R) N4020 CPU @ 1.10GHz',
  memory: { gb: 4, maxGb: 16, slots: 1, arrays: 1, errorCorrection: 3 },
  disk: { gb: 64, busType: 13, seekPenalty: 0, trim: 1 },
  diskSerial: { serial: 'SIM-EMMC-000001', product: 'SIM064', vendor: '' },
  adapters: ['02:53:49:4D:01:01', '02:53:49:4D:01:02'].map((mac) => ({ medium: 9, mac, enumerator: 'PCI' })),
  display: { widthMm: 256, heightMm: 144, widthPx: 1366, heightPx: 768, outputTechnology: 0x8000_0000 },
  panelCm: { width: 26, height: 14 },
  enclosure: { chassisType: 9, powerRole: 2, opticalDrive: 0, touch: 0 },
  tpmVersion: "TPM-Version:2.0 -Level:0-Revision:1.38-VendorID:'INTC'-Firmware:26411008.0",
  ekPublicModulus: modulus,
  offlineDeviceId: { status: 0, idType: 1, id: Uint8Array.from(createHash('sha256').update(modulus).digest()) },
  smbiosUuid: '53494d00-0001-4000-8000-000000000001',
  serialNumber: 'SIM-SLSE-000001',
  firmwareVendor: 'Microsoft Corporation',
  manufacturer: 'Microsoft Corporation',
  productName: 'Surface Laptop SE',
  sku: 'Surface Laptop SE',
  family: 'Surface',
  systemVersion: '124I:00078T:000M:0000000',
  boardManufacturer: 'Microsoft Corporation',
  boardProduct: 'Surface Laptop SE',
  boardVersion: '',
  productKeyId: '3300000000001',
  productKeyPartNumber: '[XX]X00-00001',
  systemDiskSerial: 'SIM-EMMC-000001|SIM064|',
  unknown: [],
}

/** Calls a second, after a warm-up of a fifth of the time. */
function perSecond(work: () => unknown): number {
  const run = (ms: number) => {
    const startedAt = performance.now()
    let calls = 0
    while (performance.now() - startedAt < ms) for (let index = 0; index < 20; index++, calls++) work()
    return (calls * 1000) / (performance.now() - startedAt)
  }
  run(forMs / 5)
  return run(forMs)
}

const hash = encodeHardwareHash(report)
const base64 = hardwareHashToBase64(hash)

const yardstick = perSecond(() => createHash('sha256').update(hash).digest())
const encodes = perSecond(() => hardwareHashToBase64(encodeHardwareHash(report)))
const decodes = perSecond(() => decodeHardwareHash(base64))

console.log(
  JSON.stringify({
    encodesPerSecond: Math.round(encodes),
    decodesPerSecond: Math.round(decodes),
    sha256PerSecond: Math.round(yardstick),
    // How many digests of 3000 bytes one call costs.
    encodeRatio: yardstick / encodes,
    decodeRatio: yardstick / decodes,
  }),
)
