import { readdirSync, readFileSync } from 'node:fs'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { hardwareReportOf } from '../src/device/hardware-report.ts'
import type { DeviceDefinition, Provenance } from '../src/domain/device.ts'
import { factsOf, isUnder, provenanceOf } from '../src/domain/provenance.ts'
import { derivedKeys } from '../src/ports/rsa-keys.ts'
import { decodeHardwareHash } from '../src/protocols/hardware-hash/decode.ts'
import { encodeHardwareHash, hardwareHashToBase64 } from '../src/protocols/hardware-hash/encode.ts'
import { deviceSchema } from '../src/scenario/schema/device.ts'

const folder = new URL('../devices/', import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'))
const textOf = (file: string) => readFileSync(new URL(file, folder), 'utf8')
const load = (file: string): DeviceDefinition => ({
  id: file.replace(/\.yaml$/, ''),
  ...v.parse(deviceSchema, parse(textOf(file))),
})

/** device-identity.md section 6: manufacturer and product names of the sourced models, by their number there. */
const SOURCED: [string, ...string[]][] = [
  ['Microsoft Corporation', 'Surface Laptop SE'],
  ['ASUSTeK COMPUTER INC.', 'ASUS BR1100FKA BR1100FKA_BR1100FKA'],
  ['ASUSTeK COMPUTER INC.', 'ASUS BR1100CKA BR1100CKA_BR1100CKA'],
  ['Acer', 'TravelMate Spin B311RN-31'],
  ['Acer', 'TravelMate Spin B311R-31'],
  ['Acer', 'TravelMate B311-31'],
  ['Dell Inc.', 'Latitude 3120'],
  ['Dell Inc.', 'Latitude 3140'],
  ['HP', 'HP Pro x360 Fortis 11 inch G10 Notebook PC'],
  ['HP', 'HP ProBook x360 11 G5 EE'],
  ['LENOVO', '82J1'],
  ['LENOVO', '82J3', '82J4'],
  ['LENOVO', '82HY'],
  ['LENOVO', '82N8', '82N9'],
  ['JP.ik', 'T304'],
  ['Positivo Tecnologia SA', 'C464C'],
]
const isSourced = ({ smbios, boardSwapOf }: DeviceDefinition): boolean =>
  boardSwapOf === undefined &&
  SOURCED.some(([maker, ...products]) => smbios.manufacturer === maker && products.includes(smbios.productName))

/** Which public collections a fact may be read from. */
const PUBLIC = /^(linuxhw\/(DMI|LsPCI|LsUSB|EDID)\b|oofhours\.com,|Microsoft press material\b)/

describe('the catalogue', () => {
  const devices = files.map(load)

  test('has at least 24 devices', () => {
    expect(files.length).toBeGreaterThanOrEqual(24)
  })

  test.each(SOURCED)('has the sourced model %s %s', (maker, ...products) => {
    const found = devices.filter((device) => isSourced(device) && products.includes(device.smbios.productName))
    expect(found.filter(({ smbios }) => smbios.manufacturer === maker)).not.toEqual([])
  })

  test.each<[string, (device: DeviceDefinition) => boolean]>([
    ['a virtual machine with a virtual TPM', ({ tpm, disk }) => tpm?.vendor === 'MSFT' && disk.bus === 'sas'],
    ['a desktop without a TPM', ({ tpm, smbios }) => tpm === undefined && smbios.chassisType === 3],
    ['a TPM 1.2', ({ tpm }) => tpm?.version === '1.2'],
    ['a laptop with another board', ({ boardSwapOf }) => boardSwapOf !== undefined],
    ['"Default string" as a manufacturer', ({ smbios }) => smbios.manufacturer === 'Default string'],
    ['an SKU of zeros', ({ smbios }) => /^0+$/.test(smbios.sku)],
    ['an empty SKU', ({ smbios }) => smbios.sku === ''],
    ['no network adapter but a dongle', ({ adapters }) => adapters.length > 0 && adapters.every((a) => a.removable)],
    ['a modem', ({ adapters }) => adapters.some(({ kind }) => kind === 'cellular')],
    ['an ARM64 processor', ({ cpu }) => cpu.vendor.startsWith('Qualcomm')],
    ...[301, 403, 500, 600].map((major): [string, (device: DeviceDefinition) => boolean] => [
      `Intel's firmware TPM of the ${major} line`,
      ({ tpm }) => tpm?.vendor === 'INTC' && tpm.firmware[0] >>> 16 === major,
    ]),
  ])('has %s', (_, is) => {
    expect(devices.filter(is)).not.toEqual([])
  })

  test('shares no identity, but for the serial number and the disk of a laptop with another board', () => {
    const shared = devices.flatMap((device, index) =>
      devices.slice(index + 1).flatMap((other) => {
        const theirs = new Set(identitiesOf(other))
        const same = identitiesOf(device).filter((identity) => theirs.has(identity))
        return same.length > 0 ? [[device, other, same] as const] : []
      }),
    )
    for (const [device, other, same] of shared) {
      const [swapped, original] = device.boardSwapOf === undefined ? [other, device] : [device, other]
      expect(swapped.boardSwapOf, `${device.id} and ${other.id} share ${same}`).toBe(original.id)
      expect(same).toEqual([original.smbios.serialNumber, original.disk.serialNumber])
    }
    expect(shared).toHaveLength(devices.filter(({ boardSwapOf }) => boardSwapOf !== undefined).length)
  })
})

/** What tells one device from another. A virtual disk has no serial number. */
const identitiesOf = ({ smbios, disk, windows, adapters, tpm }: DeviceDefinition): string[] =>
  [
    smbios.serialNumber,
    smbios.uuid,
    windows.productKeyId,
    windows.productKeyPartNumber,
    disk.serialNumber,
    tpm?.endorsementSeed ?? '',
    ...adapters.map(({ mac }) => mac),
  ].filter((identity) => identity !== '')

describe.each(files)('%s', (file) => {
  const device = load(file)

  test('begins with its schema and a reason', () => {
    const [schema, reason] = textOf(file).split('\n')
    expect(schema).toBe('# yaml-language-server: $schema=./device.schema.json')
    expect(reason).toMatch(/^# \w/)
    expect(device.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  })

  test('has an identity that says it is synthetic', () => {
    const { smbios, disk, windows, adapters, tpm } = device
    expect(smbios.serialNumber).toMatch(/^SIM-[A-Z0-9]{4}-\d{6}$/)
    expect(smbios.uuid).toMatch(/^53494d00-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(disk.serialNumber).toMatch(disk.product.startsWith('Virtual Disk') ? /^$/ : /^(SIM-|5349_4D)/)
    expect(windows.productKeyPartNumber).toMatch(/^\[XX\]X00-/)
    for (const { mac } of adapters) expect(mac).toMatch(/^02:53:49:4D:[0-9A-F]{2}:[0-9A-F]{2}$/)
    if (tpm) {
      const seed = Buffer.from(tpm.endorsementSeed, 'hex').toString()
      expect(seed).toMatch(/^SIM-[A-Z0-9]{4}-\d{6} endorsement seed$/)
    }
  })

  test('says of every fact where it comes from, and of nothing else', () => {
    const paths = factsOf(device).map(({ path }) => path)
    const stated = Object.keys(device.provenance)
    const unexplained = paths.filter((path) => provenanceOf(device.provenance, path) === undefined)
    const unused = stated.filter((prefix) => !paths.some((path) => isUnder(path, prefix)))
    expect({ unexplained, unused }).toEqual({ unexplained: [], unused: [] })
  })

  test('names a public source for what is sourced, and none for its identity', () => {
    const tags = Object.entries(device.provenance)
    expect(tags.filter(([, { tag, source }]) => tag === 'sourced' && !PUBLIC.test(source))).toEqual([])
    const made = ['smbios.serialNumber', 'smbios.uuid', 'windows.productKeyId', 'windows.productKeyPartNumber']
    if (device.disk.serialNumber !== '') made.push('disk.serialNumber')
    if (device.tpm) made.push('tpm.endorsementSeed')
    made.push(...device.adapters.map((_, index) => `adapters.${index}.mac`))
    expect(made.map((path) => provenanceOf(device.provenance, path)?.tag)).toEqual(made.map(() => 'madeUp'))
  })

  test('is a sourced model, or says that it is made up', () => {
    const title = provenanceOf(device.provenance, 'title') as Provenance
    expect(title.tag).toBe(isSourced(device) ? 'sourced' : 'madeUp')
    // The name of a product without read facts must not look like one whose facts were read.
    if (provenanceOf(device.provenance, 'smbios')!.tag === 'madeUp') expect(device.title).toMatch(/ \(made up\)$/)
  })

  test('hangs together', () => {
    const { smbios, powerRole, touch, cpu, memory, panel } = device
    const roles: Record<number, string> = {
      1: 'mobile',
      3: 'desktop',
      9: 'mobile',
      10: 'mobile',
      30: 'slate',
      31: 'mobile',
      35: 'desktop',
    }
    expect(powerRole).toBe(roles[smbios.chassisType])
    if ([30, 31].includes(smbios.chassisType)) expect(touch).toBe(true)
    expect(panel.output === undefined).toBe(powerRole !== 'desktop')
    expect(cpu.threads).toBeGreaterThanOrEqual(cpu.cores)
    expect(memory.maxGb).toBeGreaterThanOrEqual(memory.gb)
  })

  test('has a TPM as its vendor makes them, if any', () => {
    const { tpm } = device
    if (!tpm) return
    const kinds: Record<string, string> = {
      INTC: 'firmware',
      AMD: 'firmware',
      QCOM: 'firmware',
      MSFT: 'firmware',
      IFX: 'discrete',
      NTC: 'discrete',
      STM: 'discrete',
    }
    expect(tpm.kind).toBe(kinds[tpm.vendor])
    expect(tpm.firmware[0]).toBeGreaterThan(0)
    // A chip for TPM 2.0 has its certificate inside.
    if (tpm.kind === 'discrete') expect(tpm.certificate).toBe(tpm.version === '2.0' ? 'nv' : 'none')
    expect(tpm.specification.level).toBe(tpm.version === '2.0' ? 0 : 2)
  })

  test('goes through a hardware hash of 4000 characters unchanged', () => {
    const ek = device.tpm?.version === '2.0' ? { modulus: modulusOf(device.tpm.endorsementSeed) } : undefined
    const report = hardwareReportOf(device, ek, Date.parse('2026-09-01T08:00:00Z'))
    const base64 = hardwareHashToBase64(encodeHardwareHash(report))
    expect({ length: base64.length, report: decodeHardwareHash(base64) }).toEqual({ length: 4000, report })
  })
})

function modulusOf(seed: string): Uint8Array {
  const { n } = derivedKeys.rsa2048(seed, 'ek').export({ format: 'jwk' })
  return Uint8Array.from(Buffer.from(n!, 'base64url'))
}

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
      'a MAC address of a group',
      (d) => (d.adapters[0].mac = '01:15:5D:00:00:01'),
      'adapters.0.mac: must be the MAC address of one adapter, for example 02:53:49:4D:00:01',
    ],
    [
      'no MAC address',
      (d) => (d.adapters[0].mac = '00:00:00:00:00:00'),
      'adapters.0.mac: must be the MAC address of one adapter, for example 02:53:49:4D:00:01',
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
    ['a floppy disk', (d) => (d.disk.bus = 'floppy'), 'disk.bus: must be emmc, nvme, sata, sas, raid or ufs'],
    ['a token ring', (d) => (d.adapters[0].bus = 'isa'), 'adapters.0.bus: must be pci, usb or vmbus'],
    ['a television', (d) => (d.panel.output = 'scart'), 'panel.output: must be internal, hdmi, displayport or other'],
    ['no language', (d) => (d.windows.languages = []), 'windows.languages: must name a language'],
    ['half a core', (d) => (d.cpu.cores = 0.5), 'cpu.cores: must be a whole number'],
    ['an unknown member', (d) => (d.colour = 'blue'), 'colour: Invalid key: Expected never but received "colour"'],
  ])('refuses %s', (_, change, message) => {
    expect(messages(change)).toContain(message)
  })
})
