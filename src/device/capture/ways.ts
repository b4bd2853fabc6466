import type { WindowsFacts } from '../../domain/device.ts'

/** How an administrator gets the hardware hash out of a device (device-identity.md section 2.4). */
export type CaptureWay = 'diagnostics' | 'settings' | 'powershell' | 'configuration-manager'

export interface CaptureFacts {
  title: string
  /** What is left behind: an archive of logs, or the bare CSV. */
  leaves: 'archive' | 'csv'
  fileName: string
  /** Where it lands. */
  place: string
  /** How sure that is. */
  source: string
}

export const CAPTURE_WAYS: Readonly<Record<CaptureWay, CaptureFacts>> = {
  diagnostics: {
    title: 'the diagnostics page of the first boot (Ctrl+Shift+D), "Export logs"',
    leaves: 'archive',
    fileName: 'MDMDiagReport.zip',
    place: 'a USB stick',
    source: 'the way, and that the logs hold the CSV [D]; name of the archive [I]',
  },
  settings: {
    title: 'Settings, Accounts, Access work or school, "Export your management log files"',
    leaves: 'archive',
    fileName: 'MDMDiagReport.zip',
    place: 'MDMDiagnostics in the public documents folder',
    source: 'the way and the folder [D]; that it is one archive, and its name [I]',
  },
  powershell: {
    title: 'PowerShell, Get-WindowsAutopilotInfo',
    leaves: 'csv',
    fileName: 'AutopilotHWID.csv',
    place: 'the folder that the command names',
    source: 'columns [O]; written as ANSI, which the import needs [D], though the shell has another default [K]',
  },
  'configuration-manager': {
    title: 'Configuration Manager, the report of Autopilot device information',
    leaves: 'csv',
    fileName: 'AutopilotHWID.csv',
    place: 'the export of the report',
    source: 'the way [D]; columns [I]',
  },
}

/** Editions that bar a way, and why. */
const BARRED: readonly { edition: WindowsFacts['edition']; ways: readonly CaptureWay[]; why: string }[] = [
  {
    edition: 'SE',
    ways: ['powershell', 'configuration-manager'],
    why: 'Windows 11 SE supports neither PowerShell nor Configuration Manager for capturing hashes (2.4 [D])',
  },
]

/** Why an edition bars a way; undefined when it allows it. */
export const whyBarred = (edition: WindowsFacts['edition'], way: CaptureWay): string | undefined =>
  BARRED.find((rule) => rule.edition === edition && rule.ways.includes(way))?.why

/** What an archive of logs holds, as far as public sources show it. */
export const ARCHIVE_FILES = {
  /** `*` is the name of the computer. [O] */
  hash: 'DeviceHash_*.csv',
  /** The cached profile [O]; left out before there is one [I]. */
  profile: 'AutopilotDDSZTDFile.json',
} as const
