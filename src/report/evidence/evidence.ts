import type { DeviceDefinition } from '../../domain/device.ts'
import { isOfExtension, type JournalEntry } from '../../domain/journal.ts'
import { bytesOf, PROFILE_FILE, profileFileIn } from '../../protocols/autopilot/disk-file.ts'
import { deliveryReport } from './delivery.ts'
import { dsregcmdStatus } from './dsregcmd.ts'
import { channelFile, channelsOf, eventLines, eventXml } from './event-xml.ts'
import { executorLog, extensionLog } from './extension-log.ts'
import { type DiskFacts, diskFacts } from './facts.ts'
import { hashCsv } from './hash-csv.ts'
import { archiveOf } from './log-archive.ts'
import { type Certainty, manifestOf } from './manifest.ts'
import { mdmReport, mdmReportPage } from './mdm-report.ts'
import { msiLogs } from './msi-log.ts'
import { registryDump } from './registry.ts'
import { setupTimeline } from './timeline.ts'

export interface EvidenceFile {
  /** Relative, with forward slashes. */
  name: string
  bytes: Uint8Array
  /** Which writer made it: `manifest.json` has what is known about it. */
  kind: EvidenceKind
}

export type EvidenceKind =
  | 'profile'
  | 'profileFile'
  | 'registry'
  | 'events'
  | 'extensionLog'
  | 'executorLog'
  | 'msiLog'
  | 'mdmReport'
  | 'mdmReportPage'
  | 'dsregcmd'
  | 'delivery'
  | 'hash'
  | 'timeline'
  | 'archive'

/** How sure the form of each kind of file is, and where that is from. A kind without a line does not compile. */
const KINDS: Readonly<Record<EvidenceKind, { about: string; certainty: Certainty; source: string }>> = {
  profile: {
    about: 'The profile that the look-up brought, as the device caches it.',
    certainty: 'observed',
    source: 'oobe-autopilot-esp.md, 3.1 and 3.5',
  },
  profileFile: {
    about: 'The profile that the school put onto the disk: its bytes, as they are. No tool of Windows collects it.',
    certainty: 'documented',
    source: 'oobe-autopilot-esp.md, 2.5 [D]',
  },
  registry: {
    about: 'Keys of the registry as reg export writes them: UTF-16 with its mark.',
    certainty: 'observed',
    source: 'oobe-autopilot-esp.md, 3.5 and 4.3',
  },
  events: {
    about: 'The events of one channel, as XML and as JSON lines. Windows keeps .evtx, which is not written.',
    certainty: 'documented',
    source: 'oobe-autopilot-esp.md, 8; docs/events.md says it of each event',
  },
  extensionLog: {
    about: 'The log of the management extension in the CMTrace format. The words of its lines are ours.',
    certainty: 'assumed',
    source: 'oobe-autopilot-esp.md, 8.3 [F] for what is in it',
  },
  executorLog: {
    about: 'Installers that the extension ran. The words of its lines are ours.',
    certainty: 'assumed',
    source: 'oobe-autopilot-esp.md, 8.3',
  },
  msiLog: {
    about: 'An attempt of msiexec: the lines that a reader searches for.',
    certainty: 'assumed',
    source: 'the log of Windows Installer, general knowledge',
  },
  mdmReport: {
    about: 'The device, its enrolment, policies and MSI jobs.',
    certainty: 'observed',
    source: 'oobe-autopilot-esp.md, 8.4 for its name',
  },
  mdmReportPage: { about: 'The same for a reader. Its layout is ours.', certainty: 'assumed', source: 'none' },
  dsregcmd: {
    about: 'What dsregcmd /status prints, as far as the journal has it.',
    certainty: 'documented',
    source: 'Microsoft: troubleshoot devices by using the dsregcmd command',
  },
  delivery: {
    about: 'What Get-DeliveryOptimizationPerfSnapThisMonth prints of the downloads: totals, and none from peers.',
    certainty: 'assumed',
    source: 'oobe-autopilot-esp.md, 8.4 [F] for the totals; the names of the values from general knowledge',
  },
  hash: {
    about: 'The hardware hash that the device sent, as a CSV for the import.',
    certainty: 'documented',
    source: 'device-identity.md, section 2',
  },
  timeline: {
    about: 'What happened, one line each, in the form of setupact.log. Its words are ours.',
    certainty: 'assumed',
    source: 'the form of setupact.log, general knowledge',
  },
  archive: {
    about: 'The layout of the cabinet of mdmdiagnosticstool.exe -area Autopilot -cab, as a ZIP.',
    certainty: 'observed',
    source: 'oobe-autopilot-esp.md, 8.4 [S]',
  },
}

const encoder = new TextEncoder()

/** The files without archive and manifest: what the archive has too. */
export function looseFiles(facts: DiskFacts): EvidenceFile[] {
  const file = (kind: EvidenceKind, name: string, content: string | Uint8Array): EvidenceFile => ({
    kind,
    name,
    bytes: typeof content === 'string' ? encoder.encode(content) : content,
  })
  const { profile, timeOf, apps } = facts
  const hash = hashCsv(facts)
  const hasWin32 = apps.some(({ type }) => isOfExtension(type))
  const cached = profile && { ...profile.json, PolicyDownloadDate: timeOf(profile.at) }
  return [
    ...(cached ? [file('profile', 'AutopilotDDSZTDFile.json', `${JSON.stringify(cached, undefined, 2)}\n`)] : []),
    ...(hash ? [file('hash', `DeviceHash_${facts.device?.name ?? 'device'}.csv`, hash)] : []),
    file('mdmReport', 'MDMDiagReport.xml', mdmReport(facts)),
    file('mdmReportPage', 'MDMDiagReport.html', mdmReportPage(facts)),
    file('registry', 'MdmDiagReport_RegistryDump.reg', registryDump(facts)),
    ...channelsOf(facts).flatMap((channel) => [
      file('events', `${channelFile(channel)}.xml`, eventXml(facts, channel)),
      file('events', `${channelFile(channel)}.jsonl`, eventLines(facts, channel)),
    ]),
    ...(hasWin32 || facts.events.some(({ event }) => event === 'checkInFailed')
      ? [file('extensionLog', 'IntuneManagementExtension.log', extensionLog(facts))]
      : []),
    ...(hasWin32 ? [file('executorLog', 'AgentExecutor.log', executorLog(facts))] : []),
    ...msiLogs(facts).map(({ name, text }) => file('msiLog', name, text)),
    file('dsregcmd', 'dsregcmd.txt', dsregcmdStatus(facts)),
    file('delivery', 'DeliveryOptimization.txt', deliveryReport(facts)),
    file('timeline', 'setupact.log', setupTimeline(facts)),
  ]
}

/** Folders by kind: what a real device keeps in many places. */
const FOLDERS: Partial<Record<EvidenceKind, string>> = {
  events: 'eventlogs',
  extensionLog: 'IntuneManagementExtension',
  executorLog: 'IntuneManagementExtension',
  msiLog: 'msi',
}

/** What a device leaves at the end of a journal: all of it is read off the journal, so the same journal gives the same bytes. */
export function evidenceOf(journal: readonly JournalEntry[]): EvidenceFile[] {
  const facts = diskFacts(journal)
  const loose = looseFiles(facts)
  const placed = loose.map((file) => {
    const folder = FOLDERS[file.kind]
    return folder === undefined ? file : { ...file, name: `${folder}/${file.name}` }
  })
  const archive: EvidenceFile = { kind: 'archive', name: 'MDMDiagReport.zip', bytes: archiveOf(facts, loose) }
  return [...placed, ...profileFile(facts), archive]
}

/** What of the disk's own files a person copies: a reset keeps them. */
function profileFile({ spec }: DiskFacts): EvidenceFile[] {
  const { disk = {} } = (spec?.device ?? {}) as Partial<DeviceDefinition>
  const found = profileFileIn(disk)
  return found ? [{ kind: 'profileFile', name: `Autopilot/${PROFILE_FILE}`, bytes: bytesOf(found) }] : []
}

/** `manifest.json`: each file, and in it each kind of line, with how sure it is. */
export const evidenceManifest = (journal: readonly JournalEntry[], files: readonly EvidenceFile[]): string =>
  manifestOf(
    diskFacts(journal),
    files.map(({ name, kind, bytes }) => ({ name, bytes: bytes.length, kind, ...KINDS[kind] })),
  )

/** The archive of what Collect logs leaves, at any moment of a run. */
export function logArchive(journal: readonly JournalEntry[]): Uint8Array {
  const facts = diskFacts(journal)
  return archiveOf(facts, looseFiles(facts))
}
