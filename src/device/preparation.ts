import {
  isOverWith,
  NO_PROGRESS,
  PREPARATION_NODES,
  type PreparationProgress,
  type PreparationSettings,
  stageOf,
  WORKLOAD_STATES,
  type Workload,
  type WorkloadState,
} from '../domain/device-preparation.ts'
import { DecodeError } from '../domain/trouble.ts'
import { CODE, codeOfSigned } from '../domain/windows-codes.ts'
import {
  decodeExecutionContext,
  type ExecutionContext,
  type SelectedWorkload,
} from '../protocols/device-preparation/execution-context.ts'
import { DEFAULT_PAGE_SETTINGS, decodePageSettings } from '../protocols/device-preparation/page-settings.ts'
import type { CspTree } from './csp/csp-tree.ts'
import { orderedApp } from './esp/apps.ts'
import type { InstallationQueue } from './installation-queue.ts'
import type { ManagementAgent } from './management-agent.ts'

/** What of a device its preparation is computed from. */
export interface PreparedDevice {
  csp: CspTree
  agent: ManagementAgent | undefined
  installations: InstallationQueue
}

/** The page is for this device: the server has said so. */
export const isPageEnabled = (csp: CspTree): boolean => csp.readBool(PREPARATION_NODES.pageEnabled)

/** What the server's opaque data say; of another server than ours they say nothing. */
function contextOf(csp: CspTree): ExecutionContext | undefined {
  try {
    return decodeExecutionContext(csp.read(PREPARATION_NODES.context) ?? '')
  } catch (error) {
    if (error instanceof DecodeError) return undefined
    throw error
  }
}

/** What the page goes by. */
export function preparationSettings(csp: CspTree): PreparationSettings {
  const text = csp.read(PREPARATION_NODES.pageSettings) ?? ''
  const settings = text === '' ? DEFAULT_PAGE_SETTINGS : decodePageSettings(text)
  const context = contextOf(csp)
  return {
    limitMs: settings.PageTimeoutSeconds * 1_000,
    agentLimitMs: settings.AgentDownloadTimeoutSeconds * 1_000,
    errorText: settings.ErrorMessage,
    canSkip: settings.AllowSkipOnFailure,
    canCollectLogs: settings.AllowDiagnostics,
    isStandardUser: context?.accountType === 'standard',
    policy: context?.policyName ?? '',
  }
}

/** Where the deployment is, computed from the tree and from the management extension. */
export function preparationProgress(device: PreparedDevice): PreparationProgress {
  const { csp, agent } = device
  const selected = contextOf(csp)?.workloads ?? []
  const workloads = selected.map((one) => workloadOf(device, one))
  if (agent || csp.readBool(PREPARATION_NODES.agentInstalled)) return { agent: { state: 'here' }, workloads }
  // The extension is an order that the policy does not select.
  const failed = device.installations.failed().find((uri) => !selected.some((one) => one.uri === uri))
  if (failed === undefined) return { ...NO_PROGRESS, workloads }
  return { agent: { state: 'failed', code: codeAt(csp, failed) }, workloads }
}

function codeAt(csp: CspTree, uri: string): string {
  const result = csp.readInt(`${uri}/LastError`)
  return result === 0 ? CODE.unspecifiedError : codeOfSigned(result)
}

function workloadOf({ csp, agent }: PreparedDevice, { uri, isSkipped, ...facts }: SelectedWorkload): Workload {
  const { id, name, kind } = facts
  const found = (state: WorkloadState, code?: string): Workload => ({
    id,
    name,
    kind,
    state,
    ...(code === undefined ? {} : { code }),
  })
  if (isSkipped) return found('skipped')
  if (stageOf(kind) === 'apps') {
    const [mark] = orderedApp(csp, uri)
    if (mark === 'failed') return found('failed', codeAt(csp, uri))
    if (mark === 'installed') return found('completed')
    return found(csp.readInt(`${uri}/Status`) > 0 ? 'inProgress' : 'notStarted')
  }
  const state = agent?.stateOf(id) ?? 'notStarted'
  return state === 'failed' ? found(state, agent?.codeOf(id) ?? CODE.unspecifiedError) : found(state)
}

/** `MDMProvider/Progress`, opaque to Windows: the numbers of the workloads' states. */
export const progressText = ({ workloads }: PreparationProgress): string =>
  JSON.stringify({
    workloads: workloads.map(({ id, kind, state }) => ({ id, kind, state: WORKLOAD_STATES.indexOf(state) })),
  })

/** What had not begun, or was under way, when the deployment ended. */
export const cancelled = ({ agent, workloads }: PreparationProgress): PreparationProgress => ({
  agent,
  workloads: workloads.map((one) =>
    isOverWith(one) || one.state === 'failed' ? one : { ...one, state: 'cancelled' as const },
  ),
})
