import { describe, expect, test } from 'vitest'
import { captureHash } from '../../../src/device/capture/capture-hash.ts'
import { CAPTURE_WAYS, type CaptureWay } from '../../../src/device/capture/ways.ts'
import { hardwareHashOf } from '../../../src/device/hardware-hash-of.ts'
import type { DeviceDefinition } from '../../../src/domain/device.ts'
import { derivedKeys } from '../../../src/ports/rsa-keys.ts'
import { decodeAutopilotCsv } from '../../../src/protocols/autopilot-csv/decode.ts'
import { encodeZip } from '../../../src/protocols/zip/encode.ts'
import { loadDeviceFile } from '../../../src/scenario/library.ts'

const SE = loadDeviceFile('surface-laptop-se')
const PRO: DeviceDefinition = { ...SE, windows: { ...SE.windows, edition: 'Pro' } }
const context = { keys: derivedKeys, capturedAt: Date.UTC(2026, 8, 1, 8), computerName: 'DESKTOP-1234567' }

const captured = (device: DeviceDefinition, way: CaptureWay, more = {}) => {
  const result = captureHash(device, way, { ...context, ...more })
  if (!result.ok) throw new Error(result.trouble.text)
  return result.value
}

describe('Windows 11 SE', () => {
  test.each(['powershell', 'configuration-manager'] as const)('refuses %s, and says why', (way) => {
    expect(captureHash(SE, way, context)).toEqual({
      ok: false,
      trouble: {
        code: 'ERR_CAPTURE_BARRED',
        text: 'Windows 11 SE supports neither PowerShell nor Configuration Manager for capturing hashes (2.4 [D])',
      },
    })
  })

  test.each(['diagnostics', 'settings'] as const)('leaves an archive with the hash by %s', (way) => {
    const { file, csv } = captured(SE, way)
    expect([file.name, csv.name]).toEqual(['MDMDiagReport.zip', 'DeviceHash_DESKTOP-1234567.csv'])
    expect(Buffer.compare(file.bytes, encodeZip([csv]))).toBe(0)
    expect(decodeAutopilotCsv(csv.bytes, { shape: 'intune' })).toMatchObject({
      rows: [
        {
          serialNumber: SE.smbios.serialNumber,
          productKeyId: '',
          hardwareHash: hardwareHashOf(SE, derivedKeys, context.capturedAt),
        },
      ],
      errors: [],
    })
  })
})

test('an archive has the profile once there is one', () => {
  const profile = '{"CloudAssignedTenantDomain":"school.example"}'
  const { file, csv } = captured(SE, 'diagnostics', { profile })
  const files = [csv, { name: 'AutopilotDDSZTDFile.json', bytes: Buffer.from(profile) }]
  expect(Buffer.compare(file.bytes, encodeZip(files))).toBe(0)
})

test.each(Object.keys(CAPTURE_WAYS) as CaptureWay[])('another edition allows %s', (way) => {
  const { file, csv } = captured(PRO, way)
  expect(file === csv).toBe(CAPTURE_WAYS[way].leaves === 'csv')
  expect(decodeAutopilotCsv(csv.bytes, { shape: 'intune' }).errors).toEqual([])
})
