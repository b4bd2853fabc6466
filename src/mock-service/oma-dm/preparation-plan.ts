import { PREPARATION_NODES } from '../../domain/device-preparation.ts'
import type { DevicePreparationPolicyDefinition } from '../../domain/tenant.ts'
import type { ScriptDefinition } from '../../domain/tenant-apps.ts'
import { encodeExecutionContext, type SelectedWorkload } from '../../protocols/device-preparation/execution-context.ts'
import { DEFAULT_PAGE_SETTINGS, encodePageSettings } from '../../protocols/device-preparation/page-settings.ts'
import { deviceTarget } from '../directory/groups.ts'
import { assignmentOf } from '../directory/preparation-policy.ts'
import type { App } from '../directory/state.ts'
import { AGENT_APP } from './agent-app.ts'
import { appOrders, appUri } from './app-orders.ts'
import { isOfExtension } from './extension-items.ts'
import type { ManagedDevice } from './managed-device.ts'
import type { EnrolledDevice, NodeOrder, Order } from './orders.ts'
import { syncOf } from './phase-questions.ts'
import type { PlanSource } from './plan-source.ts'
import { settingOrders } from './session-plan.ts'

const replace = (uri: string, format: string, data: string): NodeOrder => ({ kind: 'Replace', uri, format, data })

/** The policy that a device enrolled with; its page comes once, and not after a reset that kept the enrolment: an assumption. */
export const policyOf = ({ definition }: PlanSource, { preparationPolicy, isAfterReset }: EnrolledDevice) =>
  isAfterReset ? undefined : definition.devicePreparationPolicies.find(({ id }) => id === preparationPolicy)

/** What a policy selects for a device, and what reaches it besides. */
export interface Selected {
  /** In the order of the deployment: scripts come before the apps of the extension. */
  scripts: { script: ScriptDefinition; isSkipped: boolean }[]
  apps: { app: App; isSkipped: boolean }[]
  /** Required apps of the device that the policy does not select. */
  further: App[]
}

/**
 * What is selected, and not assigned to the device or meant for the system, is passed over (2.8 [D]). That an assignment to all devices
 * counts as one to the device group is assumed.
 */
export function selectedFor(
  tenant: PlanSource,
  device: EnrolledDevice,
  { allowedApps, allowedScripts }: DevicePreparationPolicyDefinition,
): Selected {
  const { definition } = tenant
  const { apps, groups } = tenant.managementOf(device, device.upn)
  const required = apps.map(({ app }) => app).filter(({ scope }) => scope === 'device')
  const named = <Item extends { id: string }>(items: readonly Item[], ids: readonly string[]): Item[] =>
    ids.flatMap((id) => items.filter((one) => one.id === id))
  return {
    scripts: named(definition.scripts, allowedScripts).map((script) => ({
      script,
      isSkipped:
        script.runAsAccount !== 'system' ||
        deviceTarget(assignmentOf(definition.tenantId, script), groups) === undefined,
    })),
    apps: named([...tenant.directory.now.apps.values()], allowedApps).map((app) => ({
      app,
      isSkipped: !required.some(({ id }) => id === app.id),
    })),
    further: required.filter(({ id }) => !allowedApps.includes(id)),
  }
}

const workloadsOf = ({ scripts, apps }: Selected): SelectedWorkload[] => [
  ...apps.map(
    ({ app, isSkipped }): SelectedWorkload => ({
      id: app.id,
      name: app.name,
      kind: app.kind,
      uri: isOfExtension(app) ? '' : appUri(app, 'device'),
      isSkipped,
    }),
  ),
  ...scripts.map(
    ({ script: { id, name }, isSkipped }): SelectedWorkload => ({ id, name, kind: 'script', uri: '', isSkipped }),
  ),
]

/** What the first session brings: the page, and the management extension. There is no Enrollment Status Page. */
export function preparationOrders(
  tenant: PlanSource,
  device: EnrolledDevice,
  policy: DevicePreparationPolicyDefinition,
): Order[] {
  const { name, userType, timeoutMinutes, customErrorMessage, allowSkip, allowDiagnostics } = policy
  const workloads = workloadsOf(selectedFor(tenant, device, policy))
  const settings = {
    ...DEFAULT_PAGE_SETTINGS,
    PageTimeoutSeconds: timeoutMinutes * 60,
    ErrorMessage: customErrorMessage,
    AllowSkipOnFailure: allowSkip,
    AllowDiagnostics: allowDiagnostics,
  }
  return [
    replace(
      PREPARATION_NODES.context,
      'chr',
      encodeExecutionContext({ policyName: name, accountType: userType, workloads }),
    ),
    replace(PREPARATION_NODES.pageSettings, 'chr', encodePageSettings(settings)),
    replace(PREPARATION_NODES.pageEnabled, 'bool', 'true'),
    replace(`${syncOf('device')}/SkipDeviceStatusPage`, 'bool', 'true'),
    replace(`${syncOf('device')}/SkipUserStatusPage`, 'bool', 'true'),
    ...(tenant.definition.management.hasAgent ? appOrders(AGENT_APP, 'device', device.contentUrl) : []),
  ]
}

const AGENT_RESULT = `${appUri(AGENT_APP, 'device')}/DownloadInstall`

/** The management extension is there: policies, and the LOB apps of the policy. */
export function syncPreparation(managed: ManagedDevice, tenant: PlanSource): void {
  const { device } = managed
  const policy = policyOf(tenant, device)
  if (!policy || managed.preparation !== 'agent' || managed.results.get(AGENT_RESULT) !== 0) return
  managed.preparation = 'selected'
  const { apps } = selectedFor(tenant, device, policy)
  const selected = apps.filter(({ isSkipped }) => !isSkipped).map(({ app }) => app)
  managed.pending.push([
    ...settingOrders(tenant, device, device.upn, 'device'),
    ...selected.flatMap((app) => appOrders(app, 'device', device.contentUrl)),
  ])
}

/** A person has signed in: what the policy does not select. */
export function finishPreparation(managed: ManagedDevice, tenant: PlanSource): void {
  const { device } = managed
  const policy = policyOf(tenant, device)
  if (!policy || managed.preparation !== 'selected') return
  managed.preparation = 'all'
  const orders = selectedFor(tenant, device, policy).further.flatMap((app) =>
    appOrders(app, 'device', device.contentUrl),
  )
  if (orders.length > 0) managed.pending.push(orders)
}
