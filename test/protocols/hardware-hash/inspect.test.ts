import { describe, expect, test } from 'vitest'
import { encodeHardwareHash, hardwareHashToBase64 } from '../../../src/protocols/hardware-hash/encode.ts'
import { inspectHardwareHash } from '../../../src/protocols/hardware-hash/inspect.ts'
import { refusal } from '../fuzz.ts'
import { fullReport } from './full-report.ts'
import { record, sealed, TOOL, text } from './sealed.ts'

const WHOLE = encodeHardwareHash(fullReport())
const END = Buffer.from(WHOLE).readUInt16LE(2)

const found = (input: Uint8Array | string) =>
  inspectHardwareHash(input).findings.map(({ severity, code, offset, message }) => [severity, code, offset, message])

test('a whole hash has no findings, and its records have their places', () => {
  const { report, findings, size, totalLength, records, checksum } = inspectHardwareHash(WHOLE)
  expect({ report, findings, size, totalLength }).toEqual({
    report: fullReport(),
    findings: [
      {
        severity: 'warning',
        code: 'HASH_RECORD_REPEATED',
        message: `record 7 (DiskSerialNumber) at byte ${END - 6}: a second one of a kind that comes once`,
        offset: END - 6,
      },
    ],
    size: 3000,
    totalLength: END,
  })
  expect(records.slice(0, 3)).toEqual([
    { type: 1, offset: 4, length: 28 },
    { type: 2, offset: 32, length: 16 },
    { type: 5, offset: 48, length: 25 },
  ])
  expect(checksum.stored).toBe(checksum.computed)
})

describe('damage is found, and what is whole is read', () => {
  const records = [TOOL, record(14, text('SIM-1\0')), record(16, text('Contoso\0'))]
  const small = () => sealed(...records).slice()

  test('a changed byte', () => {
    const hash = small()
    hash[40]! ^= 1
    expect(found(hash)).toEqual([
      ['error', 'ERR_HASH_CHECKSUM', 58, 'byte 58: not the SHA-256 of the 54 bytes before it'],
      ['note', 'HASH_SIZE', 90, '90 bytes instead of 3000'],
    ])
    expect(inspectHardwareHash(hash).report).toMatchObject({ serialNumber: 'SIM-0', manufacturer: 'Contoso' })
  })

  test('a cut in a record', () => {
    const { report, findings, checksum } = inspectHardwareHash(small().slice(0, 50))
    expect(report).toMatchObject({ serialNumber: 'SIM-1' })
    expect(report.manufacturer).toBeUndefined()
    expect(checksum.stored).toBeUndefined()
    expect(findings.map(({ code, offset, message }) => [code, offset, message])).toEqual([
      ['ERR_HASH_TRUNCATED', 50, 'byte 50: the input ends, but its length says 90 bytes'],
      ['ERR_HASH_RECORD_LENGTH', 42, 'record 16 (SmbiosSystemManufacturer) at byte 42: 8 of its 12 bytes are there'],
      ['HASH_SIZE', 50, '50 bytes instead of 3000'],
    ])
  })

  test('a cut in the checksum', () => {
    const { report, findings } = inspectHardwareHash(small().slice(0, 70))
    expect(report).toMatchObject({ serialNumber: 'SIM-1', manufacturer: 'Contoso' })
    expect(findings[0]).toMatchObject({ code: 'ERR_HASH_TRUNCATED', offset: 70 })
  })

  test.each([
    ['too long', 200],
    ['too short', 34],
    ['nothing', 0],
  ])('a total length that lies: %s', (_, length) => {
    const hash = small()
    new DataView(hash.buffer).setUint16(2, length, true)
    expect(found(hash).slice(0, 2)).toEqual([
      [
        'error',
        'ERR_HASH_LENGTH',
        2,
        `byte 2: the total length is ${length}, but the checksum record begins at byte 54`,
      ],
      ['error', 'ERR_HASH_CHECKSUM', 58, 'byte 58: not the SHA-256 of the 54 bytes before it'],
    ])
    expect(inspectHardwareHash(hash).report).toMatchObject({ serialNumber: 'SIM-1', manufacturer: 'Contoso' })
  })

  test('a record that looks like the checksum does not end the hash before its time', () => {
    const hash = sealed(TOOL, record(0x5343, new Uint8Array(32)), record(14, text('SIM-1\0')))
    hash[74]! ^= 1
    expect(found(hash)[0]).toEqual([
      'error',
      'ERR_HASH_CHECKSUM',
      82,
      'byte 82: not the SHA-256 of the 78 bytes before it',
    ])
    expect(inspectHardwareHash(hash).report.serialNumber).toBe('SIL-1')
  })

  test('a record that runs over the end', () => {
    const hash = sealed(TOOL, record(14, text('SIM-1\0')), [16, 0, 99, 0, 65])
    expect(found(hash)[0]).toEqual([
      'error',
      'ERR_HASH_RECORD_LENGTH',
      42,
      'record 16 (SmbiosSystemManufacturer) at byte 42: 41 of its 99 bytes are there',
    ])
    expect(inspectHardwareHash(hash).report.serialNumber).toBe('SIM-1')
  })

  test('a record that is too short for its type is kept raw', () => {
    const hash = sealed(TOOL, record(9, [1, 1]), record(6, new Uint8Array(12).fill(255)), record(14, text('SIM-1\0')))
    expect(found(hash).slice(0, 2)).toEqual([
      ['error', 'ERR_HASH_RECORD_SHORT', 32, 'record 9 (display) at byte 32: a payload of 2 bytes ends before byte 4'],
      ['error', 'ERR_HASH_NUMBER', 38, 'record 6 (disk) at byte 38: 18446744073709551615 is too large'],
    ])
    const { report } = inspectHardwareHash(hash)
    expect(report.serialNumber).toBe('SIM-1')
    expect(report.unknown).toEqual([
      { type: 9, payload: Uint8Array.of(1, 1) },
      { type: 6, payload: new Uint8Array(12).fill(255) },
    ])
  })

  test('a character that is not base64, after a beginning that is', () => {
    const base64 = `${Buffer.from(small()).toString('base64').slice(0, 56)}…`
    expect(found(base64)[0]).toEqual(['error', 'ERR_HASH_BASE64', 42, 'character 56 is not base64'])
    expect(inspectHardwareHash(base64).report.serialNumber).toBe('SIM-1')
  })
})

test('a hash without a record is one, but says nothing', () => {
  const hash = sealed()
  expect(found(hash)[0]).toEqual(['error', 'ERR_HASH_EMPTY', 4, 'byte 4: the hash holds no record'])
  expect(inspectHardwareHash(hash).report).toEqual({ adapters: [], unknown: [] })
})

test('oddities are no errors', () => {
  expect(found(sealed(record(14, text('A\0'))))).toEqual([
    ['warning', 'HASH_TOOL_HEADER', 4, 'there is no tool header'],
    ['note', 'HASH_SIZE', 46, '46 bytes instead of 3000'],
  ])
  expect(found(sealed(record(14, text('A\0')), TOOL))[0]).toEqual([
    'warning',
    'HASH_TOOL_HEADER',
    4,
    'the tool header is not the first record',
  ])
  const trailing = WHOLE.slice()
  trailing[2000] = 1
  expect(found(trailing)[1]).toEqual([
    'warning',
    'HASH_TRAILING_BYTES',
    2000,
    'byte 2000: something follows the checksum, where zeros belong',
  ])
})

test.each([
  ['', 'ERR_HASH_TRUNCATED'],
  ['T0E', 'ERR_HASH_TRUNCATED'],
  ['aGFyZHdhcmVJZGVudGlmaWVy', 'ERR_HASH_MAGIC'],
  ['{"a":1}', 'ERR_HASH_BASE64'],
  ['T0F!', 'ERR_HASH_BASE64'],
  ['A'.repeat(98_305), 'ERR_HASH_TOO_LARGE'],
])('what is no hash at all is refused: %.30s', (input, code) => {
  expect(refusal(() => inspectHardwareHash(input))).toBe(code)
})

test('every cut of a hash shows the records before it', () => {
  for (let length = 4; length < WHOLE.length; length++) {
    const { report, records } = inspectHardwareHash(WHOLE.slice(0, length))
    expect(records.length).toBe(records.filter(({ offset, length: size }) => offset + size <= length).length)
    if (length > 60) expect(report.tool).toEqual(fullReport().tool)
  }
  expect(hardwareHashToBase64(WHOLE)).toHaveLength(4000)
})
