import type { AdapterFacts, CpuFacts, DeviceDefinition, Provenance, TpmFacts } from '../../domain/device.ts'
import { factsOf, isUnder } from '../../domain/provenance.ts'
import type { Edition } from '../../domain/windows-versions.ts'
import type { Chance } from '../../ports/chance.ts'
import { freshIdentity } from './fresh-identity.ts'

export const TPM_CHOICES = ['none', '1.2', 'firmware', 'discrete'] as const
export const ETHERNET_CHOICES = ['none', 'onboard', 'dongle'] as const

/** What a new device has other than the one that it is like. */
export interface Choices {
  title?: string
  serialNumber?: string
  manufacturer?: string
  productName?: string
  edition?: Edition
  tpm?: (typeof TPM_CHOICES)[number]
  ethernet?: (typeof ETHERNET_CHOICES)[number]
}

const ASKED_FOR: Provenance = { tag: 'madeUp', source: 'asked for' }
const SYNTHETIC: Provenance = { tag: 'madeUp', source: 'synthetic' }

/** A device like another one, with its own identity: the same chance and choices give the same device. */
export function newDevice(id: string, like: DeviceDefinition, choices: Choices, chance: Chance): DeviceDefinition {
  const { provenance, boardSwapOf: _, tpm: before, ...facts } = structuredClone(like)
  const identity = freshIdentity(chance, facts.disk)
  const kept = adaptersOf(facts.adapters, choices.ethernet)
  const tpm = tpmOf(before, facts.cpu.vendor, choices.tpm)
  const device = {
    ...facts,
    id,
    title: choices.title ?? `${id}, like ${like.title}`,
    windows: {
      ...facts.windows,
      edition: choices.edition ?? facts.windows.edition,
      productKeyId: identity.productKeyId,
      productKeyPartNumber: identity.productKeyPartNumber,
    },
    smbios: {
      ...facts.smbios,
      manufacturer: choices.manufacturer ?? facts.smbios.manufacturer,
      productName: choices.productName ?? facts.smbios.productName,
      serialNumber: choices.serialNumber ?? identity.serialNumber,
      uuid: identity.uuid,
    },
    disk: { ...facts.disk, serialNumber: identity.diskSerialNumber },
    adapters: kept.map(({ adapter }, index) => ({ ...adapter, mac: identity.macAt(index) })),
    ...(tpm ? { tpm: { ...tpm, endorsementSeed: identity.endorsementSeed } } : {}),
  }
  const stated: [string, Provenance][] = [
    ...Object.entries(provenance).filter(
      ([path]) => !path.startsWith('adapters.') && !(tpm !== before && isUnder(path, 'tpm')),
    ),
    ...kept.flatMap(({ from }, index) => provenanceOfAdapter(provenance, from, index)),
    ...IDENTITY_PATHS.map((path): [string, Provenance] => [path, SYNTHETIC]),
    // A virtual disk has no serial number that could be invented.
    ...(device.disk.serialNumber === '' ? [] : [['disk.serialNumber', SYNTHETIC] as [string, Provenance]]),
    ...askedFor(choices, tpm !== before).map((path): [string, Provenance] => [path, ASKED_FOR]),
  ]
  return { ...device, provenance: inOrder(stated, device) }
}

const IDENTITY_PATHS = [
  'windows.productKeyId',
  'windows.productKeyPartNumber',
  'smbios.serialNumber',
  'smbios.uuid',
  'tpm.endorsementSeed',
]

const askedFor = (choices: Choices, isOtherTpm: boolean): string[] => [
  'title',
  ...(choices.edition === undefined ? [] : ['windows.edition']),
  ...(choices.manufacturer === undefined ? [] : ['smbios.manufacturer']),
  ...(choices.productName === undefined ? [] : ['smbios.productName']),
  ...(choices.serialNumber === undefined ? [] : ['smbios.serialNumber']),
  ...(isOtherTpm ? ['tpm'] : []),
]

/** What was said of an adapter at another place, or that it was asked for. */
function provenanceOfAdapter(
  provenance: DeviceDefinition['provenance'],
  from: number | undefined,
  to: number,
): [string, Provenance][] {
  const stated = Object.entries(provenance).filter(([path]) => isUnder(path, `adapters.${from}`))
  const moved = stated.map(([path, said]): [string, Provenance] => [
    path.replace(/^adapters\.\d+/, `adapters.${to}`),
    said,
  ])
  return [
    ...(from === undefined ? [[`adapters.${to}`, ASKED_FOR] as [string, Provenance]] : moved),
    [`adapters.${to}.mac`, SYNTHETIC],
  ]
}

/** In the order of the facts, the later of two wins; what is said of no fact is dropped. */
function inOrder(stated: readonly [string, Provenance][], device: object): DeviceDefinition['provenance'] {
  const paths = factsOf(device).map(({ path }) => path)
  const places = [...new Map(stated)].map(([prefix, said]) => ({
    prefix,
    said,
    place: paths.findIndex((path) => isUnder(path, prefix)),
  }))
  return Object.fromEntries(
    places
      .filter(({ place }) => place >= 0)
      .sort((a, b) => a.place - b.place || a.prefix.length - b.prefix.length)
      .map(({ prefix, said }) => [prefix, said]),
  )
}

type Addressless = Omit<AdapterFacts, 'mac'>

const ONBOARD: Addressless = {
  id: 'ethernet',
  kind: 'ethernet',
  name: 'Realtek PCIe GbE Family Controller',
  removable: false,
}
const DONGLE: Addressless = {
  id: 'dongle',
  kind: 'ethernet',
  bus: 'usb',
  name: 'Realtek USB GbE Family Controller',
  removable: true,
}

/** The adapters, and for each its place before. */
function adaptersOf(before: readonly AdapterFacts[], ethernet: Choices['ethernet']) {
  const kept = before
    .map((adapter, from): { adapter: Addressless; from: number | undefined } => ({ adapter, from }))
    .filter(({ adapter }) => ethernet === undefined || adapter.kind !== 'ethernet')
  if (ethernet === 'onboard') kept.unshift({ adapter: ONBOARD, from: undefined })
  if (ethernet === 'dongle') kept.push({ adapter: DONGLE, from: undefined })
  return kept
}

type Seedless = Omit<TpmFacts, 'endorsementSeed'>

const TPM_2_0 = { version: '2.0', specification: { level: 0, revision: '1.38' } } as const

/** 500.10 of Intel, 3.49 of AMD, 1.0 of Qualcomm. */
const FIRMWARE_TPM: Record<CpuFacts['vendor'], Seedless> = {
  GenuineIntel: { ...TPM_2_0, vendor: 'INTC', kind: 'firmware', firmware: [32_768_010, 0], certificate: 'web' },
  AuthenticAMD: { ...TPM_2_0, vendor: 'AMD', kind: 'firmware', firmware: [196_657, 5], certificate: 'web' },
  'Qualcomm Technologies Inc': {
    ...TPM_2_0,
    vendor: 'QCOM',
    kind: 'firmware',
    firmware: [65_536, 0],
    certificate: 'web',
  },
}

/** Infineon 7.85.4555.0, and one of version 1.2. */
const CHIP: Seedless = {
  ...TPM_2_0,
  vendor: 'IFX',
  kind: 'discrete',
  firmware: [458_837, 1_166_080],
  certificate: 'nv',
}
const OLD_CHIP: Seedless = {
  version: '1.2',
  specification: { level: 2, revision: '1.16' },
  vendor: 'IFX',
  kind: 'discrete',
  firmware: [262_187, 0],
  certificate: 'none',
}

/** The same object where it fits the choice; else a usual one of that kind. */
function tpmOf(before: TpmFacts | undefined, processor: CpuFacts['vendor'], choice: Choices['tpm']) {
  if (choice === 'none') return undefined
  if (choice === undefined || (before && choice === (before.version === '1.2' ? '1.2' : before.kind))) return before
  if (choice === 'firmware') return FIRMWARE_TPM[processor]
  return choice === 'discrete' ? CHIP : OLD_CHIP
}
