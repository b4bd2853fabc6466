import { expect, test } from 'vitest'
import { diffHardwareReports } from '../../../src/protocols/hardware-hash/diff.ts'
import { areaOf } from '../../../src/protocols/hardware-hash/diff-tables.ts'
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
