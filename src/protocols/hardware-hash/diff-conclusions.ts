import { isDeepStrictEqual } from 'node:util'
import { type Area, type DiffVerdict, type Fate, type FieldChange, identityFate } from './diff-tables.ts'
import type { HardwareReport } from './report.ts'

/** What changes mean. `source` says how sure that is: section and tag of device-identity.md. */
export interface Conclusion {
  code: string
  text: string
  source: string
}

interface Compared {
  before: HardwareReport
  after: HardwareReport
  changes: readonly FieldChange[]
  verdict: DiffVerdict
}

/** What happened to the device, then what a service makes of it. */
export function conclude(compared: Compared): Conclusion[] {
  const { changes, verdict } = compared
  if (changes.length === 0) return [isSameBytes(compared) ? IDENTICAL : BYTES_DIFFER]
  if (verdict === 'same') {
    const text = 'Nothing but the time differs: two captures of one device.'
    return [{ code: 'TIME_ONLY', text, source: '1.1 [V]' }]
  }
  if (verdict === 'unknown') return [NOTHING_IDENTIFIES]
  const events = verdict === 'other' ? [OTHER_DEVICE] : eventsOf(compared)
  return [...events, service(compared)]
}

const IDENTICAL: Conclusion = { code: 'IDENTICAL', text: 'The two reports are the same.', source: '[V]' }

const BYTES_DIFFER: Conclusion = {
  code: 'BYTES_DIFFER',
  text: 'No field differs, bytes do: the order of records, what fills them up, or what follows the checksum.',
  source: '[V]',
}

const NOTHING_IDENTIFIES: Conclusion = {
  code: 'NOTHING_IDENTIFIES',
  text: 'One of them has no value that only one device has: they do not show whether it is the same device.',
  source: '[I]',
}

/** A report has all that its bytes said; zeros behind the checksum may be dropped. */
const isSameBytes = ({ before, after }: Compared): boolean => isDeepStrictEqual(bytesOf(before), bytesOf(after))

function bytesOf({ layout, ...report }: HardwareReport): unknown {
  return { report, records: layout?.records, tail: layout?.tail?.some((byte) => byte !== 0) ? layout.tail : undefined }
}

const OTHER_DEVICE: Conclusion = {
  code: 'OTHER_DEVICE',
  text: 'They have no unique value in common: two devices, or a board, a disk and a label replaced at once.',
  source: '[I]',
}

function eventsOf(compared: Compared): Conclusion[] {
  const areas = new Set(compared.changes.map(({ area }) => area))
  const isBoardSwap = boardWasSwapped(compared)
  return [
    ...(isBoardSwap ? boardSwap(compared) : [...tpm(compared), ...smbios(compared), ...network(compared)]),
    ...disk(compared, areas),
    ...memory(compared, areas),
    ...simple(areas, isBoardSwap),
  ]
}

const fateOf = ({ before, after }: Compared, field: string): Fate => identityFate(field, before, after)

const ekFate = (compared: Compared): Fate => fateOf(compared, 'EkPubHash')

/** No address of an adapter that is built in is left. */
function allAdaptersReplaced({ before, after }: Compared): boolean {
  const old = new Set(before.adapters.map(({ mac }) => mac))
  return old.size > 0 && after.adapters.length > 0 && !after.adapters.some(({ mac }) => old.has(mac))
}

/** UUID and TPM or adapters sit on the board, and go with it. */
function boardWasSwapped(compared: Compared): boolean {
  if (fateOf(compared, 'SmbiosUuid') !== 'changed') return false
  return ['changed', 'gone', 'new'].includes(ekFate(compared)) || allAdaptersReplaced(compared)
}

const EK_FATES: Partial<Record<Fate, string>> = {
  gone: ' The new one shows no endorsement key.',
  new: ' The old one showed no endorsement key.',
}

function boardSwap(compared: Compared): Conclusion[] {
  const gone = ['SmbiosUuid']
  if (ekFate(compared) === 'changed') gone.push('endorsement key')
  if (allAdaptersReplaced(compared)) gone.push('MAC addresses')
  const text = `The board was replaced: ${gone.join(', ')} went with it.${EK_FATES[ekFate(compared)] ?? ''}`
  return [{ code: 'BOARD_SWAP', text: `${text} ${labelText(compared)}`, source: '1.7 [I]' }]
}

function labelText(compared: Compared): string {
  const { serialNumber } = compared.after
  const now = serialNumber === undefined ? 'there is none now' : `it is ${JSON.stringify(serialNumber)} now`
  const texts: Record<Fate, string> = {
    same: 'The serial number was written to the new one.',
    changed: `The serial number was not carried over: ${now}.`,
    gone: `The serial number was not carried over: ${now}.`,
    new: `The old one had no serial number; ${now}.`,
    absent: 'Neither has a serial number.',
  }
  return texts[fateOf(compared, 'SmbiosSystemSerialNumber')]
}

function tpm(compared: Compared): Conclusion[] {
  const texts: Partial<Record<Fate, [string, string]>> = {
    changed: [
      'TPM_REPLACED',
      'The TPM has another endorsement key: it was replaced, or its seed was changed. Clearing it keeps the key.',
    ],
    gone: ['TPM_GONE', 'The endorsement key is gone: the TPM was switched off, or could not be read.'],
    new: ['TPM_NEW', 'There is an endorsement key now: a TPM was switched on, or put in.'],
  }
  const known = texts[ekFate(compared)]
  if (known !== undefined) return [{ code: known[0], text: known[1], source: '3.1 [V]' }]
  const version = compared.changes.find(({ field }) => field === 'TPMVersion')
  if (version?.before === undefined || version.after === undefined) return []
  const text =
    ekFate(compared) === 'same'
      ? 'The same TPM with other firmware.'
      : 'The TPM has other firmware, or is another: no endorsement key tells.'
  return [{ code: 'TPM_FIRMWARE', text, source: '1.6 [I]' }]
}

function smbios(compared: Compared): Conclusion[] {
  const fields = compared.changes.filter(({ area }) => area === 'board' || area === 'product').map(({ field }) => field)
  if (fields.length === 0) return []
  const text = `SMBIOS says something else (${fields.join(', ')}) on what looks like the same board: its firmware was updated or written anew.`
  return [{ code: 'SMBIOS_REWRITTEN', text, source: '[I]' }]
}

function network({ before, after, changes }: Compared): Conclusion[] {
  const [old, fresh] = [before.adapters, after.adapters].map((all) => new Set(all.map(({ mac }) => mac)))
  const gone = [...old!].filter((mac) => !fresh!.has(mac))
  const added = [...fresh!].filter((mac) => !old!.has(mac))
  if (gone.length === 0 && added.length === 0) {
    if (!changes.some(({ area }) => area === 'network')) return []
    return [{ code: 'ADAPTER_FACTS', text: 'The same network adapters are described differently.', source: '[I]' }]
  }
  const parts = [gone.length > 0 && `without ${gone.join(', ')}`, added.length > 0 && `with ${added.join(', ')}`]
  const text = `Network adapters differ: now ${parts.filter(Boolean).join(', ')}.`
  return [{ code: 'ADAPTERS', text, source: '1.7 [D]' }]
}

function disk(compared: Compared, areas: ReadonlySet<Area>): Conclusion[] {
  if (!areas.has('disk')) return []
  return [DISK_FATES[fateOf(compared, 'DiskSerialNumber')]]
}

const DISK_FATES: Readonly<Record<Fate, Conclusion>> = {
  same: { code: 'DISK_FACTS', text: 'The same disk is described differently.', source: '[I]' },
  changed: { code: 'DISK_SWAP', text: 'The system disk was replaced.', source: '1.5 fact 3 [V]' },
  gone: { code: 'DISK_GONE', text: 'The system disk has no serial number any more: it may be another.', source: '[I]' },
  new: { code: 'DISK_NEW', text: 'The system disk has a serial number now: it may be another.', source: '[I]' },
  absent: {
    code: 'DISK_FACTS',
    text: 'A disk is described differently; no serial number tells whether it is another.',
    source: '[I]',
  },
}

function memory({ before, after }: Compared, areas: ReadonlySet<Area>): Conclusion[] {
  if (!areas.has('memory')) return []
  const [was, is] = [before.memory?.gb, after.memory?.gb]
  const text =
    was === is ? 'Memory is described differently.' : `Memory: ${was ?? 'unknown'} GB, now ${is ?? 'unknown'} GB.`
  return [{ code: 'MEMORY', text, source: '1.3 [I]' }]
}

/** Areas that one sentence is enough for; on another board they differ without an event of their own. */
const SIMPLE: readonly { area: Area; code: string; text: string; withBoard: boolean }[] = [
  {
    area: 'licence',
    code: 'LICENCE',
    text: 'Another product key: a new licence, or a new board with its own.',
    withBoard: true,
  },
  { area: 'processor', code: 'PROCESSOR', text: 'The processor differs.', withBoard: false },
  {
    area: 'display',
    code: 'DISPLAY',
    text: 'Display or graphics differ: another screen, or a driver.',
    withBoard: true,
  },
  {
    area: 'software',
    code: 'SOFTWARE',
    text: 'Windows or the tool that captured has another version.',
    withBoard: true,
  },
  { area: 'other', code: 'UNKNOWN_RECORDS', text: 'Records of unknown meaning differ.', withBoard: true },
]

const simple = (areas: ReadonlySet<Area>, isBoardSwap: boolean): Conclusion[] =>
  SIMPLE.filter(({ area, withBoard }) => areas.has(area) && (withBoard || !isBoardSwap)).map(({ code, text }) => ({
    code,
    text,
    source: '[I]',
  }))

/** What a service that matches on fields would make of it; how Microsoft's weighs them is not known [?]. */
function service(compared: Compared): Conclusion {
  const { verdict } = compared
  if (verdict === 'updated') {
    return {
      code: 'RECOGNISED',
      text: 'A service recognises the device: no field that identifies it changed.',
      source: '[I]',
    }
  }
  if (verdict === 'other') {
    const text = 'A service does not find the first device by this hash: 807 ZtdDeviceIsNotRegistered.'
    return { code: 'NOT_REGISTERED', text, source: '[I]' }
  }
  const fateIs = (fates: readonly Fate[], fields: readonly string[]) =>
    fields.filter((field) => fates.includes(fateOf(compared, field)))
  if (fateIs(['changed'], MATCHED).length > 0) {
    const text =
      'A service that finds the device by another field refuses it: event 908, SerialNumberMismatch or ' +
      'ProductKeyIdMismatch. Register it again with a fresh hash.'
    return { code: 'MISMATCH', text, source: 'event [D], matching [I]' }
  }
  if (fateIs(['changed', 'gone', 'new'], HARDWARE).length > 0) {
    const known = fateOf(compared, 'SmbiosSystemSerialNumber') === 'same' ? 'its serial number' : 'another field'
    const text =
      `A service finds the device by ${known}, but not its hardware: a mismatch like 908, no profile, and ` +
      '"Fix pending" or "Attention required" in the portal. Register it again with a fresh hash.'
    return { code: 'MISMATCH', text, source: 'portal words 2.3 [D], matching [I]' }
  }
  const oneSided = fateIs(['gone', 'new'], MATCHED)
  if (oneSided.length > 0) {
    const text = `Only one report has ${oneSided.join(' and ')}: a service may find the device by another field, or not.`
    return { code: 'INCOMPLETE', text, source: '[I]' }
  }
  const same = fateIs(['same'], [...MATCHED, ...HARDWARE])
  if (same.length === 0) {
    return { code: 'INCOMPLETE', text: 'No field that a service matches on is in both reports.', source: '[I]' }
  }
  const text = `A service probably still recognises the device: ${same.join(', ')} stayed the same.`
  return { code: 'PROBABLY_RECOGNISED', text, source: '[I]' }
}

/** Fields whose mismatch has a name, and those that belong to the board. */
const MATCHED = ['SmbiosSystemSerialNumber', 'ProductKeyID']
const HARDWARE = ['SmbiosUuid', 'EkPubHash', 'SmbiosSystemManufacturer']
