import type { ByTry } from './by-try.ts'

export interface ScriptDefinition {
  id: string
  name: string
  /** Left out: a platform script. A remediation is a pair of scripts: one detects, and the other one mends what it found. */
  kind?: 'platform' | 'remediation' | undefined
  /** `user`: with the logged on credentials. Such a script is passed over in device preparation [D]. */
  runAsAccount: 'system' | 'user'
  /** These two: for every try, or by try. */
  runSeconds: ByTry<number>
  /** Of PowerShell: all but 0 is a failure. Of the detection of a remediation: 0 finds nothing to mend, 1 an issue. */
  exitCode: ByTry<number>
  /** Of the second script of a remediation; 0 when left out. */
  remediationExitCode?: number | undefined
  /** Ids of groups or `allDevices`. */
  assignedTo: string[]
  excluded: string[]
}

export const APP_KINDS = ['msi', 'win32', 'msix', 'store', 'office'] as const
export type AppKind = (typeof APP_KINDS)[number]

/** An app that has to be there before another one (Microsoft Learn, Add a Win32 app, Dependencies [D]). */
export interface AppDependency {
  /** Its id. */
  app: string
  /** `auto`: it is installed first, also where it is not assigned. `detectOnly`: it has to be there already. */
  install: 'auto' | 'detectOnly'
}

/** An app that another one updates or replaces (Microsoft Learn, Add Win32 app supersedence [D]). */
export interface AppSupersedence {
  /** Its id. */
  app: string
  /** It is uninstalled first; else the installer of the newer app does with it what it likes. */
  uninstallPrevious: boolean
}

export interface AppDefinition {
  id: string
  name: string
  publisher: string
  version: string
  scope: 'device' | 'user'
  /**
   * An MSI, an MSIX package or Microsoft 365 Apps, which the management channel installs, or a Win32 app or an app of the Microsoft Store, which the management
   * extension installs.
   */
  kind: AppKind
  /** Declared size of the package. */
  sizeMb: number
  /** These three: for every try, or by try. */
  installSeconds: ByTry<number>
  exitCode: ByTry<number>
  isDetected: ByTry<boolean>
  retryCount: number
  /** Minutes that the installation of an MSI may take; 0 is no limit. */
  timeoutMinutes: number
  /** Win32: its requirements are not met, and the agent skips it. */
  isSkipped: boolean
  /** Win32 alone, as are the next three. */
  dependsOn?: AppDependency[] | undefined
  supersedes?: AppSupersedence[] | undefined
  /** The image of the devices has it: its detection rule finds it before anything was installed. */
  isPreinstalled?: boolean | undefined
  /** Of its uninstaller; 0 when left out. Any other leaves the app where it is. */
  uninstallExitCode?: number | undefined
  /** Ids of groups, `allDevices` or `allUsers`: who has to have it. */
  assignedTo: string[]
  excluded: string[]
}
