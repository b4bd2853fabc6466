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
