import type { DeviceDefinition } from '../../domain/device.ts'
import { UserError } from '../../domain/trouble.ts'
import { servicedUntil, versionOf } from '../../domain/windows-versions.ts'
import { loadDeviceFile, namesOf } from '../../scenario/library.ts'
import { columns } from '../columns.ts'
import { EXIT } from '../exit-codes.ts'
import { parseOptions } from '../options.ts'
import { print, printNote } from '../print.ts'
import { networkInShort, tpmInShort, windowsInShort } from './summary.ts'

const HELP = `oobe device list   the devices there are, the working folder's included

  --json           the same as JSON: an array of objects`

/** Each school that has such devices has to know it (oobe-autopilot-esp.md, 0.1 item 1 [B]). */
const SE_ENDED = [
  'Microsoft ended the support of Windows 11 SE on 13 October 2026: 24H2 is its last version.',
  'surface-laptop-pro-education is the same laptop with an edition that has updates.',
]

type Entry = { id: string; definition: DeviceDefinition } | { id: string; trouble: UserError }

export function run(args: string[]): number {
  const { values, positionals } = parseOptions(args, { json: { type: 'boolean' } }, 'oobe device list')
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  if (positionals.length > 0) {
    throw new UserError('ERR_BAD_ARGUMENTS', `oobe device list takes no device: ${positionals.join(', ')}`, [
      `Did you mean "oobe device show ${positionals[0]}"?`,
    ])
  }
  const entries = namesOf('device').map(entryOf)
  if (values.json) print(JSON.stringify(entries.map(asJson), undefined, 2))
  else {
    for (const line of asLines(entries)) print(line)
    // Not on standard output, which is a table for other programs.
    if (entries.some(hasSe)) for (const line of SE_ENDED) printNote(line)
  }
  return EXIT.pass
}

const hasSe = (entry: Entry): boolean => 'definition' in entry && entry.definition.windows.edition === 'SE'

/** One broken file does not hide the others. */
function entryOf(id: string): Entry {
  try {
    return { id, definition: loadDeviceFile(id) }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return { id, trouble: error }
  }
}

function asLines(entries: readonly Entry[]): string[] {
  const good = entries.flatMap((entry) => ('definition' in entry ? [entry] : []))
  const broken = entries.flatMap((entry) => ('trouble' in entry ? [entry] : []))
  const rows = good.map(({ id, definition }) => [
    id,
    definition.title,
    windowsInShort(definition),
    servicedUntil(definition.windows.edition, definition.windows.build) ?? 'not known',
    tpmInShort(definition),
    networkInShort(definition),
  ])
  return [
    ...columns([['DEVICE', 'TITLE', 'WINDOWS 11', 'UPDATES UNTIL', 'TPM', 'NETWORK'], ...rows]),
    ...broken.map(({ id, trouble }) => `${id}: ${trouble.message}`),
  ]
}

function asJson(entry: Entry) {
  if ('trouble' in entry) return { id: entry.id, error: { code: entry.trouble.code, message: entry.trouble.message } }
  const { id, definition } = entry
  const { title, boardSwapOf, windows, smbios, cpu, tpm, adapters } = definition
  return {
    id,
    title,
    ...(boardSwapOf === undefined ? {} : { boardSwapOf }),
    edition: windows.edition,
    version: versionOf(windows.edition, windows.build)?.name ?? null,
    build: windows.build,
    servicedUntil: servicedUntil(windows.edition, windows.build) ?? null,
    manufacturer: smbios.manufacturer,
    productName: smbios.productName,
    serialNumber: smbios.serialNumber,
    processor: cpu.brand.trim(),
    tpm: tpm ? { version: tpm.version, kind: tpm.kind, vendor: tpm.vendor } : null,
    adapters: adapters.map(({ kind, removable }) => ({ kind, removable })),
  }
}
