import type { AppKind } from '../../domain/tenant-apps.ts'
import { stableGuid } from '../stable-guid.ts'
import type { Tenant } from '../tenant.ts'
import { appUri } from './app-orders.ts'
import { type Deployment, KEPT_MS, type Phase, type PolicyStatus } from './deployment.ts'
import { isOfExtension } from './extension-items.ts'
import { inventoryOf } from './inventory.ts'
import type { ManagedDevice } from './managed-device.ts'
import type { EnrolledDevice } from './orders.ts'
import { outcomeOf } from './phase-questions.ts'
import { trackedApps } from './tracked-apps.ts'

type Enrolling = Pick<EnrolledDevice, 'upn' | 'deviceName' | 'registered' | 'entraDeviceId'> & {
  osVersion: string
  entDmId: string
  /** Of a profile that came as a file; empty for none. */
  offlineCorrelator: string
  isPreProvisioned: boolean
}

/**
 * An enrolment of a registered device, or of one with a profile from a file, begins: it is in the report of deployments from now on.
 *
 * @param failure why it failed; empty for one that did not
 */
export function beginDeployment(tenant: Tenant, enrolling: Enrolling, failure = ''): string | undefined {
  const { registered, offlineCorrelator, upn, deviceName, osVersion, entDmId, isPreProvisioned } = enrolling
  if (!registered && offlineCorrelator === '') return undefined
  const registrationId = registered?.id ?? ''
  const now = tenant.now()
  const { deployments } = tenant.state.management
  for (const [id, old] of deployments) {
    // A device that is refused tries again and again: its last attempt is enough.
    const isSame = old.registrationId === registrationId && (registered !== undefined || old.deviceName === deviceName)
    const isRepeated = failure !== '' && old.failure === failure && isSame
    if (isRepeated || old.startedAt < now - KEPT_MS) deployments.delete(id)
  }
  const profile = registered ? tenant.profileOf(registered).profile : undefined
  const { statusPage, settings } = tenant.managementOf(enrolling, upn)
  const { page } = statusPage
  const phase = (isShown: boolean): Phase => ({
    state: isShown ? 'inProgress' : 'disabled',
    startedAt: isShown ? now : undefined,
    endedAt: undefined,
  })
  const none: Phase = { state: 'notAttempted', startedAt: undefined, endedAt: undefined }
  const hasAccount = upn !== '' && failure === ''
  const accountSetup = phase(page.showInstallationProgress && !page.skipUserStatus)
  const id = stableGuid('deployment', entDmId, registrationId || `${offlineCorrelator}/${deviceName}`, String(now))
  const { policies } = tenant.definition
  const made: Deployment = {
    id,
    managedDeviceId: entDmId,
    registrationId,
    ...(registered ? {} : { offlineCorrelator }),
    serialNumber: registered?.serialNumber ?? '',
    deviceName,
    upn,
    osVersion,
    profileName: profile?.name ?? '',
    // Only user-driven mode comes from a file.
    mode: registered ? (profile?.mode ?? 'none') : 'userDriven',
    ...(isPreProvisioned ? { isPreProvisioned } : {}),
    statusPage: { id: page.id, name: page.name },
    registeredAt: registered?.registeredAt,
    startedAt: now,
    failure,
    deviceSetup: failure === '' ? phase(page.showInstallationProgress) : none,
    // Its time begins with the person's first session.
    accountSetup: hasAccount ? { ...accountSetup, startedAt: undefined } : none,
    targetedApps: appsOf(tenant, enrolling).length,
    targetedPolicies: policies.length + settings.length,
    statuses: [],
  }
  deployments.set(id, made)
  return id
}

const appsOf = (tenant: Tenant, device: Pick<EnrolledDevice, 'registered' | 'entraDeviceId' | 'upn'>) =>
  (['device', 'user'] as const).flatMap((scope) =>
    trackedApps(tenant, device, device.upn, scope).map((app) => ({ app, scope })),
  )

/** What a session has brought for the report. */
export function noteDeployment(tenant: Tenant, managed: ManagedDevice): void {
  const deployment = tenant.state.management.deployments.get(managed.deploymentId ?? '')
  if (!deployment) return
  const now = tenant.now()
  const { accountSetup } = deployment
  const isFirstPerson = managed.user !== undefined && managed.user === managed.users[0]
  if (accountSetup.state === 'inProgress' && isFirstPerson) accountSetup.startedAt ??= now
  const failed = failedScopes(tenant, managed)
  end(deployment.deviceSetup, failed.has('device') ? 'failure' : outcomeOf(managed, 'device'), now)
  end(accountSetup, failed.has('user') ? 'failure' : outcomeOf(managed, 'user'), now)
  deployment.deviceName = managed.device.deviceName
  // Of a device that is not registered, only its inventory tells the number.
  deployment.serialNumber ||= inventoryOf(managed).serialNumber
}

/** The page of a phase fails when an app that it waits for does: the device may not come back to tell. */
function failedScopes(tenant: Tenant, managed: ManagedDevice): Set<'device' | 'user'> {
  if (![...managed.results.values()].some((result) => result !== 0)) return new Set()
  const failed = appsOf(tenant, managed.device).filter((each) => (resultOf(managed, each) ?? 0) !== 0)
  return new Set(failed.map(({ scope }) => scope))
}

/** Below the node of an app: what its order executes, which its result names. */
const EXECUTED: Partial<Record<AppKind, string>> = { msi: 'DownloadInstall', msix: 'HostedInstall', office: 'Install' }

/** What the device told of an installation: 0, or an HRESULT. The management extension alone knows of its own. */
function resultOf({ results }: ManagedDevice, { app, scope }: ReturnType<typeof appsOf>[number]): number | undefined {
  if (isOfExtension(app)) return undefined
  return results.get(`${appUri(app, scope)}/${EXECUTED[app.kind]}`)
}

function end(phase: Phase, outcome: 'success' | 'failure' | undefined, now: number): void {
  if (phase.state !== 'inProgress' || outcome === undefined) return
  phase.state = outcome
  phase.endedAt = now
}

/** Results of the apps that the page waits for, and of the settings that were sent, as of the last session. */
export function statusesOf(tenant: Tenant, managed: ManagedDevice): PolicyStatus[] {
  const reportedAt = managed.lastSyncAt ?? managed.enrolledAt
  const entry = (status: Omit<PolicyStatus, 'reportedAt'>): PolicyStatus => ({ ...status, reportedAt })
  const apps = appsOf(tenant, managed.device).flatMap(({ app, scope }) => {
    if (isOfExtension(app)) return []
    const result = resultOf(managed, { app, scope })
    const compliance = result === undefined ? 'notInstalled' : result === 0 ? 'installed' : 'error'
    return [entry({ id: app.id, name: app.name, type: 'application', compliance, errorCode: result ?? 0 })]
  })
  const refused = new Map(managed.refused.map(({ uri, status }) => [uri, Number(status)]))
  const { settings } = tenant.managementOf(managed.device, managed.device.upn)
  const { policies } = tenant.state.management
  const settingStatuses = settings.flatMap(({ policy, uri }) => {
    const errorCode = refused.get(uri) ?? 0
    const name = policies.get(policy)?.name ?? ''
    const compliance = errorCode === 0 ? 'compliant' : 'error'
    return [entry({ id: stableGuid(policy, uri), name, type: 'configurationPolicy', compliance, errorCode })]
  })
  return [...apps, ...settingStatuses]
}
