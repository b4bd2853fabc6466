import type { DiffVerdict, FieldChange } from './diff.ts'
import type { Area } from './diff-tables.ts'
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

type Fate = 'absent' | 'same' | 'changed' | 'gone' | 'new'

/** What happened to the device, then what a service makes of it. */
export function conclude(compared: Compared): Conclusion[] {
  const { changes, verdict } = compared
  if (changes.length === 0) return [{ code: 'IDENTICAL', text: 'The two reports are the same.', source: '[V]' }]
  if (verdict === 'same') {
    const text = 'Nothing but the time differs: two captures of one device.'
    return [{ code: 'TIME_ONLY', text, source: '1.1 [V]' }]
  }
  const events = verdict === 'other' ? [OTHER_DEVICE] : eventsOf(compared)
  return [...events, service(compared)]
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

const fateOf = ({ changes }: Compared, field: string, before: unknown): Fate => {
  const change = changes.find((candidate) => candidate.field === field)
  if (change === undefined) return before === undefined ? 'absent' : 'same'
  if (change.before === undefined) return 'new'
  return change.after === undefined ? 'gone' : 'changed'
}

const ekFate = (compared: Compared): Fate => fateOf(compared, 'EkPubHash', compared.before.ekPublicModulus)

/** No address of an adapter that is built in is left. */
function allAdaptersReplaced({ before, after }: Compared): boolean {
  const old = new Set(before.adapters.map(({ mac }) => mac))
  return old.size > 0 && after.adapters.length > 0 && !after.adapters.some(({ mac }) => old.has(mac))
}

/** UUID and TPM or adapters sit on the board, and go with it. */
function boardWasSwapped(compared: Compared): boolean {
  if (fateOf(compared, 'SmbiosUuid', compared.before.smbiosUuid) !== 'changed') return false
  return ['changed', 'gone', 'new'].includes(ekFate(compared)) || allAdaptersReplaced(compared)
}

function boardSwap(compared: Compared): Conclusion[] {
  const { after } = compared
  const gone = ['SmbiosUuid']
  if (ekFate(compared) !== 'same' && ekFate(compared) !== 'absent') gone.push('endorsement key')
  if (allAdaptersReplaced(compared)) gone.push('MAC addresses')
  const serial = fateOf(compared, 'SmbiosSystemSerialNumber', compared.before.serialNumber)
  const label =
    serial === 'same'
      ? 'The serial number was written to the new one.'
      : `The serial number was not carried over: it is ${JSON.stringify(after.serialNumber ?? '')} now.`
  const text = `The board was replaced: ${gone.join(', ')} went with it. ${label}`
  return [{ code: 'BOARD_SWAP', text, source: '1.7 [I]' }]
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
  if (fateOf(compared, 'TPMVersion', compared.before.tpmVersion) !== 'changed') return []
  return [{ code: 'TPM_FIRMWARE', text: 'The same TPM with other firmware.', source: '1.6 [I]' }]
}

function smbios(compared: Compared): Conclusion[] {
  const fields = compared.changes.filter(({ area }) => area === 'board' || area === 'product').map(({ field }) => field)
  if (fields.length === 0) return []
  const text = `SMBIOS says something else (${fields.join(', ')}) on what looks like the same board: its firmware was updated or written anew.`
  return [{ code: 'SMBIOS_REWRITTEN', text, source: '[I]' }]
}

function network({ before, after }: Compared): Conclusion[] {
  const [old, fresh] = [before.adapters, after.adapters].map((all) => new Set(all.map(({ mac }) => mac)))
  const gone = [...old!].filter((mac) => !fresh!.has(mac))
  const added = [...fresh!].filter((mac) => !old!.has(mac))
  if (gone.length === 0 && added.length === 0) return []
  const parts = [gone.length > 0 && `without ${gone.join(', ')}`, added.length > 0 && `with ${added.join(', ')}`]
  const text = `Network adapters differ: now ${parts.filter(Boolean).join(', ')}.`
  return [{ code: 'ADAPTERS', text, source: '1.7 [D]' }]
}

function disk(compared: Compared, areas: ReadonlySet<Area>): Conclusion[] {
  if (!areas.has('disk')) return []
  if (fateOf(compared, 'DiskSerialNumber', compared.before.diskSerial) === 'same') {
    return [{ code: 'DISK_FACTS', text: 'The same disk is described differently.', source: '[I]' }]
  }
  return [{ code: 'DISK_SWAP', text: 'The system disk was replaced.', source: '1.5 fact 3 [V]' }]
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
  { area: 'other', code: 'UNKNOWN_RECORDS', text: 'Records that nobody has explained differ.', withBoard: true },
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
  const changed = new Set(compared.changes.map(({ field }) => field))
  const has = (...fields: string[]) => fields.some((field) => changed.has(field))
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
  if (has('SmbiosSystemSerialNumber', 'ProductKeyID')) {
    const text =
      'A service that finds the device by another field refuses it: event 908, SerialNumberMismatch or ' +
      'ProductKeyIdMismatch. Register it again with a fresh hash.'
    return { code: 'MISMATCH', text, source: 'event [D], matching [I]' }
  }
  if (has('SmbiosUuid', 'EkPubHash', 'SmbiosSystemManufacturer')) {
    const text =
      'A service finds the device by its serial number, but not its hardware: a mismatch like 908, no profile, and ' +
      '"Fix pending" or "Attention required" in the portal. Register it again with a fresh hash.'
    return { code: 'MISMATCH', text, source: 'portal words 2.3 [D], matching [I]' }
  }
  const text = 'A service probably still recognises the device: serial number, UUID and endorsement key are the same.'
  return { code: 'PROBABLY_RECOGNISED', text, source: '[I]' }
}
