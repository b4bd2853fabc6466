import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { hardwareReportOf } from '../../src/device/hardware-report.ts'
import type { DeviceDefinition } from '../../src/domain/device.ts'
import { derivedKeys } from '../../src/ports/rsa-keys.ts'
import { decodeHardwareHash } from '../../src/protocols/hardware-hash/decode.ts'
import { encodeHardwareHash, hardwareHashToBase64 } from '../../src/protocols/hardware-hash/encode.ts'
import { deviceSchema } from '../../src/scenario/schema/device.ts'

const CAPTURED_AT = Date.parse('2026-09-01T08:00:00.750Z')

function load(id: string): DeviceDefinition {
  const text = readFileSync(new URL(`../../devices/${id}.yaml`, import.meta.url), 'utf8')
  return { id, ...v.parse(deviceSchema, parse(text)) }
}

const ekOf = (device: DeviceDefinition) => {
  const { n } = derivedKeys.rsa2048(device.tpm!.endorsementSeed, 'ek').export({ format: 'jwk' })
  return { modulus: Uint8Array.from(Buffer.from(n!, 'base64url')) }
}

const ids = ['surface-laptop-se', 'asus-br1100fka', 'dell-latitude-3120', 'lenovo-300w-gen-3']

describe.each(ids)('the hardware report of %s', (id) => {
  const device = load(id)
  const ek = ekOf(device)
  const report = hardwareReportOf(device, ek, CAPTURED_AT)

  test('goes through a hash of 4000 characters unchanged', () => {
    const base64 = hardwareHashToBase64(encodeHardwareHash(report))
    expect({ length: base64.length, report: decodeHardwareHash(base64) }).toEqual({ length: 4000, report })
  })

  test('has the hash of the endorsement key as its offline device id', () => {
    const id = Uint8Array.from(createHash('sha256').update(ek.modulus).digest())
    expect(report.offlineDeviceId).toEqual({ status: 0, idType: 1, id })
  })

  test('names the system disk twice', () => {
    const { serialNumber, product, vendor } = device.disk
    expect([report.diskSerial, report.systemDiskSerial]).toEqual([
      { serial: serialNumber, product, vendor },
      `${serialNumber}|${product}|${vendor}`,
    ])
  })
})

test('the report of a Surface Laptop SE has every record in its unit, and no dongle', () => {
  const device = load('surface-laptop-se')
  const { ekPublicModulus, offlineDeviceId, ...rest } = hardwareReportOf(device, ekOf(device), CAPTURED_AT)
  expect(ekPublicModulus).toHaveLength(256)
  expect(offlineDeviceId).toBeDefined()
  expect(rest).toEqual({
    tool: {
      toolBuild: '10.0.26100.4652',
      osBuild: '10.0.26100.4652',
      time: Date.parse('2026-09-01T08:00:00Z'),
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
    adapters: [
      { medium: 9, mac: '02:53:49:4D:01:01', enumerator: 'PCI' },
      { medium: 10, mac: '02:53:49:4D:01:02', enumerator: 'BTH' },
    ],
    display: { widthMm: 256, heightMm: 144, widthPx: 1366, heightPx: 768, outputTechnology: 0x8000_0000 },
    panelCm: { width: 26, height: 14 },
    enclosure: { chassisType: 1, powerRole: 2, opticalDrive: 0, touch: 0 },
    tpmVersion: "TPM-Version:2.0 -Level:0-Revision:1.38-VendorID:'INTC'-Firmware:26411008.0",
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
  })
})

test('a device without a TPM reports nothing of one', () => {
  const { tpm: _, ...device } = load('surface-laptop-se')
  const report = hardwareReportOf(device, undefined, CAPTURED_AT)
  const present = ['tpmVersion', 'ekPublicModulus', 'offlineDeviceId'].filter((key) => key in report)
  expect(present).toEqual([])
})

describe('a report of hardware that is not a usual laptop', () => {
  const reportOf = (id: string, change: (device: DeviceDefinition) => void = () => {}) => {
    const device = structuredClone(load(id))
    change(device)
    return hardwareReportOf(device, undefined, CAPTURED_AT)
  }

  test('of a virtual machine has an adapter without a medium, a SAS disk without a number and a special kind of screen', () => {
    expect(reportOf('hyper-v-vm')).toMatchObject({
      adapters: [{ medium: 0, enumerator: 'VMBUS' }],
      disk: { busType: 10 },
      systemDiskSerial: '|Virtual Disk    |Msft    ',
      display: { widthMm: 0, heightMm: 0, outputTechnology: 0xffff_ffff },
      panelCm: { width: 0, height: 0 },
      enclosure: { chassisType: 3, powerRole: 1, opticalDrive: 1 },
    })
  })

  test('has a modem, and an adapter soldered to USB, but nothing that can be unplugged', () => {
    const adapters = (id: string) => reportOf(id).adapters.map(({ medium, enumerator }) => [medium, enumerator])
    expect(adapters('contoso-classbook-lte')).toEqual([
      [9, 'PCI'],
      [10, 'BTH'],
      [8, 'USB'],
    ])
    expect(adapters('positivo-duo-c464c')).toEqual([
      [9, 'USB'],
      [10, 'BTH'],
    ])
    expect(adapters('contoso-classbook-dongle')).toEqual([])
  })

  test('says ARM64 twice', () => {
    const { tool, cpu } = reportOf('contoso-slate-arm')
    expect([tool!.architecture, cpu!.architecture]).toEqual([12, 12])
  })

  test.each([
    ['raid', 8],
    ['sas', 10],
    ['sata', 11],
    ['emmc', 13],
    ['nvme', 17],
    ['ufs', 19],
  ] as const)('has a bus type for a disk on %s', (bus, busType) => {
    expect(reportOf('surface-laptop-se', ({ disk }) => (disk.bus = bus)).disk).toMatchObject({ busType })
  })

  test('tells a disk that spins from one that does not', () => {
    expect(reportOf('contoso-laptop-tpm-1-2').disk).toMatchObject({ seekPenalty: 1, trim: 0 })
    expect(reportOf('surface-laptop-se').disk).toMatchObject({ seekPenalty: 0, trim: 1 })
  })

  test.each([
    ['internal', 0x8000_0000],
    ['hdmi', 5],
    ['displayport', 10],
    ['other', 0xffff_ffff],
  ] as const)('has an output technology for a screen on %s', (output, outputTechnology) => {
    const { display } = reportOf('surface-laptop-se', ({ panel }) => (panel.output = output))
    expect(display).toEqual({ widthMm: 256, heightMm: 144, widthPx: 1366, heightPx: 768, outputTechnology })
  })

  test.each([
    ['10.0.16299.15', 3],
    ['10.0.19045.4529', 5],
    ['10.0.22000.1', 8],
  ])('of build %s is made by version %i of the tool', (build, toolVersion) => {
    const report = reportOf('surface-laptop-se', ({ windows }) => (windows.build = build))
    expect(report.tool).toMatchObject({ toolBuild: build, toolVersion })
  })

  test('of a TPM 1.2 names its version and no key', () => {
    const report = reportOf('contoso-laptop-tpm-1-2')
    expect(report.tpmVersion).toMatch(/^TPM-Version:1\.2 /)
    expect(report.ekPublicModulus).toBeUndefined()
  })
})

test('touch is integrated, multi-input and ready, or nothing', () => {
  const touchOf = (touch: boolean) => {
    const device = { ...load('asus-br1100fka'), touch }
    return hardwareReportOf(device, ekOf(device), CAPTURED_AT).enclosure?.touch
  }
  expect([touchOf(true), touchOf(false)]).toEqual([0x01 | 0x40 | 0x80, 0])
})
