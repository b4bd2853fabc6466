import type { JournalEntry } from '../../domain/journal.ts'
import { specIn } from '../../journal/story.ts'
import { bodyText } from '../../journal/wire.ts'
import { type ArchiveFile, encodeZip } from '../../protocols/zip/encode.ts'
import { channelFile, eventsIn, eventXml } from './event-xml.ts'
import { mdmReport } from './mdm-report.ts'
import { registryDump } from './registry.ts'

/**
 * What Collect logs leaves: a ZIP with the flat layout of the cabinet that `mdmdiagnosticstool.exe -area Autopilot -cab` writes.
 * Everything in it is read off the journal so far, in which secrets are masked: the same journal gives the same bytes.
 */
export function logArchive(journal: readonly JournalEntry[]): Uint8Array {
  const spec = specIn(journal)
  const startsAt = spec?.startsAt ?? new Date(0).toISOString()
  const profile = profileIn(journal, startsAt)
  const files: ArchiveFile[] = [
    ...(profile ? [file('AutopilotDDSZTDFile.json', `${JSON.stringify(profile, undefined, 2)}\n`)] : []),
    file('MDMDiagReport.xml', mdmReport(journal)),
    { name: 'MdmDiagReport_RegistryDump.reg', bytes: registryDump(journal, profile) },
    ...eventFiles(journal, startsAt),
  ]
  return encodeZip([...files, file('MdmLogCollectorFootPrint.txt', footPrint(files, journal, startsAt))])
}

const file = (name: string, text: string): ArchiveFile => ({ name, bytes: new TextEncoder().encode(text) })

/** One file for each channel that has an event. */
function eventFiles(journal: readonly JournalEntry[], startsAt: string): ArchiveFile[] {
  const events = eventsIn(journal)
  const device = journal.findLast((entry) => entry.kind === 'device')
  const computer = device?.kind === 'device' ? device.name : ''
  const channels = [...new Set(events.map(({ channel }) => channel))].sort()
  return channels.map((channel) =>
    file(
      `${channelFile(channel)}.xml`,
      eventXml(
        events.filter((event) => event.channel === channel),
        startsAt,
        computer,
      ),
    ),
  )
}

/** The last profile that the look-up brought, with the time at which it came. */
function profileIn(journal: readonly JournalEntry[], startsAt: string): Record<string, unknown> | undefined {
  const lookups = new Set(
    journal.flatMap((entry) => (entry.kind === 'request' && entry.operation === 'Autopilot lookup' ? [entry.id] : [])),
  )
  const since = journal.findLastIndex((entry) => entry.kind === 'power' && entry.event === 'reset')
  const answer = journal.findLast(
    (entry, index) => index > since && entry.kind === 'response' && lookups.has(entry.id) && entry.status === 200,
  )
  if (answer?.kind !== 'response') return undefined
  try {
    const profile = JSON.parse(bodyText(answer.body) ?? '') as Record<string, unknown>
    return { ...profile, PolicyDownloadDate: new Date(Date.parse(startsAt) + answer.at).toISOString() }
  } catch {
    return undefined
  }
}

/** What is in the archive, and what Windows would have put there besides. */
function footPrint(files: readonly ArchiveFile[], journal: readonly JournalEntry[], startsAt: string): string {
  const at = new Date(Date.parse(startsAt) + (journal.at(-1)?.at ?? 0)).toISOString()
  return [
    `Collected by oobe-sim, device time ${at}. Read off the journal of a simulated run.`,
    '',
    ...files.map(({ name, bytes }) => `${name}\t${bytes.length} bytes`),
    '',
    'Windows writes the event logs as .evtx; these are the same events as XML.',
    'Not here: DeviceHash CSV ("oobe device hash" has the hash), LicensingDiag.cab, ETL traces, TpmHliInfo_Output.txt.',
    '',
  ].join('\r\n')
}
