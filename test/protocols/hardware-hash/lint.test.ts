import { describe, expect, test } from 'vitest'
import { lintHardwareReport } from '../../../src/protocols/hardware-hash/lint.ts'
import type { HardwareReport } from '../../../src/protocols/hardware-hash/report.ts'
import { soundReport } from './sound-report.ts'

const brief = (report: HardwareReport) =>
  lintHardwareReport(report)
    .filter(({ code }) => code !== 'HASH_MAC_LOCAL')
    .map(({ severity, code, field }) => `${severity} ${code} ${field}`)

const without = (...keys: (keyof HardwareReport)[]) =>
  Object.fromEntries(
    Object.entries(soundReport()).filter(([key]) => !keys.includes(key as never)),
  ) as unknown as HardwareReport

test('a sound report has no finding but that its addresses are local', () => {
  expect(lintHardwareReport(soundReport())).toEqual(
    soundReport().adapters.map(({ mac }) => ({
      severity: 'note',
      code: 'HASH_MAC_LOCAL',
      field: 'MacAddress',
      message: `${mac} is locally administered`,
      why: 'no vendor gave it out: a simulated device, or a randomised address',
      source: 'IEEE 802 [K]',
    })),
  )
})

describe('a field that is wanted and not there', () => {
  test.each<[keyof HardwareReport, string]>([
    ['manufacturer', 'error HASH_FIELD_MISSING SmbiosSystemManufacturer'],
    ['productName', 'error HASH_FIELD_MISSING SmbiosSystemProductName'],
    ['serialNumber', 'error HASH_FIELD_MISSING SmbiosSystemSerialNumber'],
    ['smbiosUuid', 'error HASH_FIELD_MISSING SmbiosUuid'],
    ['diskSerial', 'error HASH_FIELD_MISSING DiskSerialNumber'],
    ['ekPublicModulus', 'error HASH_FIELD_MISSING EkPubHash'],
    ['productKeyId', 'error HASH_FIELD_MISSING ProductKeyID'],
    ['tpmVersion', 'error HASH_FIELD_MISSING TPMVersion'],
    ['family', 'error HASH_FIELD_MISSING SmbiosSystemFamily'],
    ['sku', 'warning HASH_FIELD_MISSING SmbiosSkuNumber'],
    ['tool', 'warning HASH_FIELD_MISSING OSType'],
  ])('is found: %s', (key, finding) => {
    expect(brief(without(key))).toEqual([finding])
  })

  test('is found among adapters', () => {
    expect(brief({ ...soundReport(), adapters: [] })).toEqual(['error HASH_FIELD_MISSING MacAddress'])
  })

  test('is found when it is there and blank', () => {
    expect(brief({ ...soundReport(), family: ' ' })).toEqual(['error HASH_FIELD_EMPTY SmbiosSystemFamily'])
    const diskSerial = { serial: '', product: '', vendor: ' ' }
    expect(brief({ ...without('systemDiskSerial'), diskSerial })).toEqual(['error HASH_FIELD_EMPTY DiskSerialNumber'])
  })

  test('says which list requires it', () => {
    expect(lintHardwareReport(without('serialNumber'))[0]).toEqual({
      severity: 'error',
      code: 'HASH_FIELD_MISSING',
      field: 'SmbiosSystemSerialNumber',
      message: 'no SmbiosSystemSerialNumber',
      why:
        'the import refuses a hash without it: 802 InvalidZtdHardwareHash; oa3tool /ValidateHwHash calls it critical; ' +
        'the Autopilot FAQ requires it, with a unique value; it must be right after a board was replaced',
      source: '1.7 [D via O], 1.7 [D], 2.2 [D]',
    })
  })
})

const report = (change: Partial<HardwareReport>) => ({ ...soundReport(), ...change })
const mac = (address: string, enumerator = 'PCI') => report({ adapters: [{ medium: 14, mac: address, enumerator }] })
const tool = { ...soundReport().tool!, osType: 5 }
const display = soundReport().display!
const id = soundReport().offlineDeviceId!

test.each<[string, HardwareReport, string[]]>([
  ['a placeholder', report({ serialNumber: 'Default string' }), ['error HASH_PLACEHOLDER SmbiosSystemSerialNumber']],
  ['another', report({ manufacturer: 'To Be Filled By O.E.M.' }), ['error HASH_PLACEHOLDER SmbiosSystemManufacturer']],
  ['zeros', report({ sku: '0000000000000000' }), ['warning HASH_PLACEHOLDER SmbiosSkuNumber']],
  ['a row of digits', report({ serialNumber: '0123456789' }), ['error HASH_PLACEHOLDER SmbiosSystemSerialNumber']],
  ['a row of X', report({ boardVersion: 'xxxxxx' }), ['note HASH_PLACEHOLDER SmbiosBoardVersion']],
  ['a UUID of zeros', report({ smbiosUuid: '00000000-0000-0000-0000-000000000000' }), ['error HASH_UUID SmbiosUuid']],
  ['a UUID of ones', report({ smbiosUuid: 'ffffffff-ffff-ffff-ffff-ffffffffffff' }), ['error HASH_UUID SmbiosUuid']],
  [
    'the UUID of a firmware kit',
    report({ smbiosUuid: '03000200-0400-0500-0006-000700080009' }),
    ['error HASH_UUID SmbiosUuid'],
  ],
  ['no address', mac('00:00:00:00:00:00'), ['error HASH_MAC MacAddress']],
  ['a group address', mac('01:00:5E:00:00:01'), ['error HASH_MAC MacAddress']],
  ['a broadcast', mac('FF:FF:FF:FF:FF:FF'), ['error HASH_MAC MacAddress']],
  ['a real address', mac('00:15:5D:00:00:01'), []],
  ['a dongle', mac('02:00:00:00:00:01', 'USB'), ['warning HASH_MAC_REMOVABLE MacAddress']],
  [
    'an address twice',
    report({ adapters: [soundReport().adapters[0]!, soundReport().adapters[0]!] }),
    ['warning HASH_MAC_REPEATED MacAddress'],
  ],
  ['a short product key id', report({ productKeyId: '330000000000' }), ['warning HASH_PRODUCT_KEY ProductKeyID']],
  [
    'the id of another key',
    report({ offlineDeviceId: { ...id, id: id.id.map((byte, index) => (index === 31 ? byte ^ 1 : byte)) } }),
    ['error HASH_DEVICE_ID OfflineDeviceId'],
  ],
  ['an id of another type', report({ offlineDeviceId: { ...id, idType: 0x0102, id: new Uint8Array(32) } }), []],
  [
    'an id that failed',
    report({ offlineDeviceId: { ...id, status: 0x8009_0030 } }),
    ['warning HASH_DEVICE_ID_STATUS OfflineDeviceId'],
  ],
  [
    'a larger endorsement key',
    { ...without('offlineDeviceId'), ekPublicModulus: Uint8Array.from({ length: 384 }, (_, index) => index % 251) },
    ['warning HASH_EK_SIZE EkPubHash'],
  ],
  [
    'an endorsement key of zeros',
    { ...without('offlineDeviceId'), ekPublicModulus: new Uint8Array(256) },
    ['error HASH_EK EkPubHash'],
  ],
  [
    'a TPM 1.2',
    report({ tpmVersion: "TPM-Version:1.2 -Level:0-Revision:1.16-VendorID:'IFX '-Firmware:1.2" }),
    ['warning HASH_TPM_VERSION TPMVersion'],
  ],
  ['an odd TPM', report({ tpmVersion: 'TPM 2' }), ['note HASH_TPM_TEXT TPMVersion']],
  ['another system', report({ tool }), ['warning HASH_OS_TYPE OSType']],
  ['another disk', report({ systemDiskSerial: 'SIM-2|Disk|' }), ['warning HASH_DISK DiskSSNKernel']],
  [
    'a display of one centimetre more',
    report({ display: { ...display, widthMm: 270 } }),
    ['warning HASH_PANEL PanelSize'],
  ],
  ['a display that is cut to centimetres', report({ display: { ...display, widthMm: 269, heightMm: 149 } }), []],
])('is found in a value: %s', (_, changed, findings) => {
  expect(brief(changed)).toEqual(findings)
})

test('the gravest is first', () => {
  const { sku: _, serialNumber: __, ...rest } = report({ boardVersion: 'none' })
  expect(brief(rest).map((line) => line.split(' ')[0])).toEqual(['error', 'warning', 'note'])
})

test('a disk name with fewer bars than parts is the same name', () => {
  const disk = (serial: string, kernel: string) =>
    brief({ ...soundReport(), diskSerial: { serial, product: '', vendor: '' }, systemDiskSerial: kernel })
  expect([disk('SIM-1', 'SIM-1'), disk('SIM-1', 'SIM-1||')]).toEqual([[], []])
  expect(disk('SIM-1', 'SIM-1|x')).toEqual(['warning HASH_DISK DiskSSNKernel'])
})
