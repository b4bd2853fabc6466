import { buildParts, EDITION_NAMES, EDITIONS, type Edition } from './windows-versions.ts'

/**
 * Windows Autopilot device preparation: the second way to deploy a device, for one that no tenant has registered (reference:
 * oobe-autopilot-esp.md, 2.8).
 */

/** Editions that the simulation knows, of those that device preparation has; Windows 11 SE is none [D, Aug 2026]. */
const PREPARED: readonly Edition[] = ['Pro', 'Pro Education', 'Education', 'Enterprise']

/** Builds with KB5035942, and from which on each build has it [D]. */
const FIRST_REVISION: Readonly<Record<number, number>> = { 22621: 3374, 22631: 3374 }
const FIRST_BUILD = 26_100

/**
 * Why a Windows cannot be prepared; undefined for one that can.
 *
 * @param productType decimal, as the enrolment writes it
 * @param version four parts, such as `10.0.26100.4652`
 */
export function whyNotPrepared(productType: string, version: string): string | undefined {
  const edition = EDITION_NAMES.find((name) => String(EDITIONS[name].sku) === productType)
  if (edition === undefined || !PREPARED.includes(edition)) {
    const named = edition === undefined ? `product type ${productType}` : `Windows 11 ${edition}`
    return `${named} is no edition of device preparation`
  }
  const { number: build, revision } = buildParts(version)
  const first = FIRST_REVISION[build]
  if (build >= FIRST_BUILD || (first !== undefined && revision >= first)) return undefined
  return first === undefined
    ? `build ${build}.${revision} is too old for device preparation`
    : `build ${build}.${revision} is too old for device preparation: it needs KB5035942, which is build ${build}.${first}`
}

/** Why a Windows that could be prepared is not. */
export const NOT_PREPARED = {
  notEnrolled: 'the device is not enrolled',
  notSent: 'the server sends no device preparation policy',
} as const

/** Limits of a policy, since 30 January 2026 [D]. The page may take from 15 minutes to 12 hours. */
export const PREPARATION_LIMITS = { apps: 25, scripts: 10, minutesMin: 15, minutesMax: 720 } as const

/** States of a workload, in the order of their numbers 0 to 7 (2.8 [F]). */
export const WORKLOAD_STATES = [
  'notStarted',
  'completed',
  'skipped',
  'uninstalled',
  'failed',
  'inProgress',
  'rebootRequired',
  'cancelled',
] as const

export type WorkloadState = (typeof WORKLOAD_STATES)[number]

/** LOB apps and Microsoft 365 Apps come over the management channel; scripts, Win32 and Store apps are the management extension's. */
export const WORKLOAD_KINDS = ['msi', 'msix', 'office', 'script', 'win32', 'store'] as const

export type WorkloadKind = (typeof WORKLOAD_KINDS)[number]

/** Parts of the deployment, in their order (2.8 [D]). */
export const PREPARATION_STAGES = ['agent', 'sync', 'apps', 'scripts', 'furtherApps'] as const

export type PreparationStage = (typeof PREPARATION_STAGES)[number]

/** In which part a workload has its turn. */
export const stageOf = (kind: WorkloadKind): PreparationStage =>
  kind === 'script' ? 'scripts' : kind === 'win32' || kind === 'store' ? 'furtherApps' : 'apps'

/** Something that the policy selects. */
export interface Workload {
  id: string
  name: string
  kind: WorkloadKind
  state: WorkloadState
  /** Windows code of its failure. */
  code?: string
}

export interface PreparationProgress {
  agent: { state: 'waiting' | 'here' | 'failed'; code?: string }
  workloads: readonly Workload[]
}

export const NO_PROGRESS: PreparationProgress = { agent: { state: 'waiting' }, workloads: [] }

/** What is over, and holds nothing back. */
export const isOverWith = ({ state }: Workload): boolean =>
  state === 'completed' || state === 'skipped' || state === 'rebootRequired'

/** What the page goes by: `PageSettings` and the account type of the policy. */
export interface PreparationSettings {
  /** Milliseconds that the whole may take. */
  limitMs: number
  /** Milliseconds that the installation of the management extension may take. */
  agentLimitMs: number
  errorText: string
  canSkip: boolean
  canCollectLogs: boolean
  /** The person is to be no local administrator. */
  isStandardUser: boolean
  /** Name of the policy; empty for a server that names none. */
  policy: string
}

/** Values of `PageStatus` (DevicePreparation CSP [D]). */
export const PAGE_STATUS = {
  disabled: '0',
  enabled: '1',
  inProgress: '2',
  exitedOnSuccess: '3',
  exitedOnFailure: '4',
} as const

const ROOT = './Device/Vendor/MSFT/DevicePreparation'

/** Nodes of the DevicePreparation CSP (mdm-protocols.md, 3.4). */
export const PREPARATION_NODES = {
  pageEnabled: `${ROOT}/PageEnabled`,
  pageSettings: `${ROOT}/PageSettings`,
  pageStatus: `${ROOT}/PageStatus`,
  errorPhase: `${ROOT}/PageErrorPhase`,
  errorCode: `${ROOT}/PageErrorCode`,
  errorDetails: `${ROOT}/PageErrorDetails`,
  context: `${ROOT}/BootstrapperAgent/ExecutionContext`,
  progress: `${ROOT}/MDMProvider/Progress`,
  agentInstalled: `${ROOT}/MDMProvider/MdmAgentInstalled`,
  rebootRequired: `${ROOT}/MDMProvider/RebootRequired`,
} as const
