import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { hardwareReportOf } from '../../src/device/hardware-report.ts'
import { factsOf, isUnder, provenanceOf } from '../../src/domain/provenance.ts'
import { decodeHardwareHash } from '../../src/protocols/hardware-hash/decode.ts'
import { encodeHardwareHash, hardwareHashToBase64 } from '../../src/protocols/hardware-hash/encode.ts'
import { fieldRows } from '../../src/protocols/hardware-hash/field-rows.ts'
import type { HardwareReport } from '../../src/protocols/hardware-hash/report.ts'
import { loadDeviceFile, namesOf } from '../../src/scenario/library.ts'
import { hashOf as deviceHashOf } from '../mock-service/directory/tenant-of.ts'
import { soundReport } from '../protocols/hardware-hash/sound-report.ts'
import { call, expectRefused, file, folder } from './call.ts'
import { CSV, HASH, hashOf } from './hash-scene.ts'

const made = async (hash: string, ...options: string[]) => {
  const ended = await call('device', 'from-hash', hash, '--out', 'real.yaml', '--seed', '5', '--force', ...options)
  expect(ended.code).toBe(0)
  const path = join(folder, 'real.yaml')
  return { device: loadDeviceFile(path), text: readFileSync(path, 'utf8'), ...ended }
}

const KEY = /^(EkPubHash|OfflineDeviceId|OfflineDeviceIdType|OfflineDeviceIdStatus|Os(System|Local)Time)$/
const IDENTITY =
  /^(SmbiosSystemSerialNumber|SmbiosUuid|ProductKeyID|ProductKeyPkPn|MacAddress|DiskSerialNumber|DiskSSNKernel)$/
const rowsOf = (report: HardwareReport, without: RegExp) =>
  fieldRows(report).filter(({ name }) => !KEY.test(name) && !without.test(name))
/** What a device says in its own hash; its key is another, and is not derived here. */
const ownReport = (device: Parameters<typeof hardwareReportOf>[0]) =>
  decodeHardwareHash(encodeHardwareHash(hardwareReportOf(device, undefined, 0)))

describe.each(namesOf('device'))('%s', (name) => {
  const hash = deviceHashOf(name)

  test('from its hash, and its hash again, says the same', async () => {
    const { device, stderr } = await made(hash)
    expect(rowsOf(ownReport(device), /^$/)).toEqual(rowsOf(decodeHardwareHash(hash), /^$/))
    expect(stderr.replace(/note: the device has another endorsement key: .*\n/, '')).toBe('')
  })

  test('made anonymous keeps its model and nothing of its identity', async () => {
    const { device, text, stderr } = await made(hash, '--anonymise')
    expect(rowsOf(ownReport(device), IDENTITY)).toEqual(rowsOf(decodeHardwareHash(hash), IDENTITY))
    const { smbios, windows, disk, adapters } = loadDeviceFile(name)
    const identity = [smbios.serialNumber, smbios.uuid, windows.productKeyId, windows.productKeyPartNumber]
    identity.push(...adapters.map(({ mac }) => mac), ...(disk.serialNumber === '' ? [] : [disk.serialNumber]))
    expect(identity.filter((value) => text.includes(value))).toEqual([])
    expect(stderr).toBe('')
  })

  test('says of every line that is made up that it is', async () => {
    const { device, text } = await made(hash)
    const paths = factsOf(device).map(({ path }) => path)
    expect(paths.filter((path) => provenanceOf(device.provenance, path) === undefined)).toEqual([])
    const stated = Object.keys(device.provenance)
    expect(stated.filter((prefix) => !paths.some((path) => isUnder(path, prefix)))).toEqual([])
    expect(text).toMatch(/^ {2}edition: SE # synthetic: the hash does not tell it$/m)
    if (device.tpm)
      expect(text).toMatch(/^ {2}endorsementSeed: \S+ # synthetic: the hash (tells the public half|does not tell it)/m)
  })
})

test('a hash of a real device, as it was pasted', async () => {
  const report = {
    ...soundReport(),
    adapters: [
      { medium: 9, mac: '00:15:5D:01:02:03', enumerator: 'PCI' },
      { medium: 14, mac: '3C:52:82:00:00:01', enumerator: 'USB' },
    ],
  }
  const path = file('mail.txt', `> Hardware Hash : ${hashOf(report)}\n`)
  const { device, text, stdout } = await made(path, '--edition', 'Pro', '--title', 'The one of room 7')
  expect(device).toMatchObject({
    title: 'The one of room 7',
    windows: { edition: 'Pro', build: report.tool!.osBuild, productKeyId: report.productKeyId },
    smbios: { serialNumber: 'SIM0002', uuid: report.smbiosUuid, sku: report.sku, family: report.family },
    tpm: { version: '2.0', vendor: 'IFX', kind: 'discrete', firmware: [1, 2] },
  })
  expect(device.adapters.map(({ kind, bus, mac }) => [kind, bus, mac])).toEqual([
    ['wifi', undefined, '00:15:5D:01:02:03'],
    ['ethernet', 'usb', '3C:52:82:00:00:01'],
  ])
  expect(text).toContain('It holds the identifiers of a real device.')
  expect(stdout).toMatch(
    /^real\.yaml written: The one of room 7, serial number SIM0002, seed 5\noobe boot real\.yaml\n$/,
  )
  expect((await call('device', 'show', './real.yaml')).code).toBe(0)
})

test('what a device file cannot say is a note, and never lost without a word', async () => {
  const bytes = Buffer.from(
    hashOf({
      cpu: { architecture: 9, packages: 2, cores: 2, threads: 4, hyperThreading: true },
      productName: 'Model-1',
      memory: { gb: 8, maxGb: 0, slots: 2, arrays: 1, errorCorrection: 6 },
      unknown: [{ type: 34, payload: new Uint8Array([1, 2]) }],
    }),
    'base64',
  )
  // Real firmware has bytes beyond ASCII.
  bytes[bytes.indexOf('Model-1') + 1] = 0xf6
  const end = bytes.readUInt16LE(2)
  createHash('sha256')
    .update(bytes.subarray(0, end))
    .digest()
    .copy(bytes, end + 4)
  const hash = bytes.toString('base64')
  const { device, stderr, text } = await made(hash)
  expect(device.smbios.productName).toBe('M?del-1')
  for (const field of ['ProcessorPackages', 'SmbiosRamErrorCorrection', 'SmbiosSystemProductName', 'Record34']) {
    expect(stderr).toContain(`note: ${field} of the hash is `)
  }
  expect(text).toMatch(/maxGb: 4096.*# maxGb: synthetic: the value of the hash cannot be in a device file/)
})

test('a hash that says almost nothing makes a device that loads', async () => {
  const { smbiosUuid, serialNumber, manufacturer, productName } = soundReport()
  const few: HardwareReport = {
    adapters: [],
    unknown: [],
    ...{ smbiosUuid: smbiosUuid!, serialNumber: serialNumber!, manufacturer: manufacturer!, productName: productName! },
  }
  const { device } = await made(hardwareHashToBase64(encodeHardwareHash(few)))
  expect([device.smbios.serialNumber, device.tpm, device.adapters]).toEqual(['SIM0002', undefined, []])
})

test('without --out it is on standard output, the same for a seed', async () => {
  const textOf = async (seed: string) => (await call('device', 'from-hash', HASH, '--seed', seed, '--anonymise')).stdout
  expect(await textOf('1')).toBe(await textOf('1'))
  expect(await textOf('1')).not.toBe(await textOf('2'))
  expect(readdirSync(folder)).toEqual([])
})

test('refuses what it cannot make one of', async () => {
  const cut = await call('device', 'from-hash', HASH.slice(0, 400))
  expect(cut).toMatchObject({ code: 2, stdout: '' })
  expect(cut.stderr).toMatch(
    /^error ERR_HASH_TRUNCATED: .*\n {2}in the hash\n {2}"oobe device decode" shows what can be read of it\n$/,
  )
  expect((await call('device', 'from-hash', file('two.csv', CSV))).stderr).toMatch(/holds 2 hashes, and one is wanted/)
  file('there.yaml', 'mine')
  expectRefused(
    await call('device', 'from-hash', HASH, '--out', 'there.yaml'),
    'ERR_FILE_EXISTS: there.yaml exists already',
    '  --force replaces it',
  )
  expectRefused(
    await call('device', 'from-hash', HASH, '--out', 'a.txt'),
    'ERR_BAD_ARGUMENTS: the file of a device ends in .yaml: a.txt',
  )
})
