import type { CategoryState } from './screen.ts'

export type EspPhase = 'device' | 'user'

export type EspCategoryId = 'devicePreparation' | 'deviceSetup' | 'accountSetup'

/** `FirstSyncStatus` of the device's CSP tree, which the page follows while it is open (reference: oobe-autopilot-esp.md, 4.3). */
export interface EspPolicy {
  /** True when the page is not shown for this phase: SkipDeviceStatusPage or SkipUserStatusPage. */
  skipped: boolean
  /** TimeOutUntilSyncFailure in milliseconds: so long the page may be at work on a phase. */
  timeoutMs: number
  /** BlockInStatusPage 0: people may leave the page, whatever it waits for. */
  mayLeave: boolean
  canReset: boolean
  canRetry: boolean
  canContinue: boolean
  canCollectLogs: boolean
  customErrorText: string
}

/** Steps of a category, by their labels on the page. */
export type EspStepId =
  | ('securingHardware' | 'joiningNetwork' | 'registering' | 'preparing')
  | ('securityPolicies' | 'certificates' | 'networkConnections' | 'apps')

/** What a category or a step says of its state; its wording is the screen's. */
export type EspStatus =
  | { says: 'identifying' | 'noSetup' | 'waiting' | 'working' | 'complete' | 'failed' | 'error' }
  /** A step of Device preparation, and one of the others. */
  | { says: 'failedWith' | 'code'; code: string }
  /** `1 of 2 installed`. */
  | { says: 'applied' | 'added' | 'installed'; done: number; of: number }

export interface EspStep {
  id: EspStepId
  state: CategoryState
  status: EspStatus
}

/** Progress of one category, computed from the CSP tree. */
export interface EspProgress {
  id: EspCategoryId
  state: CategoryState
  status: EspStatus
  steps: readonly EspStep[]
  /** Windows code of the first failed step. */
  code?: string
  /** A policy or an app needs a restart at the end of device setup. */
  needsRestart?: true
  /** An app needs the restart before anything else is installed. */
  restartsNow?: true
  /** All the rest is done, and an agent owes its list of apps: the category waits, and has no limit for that. */
  isParked?: true
}

/** A category that a person left before its end: it failed, or was still at work. */
export interface LeftCategory {
  category: EspCategoryId
  hasFailed: boolean
}

/** Where the page's `Install Windows quality updates` reaches the device is unpublished: assumed. 1 is yes. */
export const QUALITY_UPDATES_NODE = './Device/Vendor/MSFT/Policy/Config/Update/OobeExpeditedUpdate'

/** Under this name the management extension registers with the page (reference: mdm-protocols.md, 3.2). */
export const AGENT_PROVIDER = 'Sidecar'
