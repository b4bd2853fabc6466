import type { App, RegisteredDevice } from '../directory/state.ts'
import type { PlanSource } from './plan-source.ts'

/** Required apps of one scope that the page waits for: `selectedMobileAppIds`, and an empty list means all. */
export function trackedApps(
  tenant: PlanSource,
  registered: RegisteredDevice | undefined,
  upn: string,
  scope: 'device' | 'user',
): App[] {
  const { statusPage, apps } = tenant.managementOf(registered, upn)
  const blocking = new Set(statusPage.page.blockingApps)
  return apps
    .map(({ app }) => app)
    .filter((app) => app.scope === scope && (blocking.size === 0 || blocking.has(app.id)))
}
