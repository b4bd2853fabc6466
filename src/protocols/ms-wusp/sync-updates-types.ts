import type { WuspCookie } from './envelope.ts'

/**
 * [MS-WUSP] 2.2.2.2.4. A subset: no drivers (SystemSpec, CachedDriverIDs, ComputerSpec, FeatureScoreMatchingKey), no
 * category scan (FilterCategoryIds), and none of what only the public service understands.
 */
export interface SyncUpdatesRequest {
  cookie: WuspCookie
  parameters: SyncUpdateParameters
}

export interface SyncUpdateParameters {
  /** Has to be false, and a server ignores it. */
  expressQuery: boolean
  /** Revision ids of cached updates that are installed and not leaves. */
  installedNonLeafUpdateIds?: number[]
  /** Revision ids of the other cached updates. */
  otherCachedUpdateIds?: number[]
  /** True when it is about drivers. */
  skipSoftwareSync: boolean
  /** From protocol 1.7 on. */
  needTwoGroupOutOfScopeUpdates?: boolean
}

/** SyncInfo. A subset: no DriverSyncNotNeeded. */
export interface SyncInfo {
  newUpdates: UpdateInfo[]
  outOfScopeRevisionIds?: number[]
  changedUpdates?: UpdateInfo[]
  /** There is more: call again. */
  truncated: boolean
  newCookie?: WuspCookie
  deployedOutOfScopeRevisionIds?: number[]
}

export interface UpdateInfo {
  /** Revision id. */
  id: number
  deployment?: Deployment
  /** Whether no other update has this one as a prerequisite. */
  isLeaf: boolean
  /** The core fragment, markup as text. */
  xml?: string
}

export const DEPLOYMENT_ACTIONS = [
  'OptionalInstall',
  'Install',
  'Uninstall',
  'PreDeploymentCheck',
  'Block',
  'Evaluate',
  'Bundle',
] as const

export type DeploymentAction = (typeof DEPLOYMENT_ACTIONS)[number]

/** A subset: no HardwareIds and no ClientBehaviors. */
export interface Deployment {
  id: number
  action: DeploymentAction
  /** xs:dateTime. */
  deadline?: string
  /** Installed without asking a user. */
  isAssigned: boolean
  /** xs:date. */
  lastChangeTime: string
  downloadPriority?: string
  /** `0` whenever it is sent, which is from protocol 1.8 on; so are the three below. */
  autoSelect?: string
  autoDownload?: string
  supersedenceBehavior?: string
  flagBitmask?: string
}
