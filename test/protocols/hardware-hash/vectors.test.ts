import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { decodeHardwareHash } from '../../../src/protocols/hardware-hash/decode.ts'
import { encodeHardwareHash, hardwareHashToBase64 } from '../../../src/protocols/hardware-hash/encode.ts'
import { fieldRows } from '../../../src/protocols/hardware-hash/field-rows.ts'
import type { HardwareReport } from '../../../src/protocols/hardware-hash/report.ts'

/** device-identity.md section 8, T1. */
const T1: HardwareReport = {
  tool: {
    toolBuild: '10.0.22621.1',
    osBuild: '10.0.22621.1',
    time: Date.parse('2024-09-02T08:00:00Z'),
    utcOffsetQuarters: null,
    osType: 2,
    architecture: 9,
    toolVersion: 8,
  },
  adapters: [],
  serialNumber: 'SIM0001',
  manufacturer: 'Contoso',
  productName: 'SimBook SE',
  unknown: [],
}

const T1_BASE64 =
  'T0FHAAEAHAAAAAoAAQBdWAAACgABAF1YAC1oLngCCQgOAAwAU0lNMDAwMQAQAAwAQ29udG9zbwARAA8AU2ltQm9vayBTRQBDUyQAk9Tl88NlR5VP' +
  'iN6yjiEJ2w7fJAytY7CW9w89CxJXE5w'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

describe('the hardware hash of vector T1', () => {
  test('has the published bytes', () => {
    const hash = encodeHardwareHash(T1)
    expect({
      totalLength: Buffer.from(hash).readUInt16LE(2),
      checksum: Buffer.from(hash.subarray(75, 107)).toString('hex'),
      sha256: sha256(hash),
      base64: hardwareHashToBase64(hash),
    }).toEqual({
      totalLength: 71,
      checksum: '93d4e5f3c36547954f88deb28e2109db0edf240cad63b096f70f3d0b1257139c',
      sha256: '5210a48d9f8407c63f358d9ff6532363d984d0f94f431c35c918f1bcc8847533',
      base64: T1_BASE64.padEnd(4000, 'A'),
    })
  })

  test('is read from bytes, from base64, and from base64 without its trailing zeros', () => {
    const whole = hardwareHashToBase64(encodeHardwareHash(T1))
    const forms = [encodeHardwareHash(T1), whole, T1_BASE64, `${T1_BASE64}=`, whole.replace(/(.{76})/g, '$1\r\n')]
    const withoutLayout = forms.map((form) => ({ ...decodeHardwareHash(form), layout: undefined }))
    expect(withoutLayout).toEqual(forms.map(() => T1))
  })
})

test('the header of vector T3 says when and with what it was made', () => {
  // Microsoft cut this example after 29 bytes; three bytes and a checksum make it a whole hash of one record.
  const header = Buffer.from('T0FzAQEAHAAAAAoA6AOCOgEABgBgW7EdzorHH3g', 'base64')
  const covered = Buffer.concat([header.subarray(0, 29), Buffer.of(2, 9, 3)])
  expect({ length: header.length, totalLength: covered.readUInt16LE(2) }).toEqual({ length: 29, totalLength: 371 })
  covered.writeUInt16LE(covered.length, 2)
  const checksum = createHash('sha256').update(covered).digest()
  const hash = Buffer.concat([covered, Buffer.of(0x43, 0x53, 0x24, 0), checksum])
  expect(decodeHardwareHash(hash)).toEqual({
    layout: { tail: new Uint8Array() },
    tool: {
      toolBuild: '10.0.14978.1000',
      osBuild: '6.1.7601.23392',
      time: Date.parse('2016-11-22T23:01:34Z'),
      utcOffsetQuarters: null,
      osType: 2,
      architecture: 9,
      toolVersion: 3,
    },
    adapters: [],
    unknown: [],
  })
})

test('a zone that was not set is +30:00, as in the published reports of vector T4', () => {
  const tool = { ...T1.tool!, time: Date.parse('2018-05-18T12:51:13Z') }
  const rows = fieldRows({ ...T1, tool }).map(({ name, value }) => `${name} ${value}`)
  expect(rows).toContain('OsSystemTime 2018-05-18T12:51:13Z')
  expect(rows).toContain('OsLocalTime 2018-05-19T18:51:13+30:00')
  expect(encodeHardwareHash({ ...T1, tool })[28]).toBe(0x78)
})

test.each([
  [-28, '2024-09-02T01:00:00-07:00'],
  [8, '2024-09-02T10:00:00+02:00'],
  [23, '2024-09-02T13:45:00+05:45'],
  [0, '2024-09-02T08:00:00+00:00'],
])('a zone of %i quarter hours is read as hours and minutes', (utcOffsetQuarters, local) => {
  const rows = fieldRows({ ...T1, tool: { ...T1.tool!, utcOffsetQuarters } })
  expect(rows.find(({ name }) => name === 'OsLocalTime')?.value).toBe(local)
})

test('the endorsement key of vector T7 has the offline device id as its hash', () => {
  const rows = fieldRows({ ...T1, ekPublicModulus: new Uint8Array(256).fill(0xa5) })
  const hash = '2c41a1dd584e3773b95674841b685f36c76b48ec4db75863372c2fd6e19a61ce'
  expect(rows).toContainEqual({ record: 25, name: 'EkPubHash', value: hash, meaning: 'SHA-256 of 256 bytes' })
})
