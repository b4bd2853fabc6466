import type { ManagedDevice } from './managed-device.ts'
import type { NodeOrder } from './orders.ts'
import type { PlanSource } from './plan-source.ts'
import { PROVIDER_ID } from './provider.ts'

/** `FirstSyncStatus` of the account. */
export const syncOf = (scope: 'device' | 'user'): string =>
  `${scope === 'device' ? './Device' : './User'}/Vendor/MSFT/DMClient/Provider/${encodeURIComponent(PROVIDER_ID)}/FirstSyncStatus`

const doneNode = (scope: 'device' | 'user') => `${syncOf(scope)}/IsSyncDone`
const outcomeNode = (scope: 'device' | 'user') => `${syncOf(scope)}/WasDeviceSuccessfullyProvisioned`

/** Whether the first person's setup is over. */
export const FIRST_USER_DONE = doneNode('user')

/** Values of `WasDeviceSuccessfullyProvisioned`. */
const FAILED = '0'
const SUCCEEDED = '1'

/** How a phase of the Enrollment Status Page ended, as far as the device has told; undefined until it ends. */
export function outcomeOf({ found }: ManagedDevice, scope: 'device' | 'user'): 'success' | 'failure' | undefined {
  const outcome = found.get(outcomeNode(scope))
  if (outcome === FAILED) return 'failure'
  return outcome === SUCCEEDED ? 'success' : undefined
}

/** What the report of deployments has to know of a phase: asked until it is over, while a page is shown for it. */
export function phaseQuestions(managed: ManagedDevice, tenant: PlanSource, scope: 'device' | 'user'): NodeOrder[] {
  if (managed.deploymentId === undefined || outcomeOf(managed, scope) !== undefined) return []
  const { page } = tenant.managementOf(managed.device, managed.device.upn).statusPage
  const isShown = page.showInstallationProgress && (scope === 'device' || !page.skipUserStatus)
  return isShown ? [outcomeNode(scope), doneNode(scope)].map((uri) => ({ kind: 'Get', uri })) : []
}
