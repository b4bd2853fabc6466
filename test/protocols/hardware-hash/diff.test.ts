import { expect, test } from 'vitest'
import { decodeHardwareHash } from '../../../src/protocols/hardware-hash/decode.ts'
import { diffHardwareReports } from '../../../src/protocols/hardware-hash/diff.ts'
import { areaOf } from '../../../src/protocols/hardware-hash/diff-tables.ts'
import { encodeHardwareHash } from '../../../src/protocols/hardware-hash/encode.ts'
import { fieldRows } from '../../../src/protocols/hardware-hash/field-rows.ts'
import type { HardwareReport } from '../../../src/protocols/hardware-hash/report.ts'
import { fullReport } from './full-report.ts'
import { soundReport } from './sound-report.ts'

const changed = (change: Partial<HardwareReport>): HardwareReport => ({ ...soundReport(), ...change })
const tool = soundReport().tool!
const otherKey = {
  ekPublicModulus: new Uint8Array(256).fill(1),
  offlineDeviceId: { status: 0, idType: 1, id: new Uint8Array(32) },
}
const otherUuid = { smbiosUuid: 'aaaaaaaa-4455-4677-8899-aabbccddeeff' }
const otherAdapters = { adapters: [{ medium: 9, mac: '02:53:49:4D:09:09', enumerator: 'PCI' }] }
const otherDisk = { diskSerial: { serial: 'SIM-2', product: 'Disk', vendor: '' }, systemDiskSerial: 'SIM-2|Disk|' }
const { ekPublicModulus: _, offlineDeviceId: __, ...withoutKey } = soundReport()

test.each<[string, HardwareReport, string, string[]]>([
  ['nothing', soundReport(), 'same', ['IDENTICAL']],
  ['the time', changed({ tool: { ...tool, time: tool.time + 1000, utcOffsetQuarters: 4 } }), 'same', ['TIME_ONLY']],
  ['the system', changed({ tool: { ...tool, osBuild: '10.0.26100.5000' } }), 'updated', ['SOFTWARE', 'RECOGNISED']],
  ['memory', changed({ memory: { ...soundReport().memory!, gb: 16 } }), 'updated', ['MEMORY', 'RECOGNISED']],
  ['the screen', changed({ panelCm: { width: 40, height: 30 } }), 'updated', ['DISPLAY', 'RECOGNISED']],
  [
    'a record',
    changed({ unknown: [{ type: 35, payload: Uint8Array.of(1) }] }),
    'updated',
    ['UNKNOWN_RECORDS', 'RECOGNISED'],
  ],
  ['the disk', changed(otherDisk), 'changed', ['DISK_SWAP', 'PROBABLY_RECOGNISED']],
  ['what the disk says', changed({ disk: { ...soundReport().disk!, gb: 1 } }), 'updated', ['DISK_FACTS', 'RECOGNISED']],
  ['the TPM', changed(otherKey), 'changed', ['TPM_REPLACED', 'MISMATCH']],
  ['the TPM, which is gone', withoutKey, 'changed', ['TPM_GONE', 'MISMATCH']],
  ['its firmware', changed({ tpmVersion: 'TPM-Version:2.0 new' }), 'updated', ['TPM_FIRMWARE', 'RECOGNISED']],
  ['an adapter', changed(otherAdapters), 'changed', ['ADAPTERS', 'PROBABLY_RECOGNISED']],
  ['the serial number', changed({ serialNumber: 'B' }), 'changed', ['SMBIOS_REWRITTEN', 'MISMATCH']],
  ['the UUID alone', changed(otherUuid), 'changed', ['SMBIOS_REWRITTEN', 'MISMATCH']],
  ['the product key', changed({ productKeyId: '3300000000002' }), 'changed', ['LICENCE', 'MISMATCH']],
  ['the family', changed({ family: 'B' }), 'updated', ['SMBIOS_REWRITTEN', 'RECOGNISED']],
  ['the processor', changed({ processorModel: 'B' }), 'updated', ['PROCESSOR', 'RECOGNISED']],
  ['the board', changed({ ...otherUuid, ...otherKey, ...otherAdapters }), 'changed', ['BOARD_SWAP', 'MISMATCH']],
  ['a board without TPM', { ...withoutKey, ...otherUuid }, 'changed', ['BOARD_SWAP', 'MISMATCH']],
  [
    'board and disk',
    changed({ ...otherUuid, ...otherKey, ...otherDisk }),
    'changed',
    ['BOARD_SWAP', 'DISK_SWAP', 'MISMATCH'],
  ],
  [
    'all that is unique',
    changed({ ...otherUuid, ...otherKey, ...otherAdapters, ...otherDisk, serialNumber: 'B', productKeyId: '1' }),
    'other',
    ['OTHER_DEVICE', 'NOT_REGISTERED'],
  ],
])('a change of %s is called so', (_name, after, verdict, codes) => {
  const diff = diffHardwareReports(soundReport(), after)
  expect([diff.verdict, ...diff.conclusions.map(({ code }) => code)]).toEqual([verdict, ...codes])
  for (const { text, source } of diff.conclusions) expect([text, source]).not.toContain('')
})

test('a board swap says what went, and what became of the serial number', () => {
  const [first] = diffHardwareReports(
    soundReport(),
    changed({ ...otherUuid, ...otherKey, serialNumber: '' }),
  ).conclusions
  expect(first).toEqual({
    code: 'BOARD_SWAP',
    text:
      'The board was replaced: SmbiosUuid, endorsement key went with it. ' +
      'The serial number was not carried over: it is "" now.',
    source: '1.7 [I]',
  })
})

const { serialNumber: _s, productKeyId: _p, ekPublicModulus: _e, offlineDeviceId: _o, ...partly } = soundReport()
const { smbiosUuid: _u, diskSerial: _d, ...bare } = { ...partly, adapters: [] }
const nameless = { serialNumber: 'Default string', smbiosUuid: '03000200-0400-0500-0006-000700080009' }
const without = (report: HardwareReport, ...keys: (keyof HardwareReport)[]): HardwareReport =>
  Object.fromEntries(Object.entries(report).filter(([key]) => !keys.includes(key as keyof HardwareReport))) as never

test.each<[string, HardwareReport, HardwareReport, string, string[]]>([
  ['placeholders in common', { ...bare, ...nameless }, { ...partly, ...nameless, family: 'B' }, 'unknown', []],
  [
    'placeholders, and nothing else',
    { ...soundReport(), ...nameless },
    { ...changed({ ...otherKey, ...otherAdapters, ...otherDisk, productKeyId: '1' }), ...nameless },
    'other',
    ['OTHER_DEVICE'],
  ],
  [
    'a UUID that was never written',
    changed(nameless),
    changed({ serialNumber: 'None' }),
    'changed',
    ['SMBIOS_REWRITTEN'],
  ],
  ['other placeholders', changed({ serialNumber: 'None' }), changed({ serialNumber: '0000' }), 'updated', []],
  ['a disk that is not named any more', soundReport(), without(soundReport(), 'diskSerial'), 'changed', ['DISK_GONE']],
  ['a disk that is named now', without(soundReport(), 'diskSerial'), soundReport(), 'changed', ['DISK_NEW']],
  [
    'disks without names',
    without(soundReport(), 'diskSerial'),
    without(changed({ disk: { ...soundReport().disk!, gb: 1 } }), 'diskSerial'),
    'updated',
    ['DISK_FACTS'],
  ],
  [
    'a serial number that is not there',
    soundReport(),
    without(soundReport(), 'serialNumber'),
    'changed',
    ['INCOMPLETE'],
  ],
  ['a product key that is there now', without(soundReport(), 'productKeyId'), soundReport(), 'changed', ['INCOMPLETE']],
  [
    'nothing that a service matches on',
    { ...bare, adapters: soundReport().adapters, manufacturer: '' },
    { ...bare, adapters: soundReport().adapters.slice(1), manufacturer: '' },
    'changed',
    ['INCOMPLETE'],
  ],
])('what is absent or says nothing is no evidence: %s', (_name, before, after, verdict, codes) => {
  const diff = diffHardwareReports(before, after)
  expect(diff.verdict).toBe(verdict)
  expect(diff.conclusions.map(({ code }) => code)).toEqual(expect.arrayContaining(codes))
  expect(diff.conclusions.map(({ code }) => code)).not.toContain('DISK_SWAP')
})

test('a board swap without a serial number says so', () => {
  const swapped = (before: HardwareReport, after: HardwareReport) => diffHardwareReports(before, after).conclusions[0]
  const [old, fresh] = [without(soundReport(), 'serialNumber'), changed({ ...otherUuid, ...otherKey })]
  expect(swapped(old, without(fresh, 'serialNumber'))!.text).toMatch(/ went with it\. Neither has a serial number\.$/)
  expect(swapped(old, fresh)!.text).toMatch(/The old one had no serial number; it is "SIM0002" now\.$/)
  expect(swapped(soundReport(), without(fresh, 'serialNumber'))!.text).toMatch(/carried over: there is none now\.$/)
  expect(swapped(withoutKey, changed(otherUuid))!.text).toContain(
    'SmbiosUuid went with it. The old one showed no endors',
  )
})

test.each<[string, HardwareReport, string]>([
  ['NetworkMedium', changed({ adapters: soundReport().adapters.map((one) => ({ ...one, medium: 0 })) }), 'network'],
  [
    'NetworkEnumerator',
    changed({ adapters: soundReport().adapters.map((one) => ({ ...one, enumerator: 'USB' })) }),
    'network',
  ],
  ['ProcessorArchitecture', changed({ cpu: { ...soundReport().cpu!, architecture: 12 } }), 'processor'],
])('%s is compared', (field, after, area) => {
  const { changes, verdict, conclusions } = diffHardwareReports(soundReport(), after)
  expect(changes).toMatchObject([{ field, area }])
  expect(verdict).toBe('updated')
  expect(conclusions[0]!.code).toBe(area === 'network' ? 'ADAPTER_FACTS' : 'PROCESSOR')
})

test('bytes that differ without a field are not identical', () => {
  const hash = encodeHardwareHash(soundReport())
  const decoded = (bytes: Uint8Array) => decodeHardwareHash(bytes)
  const codeOf = (after: HardwareReport) =>
    diffHardwareReports(decoded(hash), after).conclusions.map(({ code }) => code)
  expect(codeOf(decoded(hash))).toEqual(['IDENTICAL'])
  expect(codeOf(decoded(hash.slice(0, -3)))).toEqual(['IDENTICAL'])
  const trailing = hash.slice()
  trailing[2999] = 1
  expect(codeOf(decoded(trailing))).toEqual(['BYTES_DIFFER'])
  expect(codeOf({ ...decoded(hash), adapters: [...soundReport().adapters].reverse() })).toEqual(['BYTES_DIFFER'])
})

test('changes name the field, what it was and what it is', () => {
  const { family: _family, ...after } = changed({ memory: { ...soundReport().memory!, gb: 16 } })
  expect(diffHardwareReports(soundReport(), after).changes).toEqual([
    { record: 5, field: 'TotalPhysicalRAM', area: 'memory', before: '8', after: '16' },
    { record: 19, field: 'SmbiosSystemFamily', area: 'product', before: 'Sim Family' },
  ])
})

test('the order of adapters is no change', () => {
  const after = changed({ adapters: [...soundReport().adapters].reverse() })
  expect(diffHardwareReports(soundReport(), after).changes).toEqual([])
})

test('every field belongs to a part of the device', () => {
  const strangers = fieldRows(fullReport()).filter(({ name }) => areaOf(name) === 'other')
  expect(strangers.map(({ name }) => name)).toEqual(['Record34', 'Record38', 'Record7'])
})
