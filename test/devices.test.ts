import { readdirSync, readFileSync } from 'node:fs'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { DeviceDefinition } from '../src/domain/device.ts'
import { deviceSchema } from '../src/scenario/schema/device.ts'

const folder = new URL('../devices/', import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'))
const textOf = (file: string) => readFileSync(new URL(file, folder), 'utf8')
const read = (file: string): Omit<DeviceDefinition, 'id'> => v.parse(deviceSchema, parse(textOf(file)))

test('four devices are shipped', () => {
  expect(files).toEqual([
    'asus-br1100fka.yaml',
    'dell-latitude-3120.yaml',
    'lenovo-300w-gen-3.yaml',
    'surface-laptop-se.yaml',
  ])
})

describe.each(files)('%s', (file) => {
  test('begins with its schema and a reason', () => {
    const [schema, reason] = textOf(file).split('\n')
    expect(schema).toBe('# yaml-language-server: $schema=./device.schema.json')
    expect(reason).toMatch(/^# \w/)
  })

  test('is a device definition', () => {
    expect(v.safeParse(deviceSchema, parse(textOf(file))).issues).toBeUndefined()
  })

  test('has a serial number, disk and UUID that say they are synthetic', () => {
    const { smbios, disk } = read(file)
    expect([smbios.serialNumber, disk.serialNumber, smbios.uuid]).toEqual([
      expect.stringMatching(/^SIM-/),
      expect.stringMatching(/^(SIM-|5349_4D)/),
      expect.stringMatching(/^53494d00-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
    ])
  })

  test('says of every fact where it comes from, and of nothing else', () => {
    const { provenance, ...facts } = read(file)
    const paths = pathsOf(facts)
    const stated = Object.keys(provenance)
    const unexplained = paths.filter((path) => !stated.some((prefix) => isUnder(path, prefix)))
    const unused = stated.filter((prefix) => !paths.some((path) => isUnder(path, prefix)))
    expect({ unexplained, unused }).toEqual({ unexplained: [], unused: [] })
  })
})

test('no two devices share an identity', () => {
  const identities = files
    .map(read)
    .flatMap(({ smbios, disk, windows, adapters, tpm }) => [
      smbios.serialNumber,
      smbios.uuid,
      windows.productKeyId,
      disk.serialNumber,
      tpm?.endorsementSeed,
      ...adapters.map((adapter) => adapter.mac),
    ])
  expect(identities.filter((identity, index) => identities.indexOf(identity) !== index)).toEqual([])
})

describe('the schema of a device', () => {
  const good = parse(textOf('surface-laptop-se.yaml'))
  const messages = (change: (device: typeof good) => void) => {
    const device = structuredClone(good)
    change(device)
    return v.safeParse(deviceSchema, device).issues?.map((issue) => `${v.getDotPath(issue)}: ${issue.message}`)
  }

  test('takes a device without a TPM', () => {
    const { tpm: _, ...device } = good
    expect(v.parse(deviceSchema, device)).toEqual(device)
  })

  test.each<[string, (device: typeof good) => void, string]>([
    [
      'a short PKID',
      (d) => (d.windows.productKeyId = '123'),
      'windows.productKeyId: must be 13 decimal digits, in quotes',
    ],
    [
      'a UUID without hyphens',
      (d) => (d.smbios.uuid = '53494d0000014000'),
      'smbios.uuid: must be a UUID: 8-4-4-4-12 hexadecimal digits',
    ],
    [
      "a manufacturer's MAC address",
      (d) => (d.adapters[0].mac = '00:15:5D:00:00:01'),
      'adapters.0.mac: must be a locally administered MAC address, for example 02:53:49:4D:00:01',
    ],
    [
      'a short seed',
      (d) => (d.tpm.endorsementSeed = 'ab'),
      'tpm.endorsementSeed: must be 64 lower-case hexadecimal digits',
    ],
    ['an empty serial number', (d) => (d.smbios.serialNumber = ''), 'smbios.serialNumber: must not be empty'],
    ['text beyond ASCII', (d) => (d.smbios.family = 'Fläche'), 'smbios.family: may hold printable ASCII only'],
    [
      'a disk name with a bar',
      (d) => (d.disk.vendor = '|'),
      'disk.vendor: may hold at most 40 printable ASCII characters without "|"',
    ],
    ['no language', (d) => (d.windows.languages = []), 'windows.languages: must name a language'],
    ['half a core', (d) => (d.cpu.cores = 0.5), 'cpu.cores: must be a whole number'],
    ['an unknown member', (d) => (d.colour = 'blue'), 'colour: Invalid key: Expected never but received "colour"'],
  ])('refuses %s', (_, change, message) => {
    expect(messages(change)).toContain(message)
  })
})

const isUnder = (path: string, prefix: string) => path === prefix || path.startsWith(`${prefix}.`)

function pathsOf(value: unknown, prefix = ''): string[] {
  if (typeof value !== 'object' || value === null) return [prefix]
  return Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, prefix === '' ? key : `${prefix}.${key}`))
}
