import { buildParts, type Edition } from './windows-versions.ts'

/**
 * The restore page of Windows Backup for Organizations: what a person backed up from an older device is put onto this one (reference:
 * oobe-autopilot-esp.md, 1.11).
 */

/** `state` of `windowsRestoreDeviceEnrollmentConfiguration`: the tenant-wide setting "Show restore page" [D]. */
export const RESTORE_STATES = ['notConfigured', 'enabled', 'disabled'] as const

export type RestoreState = (typeof RESTORE_STATES)[number]

/** What a person has backed up from a device, as a tenant's file states it. */
export interface BackupDefinition {
  /** Name of the device. */
  device: string
  /** ISO 8601. */
  lastBackup: string
}

/** A backup that the restore page offers. */
export interface Backup {
  /** Opaque, of the service. */
  id: string
  device: string
  /** ISO 8601. */
  lastModified: string
}

/** The node that the setting writes (WindowsBackupAndRestore CSP [L]). */
export const RESTORE_NODE = './Device/Vendor/MSFT/WindowsBackupAndRestore/EnableWindowsRestore'

/**
 * The least fourth part of a build, by its third: the builds of the reference [D]. Of 24H2 a build from before July 2025 has the page only once
 * a quality update has raised it [D], and the overview of the feature names 26100.4770 [L].
 */
const FIRST_REVISION: Readonly<Record<number, number>> = { 22621: 3958, 22631: 3958, 26100: 4770 }
/** All builds from this one on have it. */
const FIRST_BUILD = 26_200

/**
 * Why a Windows has no restore page; undefined for one that has it.
 *
 * @param build four parts, such as `10.0.26100.4770`
 */
export function whyNoRestore(edition: Edition, build: string): string | undefined {
  if (edition === 'SE') return 'Windows 11 SE has no restore page'
  // The CSP has Pro, Enterprise and Education [L].
  if (edition === 'Home') return 'Windows 11 Home has no restore page'
  const { number, revision } = buildParts(build)
  const first = FIRST_REVISION[number]
  if (number >= FIRST_BUILD || (first !== undefined && revision >= first)) return undefined
  return first === undefined
    ? `build ${number}.${revision} has no restore page`
    : `build ${number}.${revision} has no restore page: it comes with ${number}.${first}`
}
