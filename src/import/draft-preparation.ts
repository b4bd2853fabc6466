import { PREPARATION_NODES, WORKLOAD_STATES, type WorkloadState } from '../domain/device-preparation.ts'
import type { TenantDefinition } from '../domain/tenant.ts'
import { CODE, win32ErrorOf } from '../domain/windows-codes.ts'
import type { End } from './ending.ts'
import type { Guess, Plain } from './guess.ts'
import type { Incident } from './incident.ts'
import { isPlain, member, objectIn } from './readers/json.ts'

interface Found {
  id: string
  name: string
  isScript: boolean
  isWin32: boolean
  state: WorkloadState
}

/** What the policy of device preparation and its workloads say; the school's own policy, apps and scripts are used in the place of those of the incident. */
export function draftedPreparation(
  incident: Incident,
  end: End,
  school: TenantDefinition,
): { with: Plain; guesses: Guess[] } {
  const changes: Plain = {}
  const guesses: Guess[] = []
  const settings = objectIn(incident.nodes.get(PREPARATION_NODES.pageSettings) ?? '') ?? {}
  const context = objectIn(incident.nodes.get(PREPARATION_NODES.context) ?? '') ?? {}
  const [policy] = school.devicePreparationPolicies
  const put = (key: string, value: unknown, usual: unknown) => {
    if (value !== usual) changes[`devicePreparationPolicies.0.${key}`] = value
  }
  const minutes = Math.round(Number(member(settings, 'PageTimeoutSeconds')) / 60)
  if (minutes >= 15 && minutes <= 720) put('timeoutMinutes', minutes, policy?.timeoutMinutes)
  if (member(settings, 'AllowSkipOnFailure') !== undefined) {
    put('allowSkip', member(settings, 'AllowSkipOnFailure') === 'true', policy?.allowSkip)
  }
  if (member(context, 'accountType') === 'administrator') put('userType', 'administrator', policy?.userType)
  const failed = endCode(incident, end)
  if (failed === undefined) return { with: changes, guesses }
  const culprit = culpritOf(workloadsOf(incident, context), incident, failed)
  const place = culprit && placeOf(culprit, school)
  if (!place) return { with: changes, guesses }
  guesses.push({
    path: 'tenant.with',
    text: `${place.path} is in the place of the workload that ended device preparation with ${failed}`,
  })
  if (failed === CODE.timedOut) changes[`${place.path}.${place.seconds}`] = (minutes || 60) * 120
  else changes[`${place.path}.exitCode`] = win32ErrorOf(failed) ?? 1603
  return { with: changes, guesses }
}

/** The code with which it failed; of one that was left all the same, that of the page. */
function endCode(incident: Incident, end: End): string | undefined {
  if (end.kind === 'failed') return end.code
  const code = Number(incident.nodes.get(PREPARATION_NODES.errorCode))
  return end.kind === 'over' && end.continued && Number.isInteger(code) && code !== 0
    ? `0x${(code >>> 0).toString(16).padStart(8, '0')}`
    : undefined
}

function workloadsOf({ nodes }: Incident, context: Plain): Found[] {
  const listed = Array.isArray(context.workloads) ? context.workloads.filter(isPlain) : []
  const progress = objectIn(nodes.get(PREPARATION_NODES.progress) ?? '')?.workloads
  const states = Array.isArray(progress) ? progress.filter(isPlain) : []
  return listed.map((one) => {
    const id = member(one, 'id') ?? ''
    const state = Number(member(states.find((other) => member(other, 'id') === id) ?? {}, 'state'))
    const kind = member(one, 'kind')
    return {
      id,
      name: member(one, 'name') ?? '',
      isScript: kind === 'script',
      isWin32: kind === 'win32',
      state: WORKLOAD_STATES[state] ?? 'notStarted',
    }
  })
}

/** By its state; else the one that the page names; at a time-out the one that was at work. */
const culpritOf = (workloads: readonly Found[], { nodes }: Incident, code: string): Found | undefined =>
  workloads.find(({ state }) => state === 'failed') ??
  workloads.find(({ name }) => name !== '' && name === nodes.get(PREPARATION_NODES.errorDetails)) ??
  (code === CODE.timedOut
    ? (workloads.find(({ state }) => state === 'inProgress' || state === 'cancelled') ??
      workloads.find(({ state }) => state === 'notStarted'))
    : undefined)

/** A script or an app of that kind, of the school. */
function placeOf(
  { isScript, isWin32 }: Found,
  school: TenantDefinition,
): { path: string; seconds: string } | undefined {
  if (isScript) return school.scripts.length > 0 ? { path: 'scripts.0', seconds: 'runSeconds' } : undefined
  const index = school.apps.findIndex(({ kind }) => (kind === 'win32') === isWin32)
  return index < 0 ? undefined : { path: `apps.${index}`, seconds: 'installSeconds' }
}
