import type { AdapterFacts, DeviceDefinition, Provenance, TpmFacts } from '../../domain/device.ts'
import type { Edition } from '../../domain/windows-versions.ts'
import type { Chance } from '../../ports/chance.ts'
import type { AdapterRecord, HardwareReport } from '../../protocols/hardware-hash/report.ts'
import { readTpmVersionText } from '../../protocols/tpm/read-version-text.ts'
import { freshIdentity, type Identity } from './fresh-identity.ts'
import { cpuOf, diskOf, panelOf, roleOf } from './report-values.ts'
import { Facts, NOT_TOLD, within } from './told-facts.ts'

/** A device that says what a hardware report says, and which of its facts the report does not tell. */
export interface FromReport {
  device: DeviceDefinition
  /** Paths of facts that are made up, and why. */
  remarks: Map<string, string>
}

export interface FromReportChoices {
  title?: string
  edition?: Edition
  /** Replaces what tells the device from another by synthetic values; facts of the model stay. */
  isAnonymous: boolean
}

/** The same chance, report and choices give the same device. */
export function deviceFromReport(
  id: string,
  report: HardwareReport,
  choices: FromReportChoices,
  chance: Chance,
): FromReport {
  const facts = new Facts()
  const disk = diskOf(report, facts)
  const identity = freshIdentity(chance, disk)
  const adapters = report.adapters
    .slice(0, ADAPTERS_MAX)
    .map((adapter, index) => adapterOf(adapter, index, identity, facts))
  const tpm = tpmOf(report, identity, facts)
  const manufacturer = facts.text('smbios.manufacturer', report.manufacturer, 'Unknown maker', 1)
  const productName = facts.text('smbios.productName', report.productName, 'Unknown model', 1)
  const told: Unsourced = {
    id,
    title: choices.title ?? `${manufacturer} ${productName}, from a hardware hash`,
    windows: {
      edition: facts.take('windows.edition', choices.edition, 'SE'),
      build: facts.take('windows.build', report.tool?.osBuild, '10.0.26100.4652', isBuild),
      languages: facts.take('windows.languages', undefined, ['en-US']),
      productKeyId: facts.take('windows.productKeyId', report.productKeyId, identity.productKeyId, (text) =>
        /^\d{13}$/.test(text),
      ),
      productKeyPartNumber: facts.take(
        'windows.productKeyPartNumber',
        report.productKeyPartNumber,
        identity.productKeyPartNumber,
        (text) => /^\[[A-Z]{2}\]X\d{2}-\d{5}$/.test(text),
      ),
    },
    smbios: {
      manufacturer,
      productName,
      version: facts.text('smbios.version', report.systemVersion, ''),
      serialNumber: facts.text('smbios.serialNumber', report.serialNumber, identity.serialNumber, 1),
      uuid: facts.take('smbios.uuid', report.smbiosUuid, identity.uuid),
      sku: facts.text('smbios.sku', report.sku, ''),
      family: facts.text('smbios.family', report.family, ''),
      firmwareVendor: facts.text('smbios.firmwareVendor', report.firmwareVendor, manufacturer, 1),
      board: {
        manufacturer: facts.text('smbios.board.manufacturer', report.boardManufacturer, manufacturer),
        product: facts.text('smbios.board.product', report.boardProduct, ''),
        version: facts.text('smbios.board.version', report.boardVersion, ''),
      },
      chassisType: facts.take('smbios.chassisType', report.enclosure?.chassisType, 10, within(1, 36)),
    },
    cpu: cpuOf(report, facts),
    memory: {
      gb: facts.take('memory.gb', report.memory?.gb, 4, within(1, 4096)),
      maxGb: facts.take('memory.maxGb', report.memory?.maxGb, 4096, within(1, 4096)),
      slots: facts.take('memory.slots', report.memory?.slots, 1, within(1, 64)),
    },
    disk,
    adapters,
    panel: panelOf(report, facts),
    powerRole: roleOf(report, facts),
    touch: facts.take('touch', report.enclosure && (report.enclosure.touch & 0x03) !== 0, false),
    ...(report.enclosure?.opticalDrive === 1 ? { opticalDrive: true } : {}),
    ...(tpm === undefined ? {} : { tpm }),
  }
  const device = choices.isAnonymous ? anonymous(told, identity, facts) : told
  return { device: { ...device, provenance: provenanceOf(device, facts.remarks, choices) }, remarks: facts.remarks }
}

const ADAPTERS_MAX = 16

const isBuild = (build: string): boolean => /^10\.0\.\d{5}\.\d{1,5}$/.test(build)

/** NDIS physical media. */
const KINDS: Readonly<Record<number, AdapterFacts['kind']>> = {
  1: 'wifi',
  8: 'cellular',
  9: 'wifi',
  10: 'bluetooth',
  14: 'ethernet',
}
const BUSES: Readonly<Record<string, AdapterFacts['bus']>> = { PCI: 'pci', USB: 'usb', VMBUS: 'vmbus' }
const ADAPTER_NAMES = {
  wifi: 'Wi-Fi adapter',
  ethernet: 'Ethernet adapter',
  bluetooth: 'Bluetooth adapter',
  cellular: 'Mobile broadband adapter',
}

/** An adapter that is in a hash cannot be unplugged (device-identity.md section 1.7). */
function adapterOf(
  { medium, mac, enumerator }: AdapterRecord,
  index: number,
  identity: Identity,
  facts: Facts,
): AdapterFacts {
  const path = `adapters.${index}`
  const kind = facts.take(
    `${path}.kind`,
    KINDS[medium] ?? (enumerator === 'VMBUS' ? 'ethernet' : undefined),
    'ethernet',
  )
  const usual = kind === 'bluetooth' ? 'BTH' : 'PCI'
  const bus = enumerator === usual ? undefined : BUSES[enumerator]
  facts.say(`${path}.id`, NOT_TOLD)
  facts.say(`${path}.name`, NOT_TOLD)
  return {
    id: `${kind}-${index + 1}`,
    kind,
    ...(bus === undefined ? {} : { bus }),
    name: ADAPTER_NAMES[kind],
    mac: facts.take(
      `${path}.mac`,
      mac,
      identity.macAt(index),
      (text) => !/^00(:00){5}$/.test(text) && (Number.parseInt(text, 16) & 1) === 0,
    ),
    removable: false,
  }
}

const SECRET = 'synthetic: the hash tells the public half of the endorsement key alone'

/** Makers of TPMs that are part of a processor, or software. */
const FIRMWARE = ['INTC', 'AMD', 'QCOM', 'MSFT']

function tpmOf(report: HardwareReport, identity: Identity, facts: Facts): TpmFacts | undefined {
  const { tpmVersion, ekPublicModulus } = report
  if (!tpmVersion && ekPublicModulus === undefined) return undefined
  const told = tpmVersion === undefined ? undefined : readTpmVersionText(tpmVersion)
  const vendor = facts.take('tpm.vendor', told?.vendor, 'IFX', (id) => /^[A-Z0-9]{3,4}$/.test(id))
  const isFirmware = FIRMWARE.includes(vendor)
  facts.say('tpm.kind', `inferred: what ${vendor} makes`)
  facts.say('tpm.certificate', NOT_TOLD)
  facts.say('tpm.endorsementSeed', ekPublicModulus === undefined ? NOT_TOLD : SECRET)
  const version = facts.take('tpm.version', told?.version, '2.0', (text) => text === '2.0' || text === '1.2')
  return {
    version: version as TpmFacts['version'],
    vendor,
    kind: isFirmware ? 'firmware' : 'discrete',
    firmware: facts.take('tpm.firmware', told && [...told.firmware], [1, 0]) as [number, number],
    specification: {
      level: facts.take('tpm.specification.level', told?.specification.level, 0),
      revision: facts.take('tpm.specification.revision', told?.specification.revision, '1.38', (text) =>
        /^\d\.\d{2}$/.test(text),
      ),
    },
    endorsementSeed: identity.endorsementSeed,
    certificate: vendor === 'MSFT' || version === '1.2' ? 'none' : isFirmware ? 'web' : 'nv',
  }
}

const REPLACED = 'synthetic: in place of the one in the hash'

type Unsourced = Omit<DeviceDefinition, 'provenance'>

function anonymous(device: Unsourced, identity: Identity, facts: Facts): Unsourced {
  const { serialNumber, uuid, productKeyId, productKeyPartNumber, diskSerialNumber, macAt } = identity
  const paths = ['smbios.serialNumber', 'smbios.uuid', 'windows.productKeyId', 'windows.productKeyPartNumber']
  if (diskSerialNumber !== '') paths.push('disk.serialNumber')
  paths.push(...device.adapters.map((_, index) => `adapters.${index}.mac`))
  for (const path of paths) if (!facts.remarks.has(path)) facts.say(path, REPLACED)
  return {
    ...device,
    windows: { ...device.windows, productKeyId, productKeyPartNumber },
    smbios: { ...device.smbios, serialNumber, uuid },
    disk: { ...device.disk, serialNumber: diskSerialNumber },
    adapters: device.adapters.map((adapter, index) => ({ ...adapter, mac: macAt(index) })),
  }
}

const FROM_HASH: Provenance = { tag: 'sourced', source: 'the hardware hash' }

/** Groups of facts are from the hash; each made-up one says why. */
function provenanceOf(
  device: Unsourced,
  remarks: ReadonlyMap<string, string>,
  { title, edition }: FromReportChoices,
): DeviceDefinition['provenance'] {
  const groups = Object.keys(device).filter(
    (name) => name !== 'id' && (name !== 'adapters' || device.adapters.length > 0),
  )
  return {
    ...Object.fromEntries(groups.map((name) => [name, FROM_HASH])),
    title: title === undefined ? { tag: 'inferred', source: 'manufacturer and product name' } : ASKED_FOR,
    ...Object.fromEntries(
      [...remarks].map(([path, remark]): [string, Provenance] => {
        const [kind, ...why] = remark.split(': ')
        return [path, { tag: kind === 'inferred' ? 'inferred' : 'madeUp', source: why.join(': ') }]
      }),
    ),
    ...(edition === undefined ? {} : { 'windows.edition': ASKED_FOR }),
  }
}

const ASKED_FOR: Provenance = { tag: 'madeUp', source: 'asked for' }
