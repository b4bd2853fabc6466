import type { App } from '../directory/state.ts'
import type { EnrolledAs, PlanSource } from './plan-source.ts'

/**
 * Required apps of one scope that the page waits for: `selectedMobileAppIds`, and an empty list means all. After a reset it waits for none. In
 * device setup the list of a page that is assigned to users does not count (oobe-autopilot-esp.md, 4.7 [D]).
 */
export function trackedApps(tenant: PlanSource, device: EnrolledAs, upn: string, scope: 'device' | 'user'): App[] {
  if (device.isAfterReset) return []
  const { statusPage, apps } = tenant.managementOf(device, upn)
  const isHeeded = scope === 'user' || statusPage.isForDevice
  const blocking = new Set(isHeeded ? statusPage.page.blockingApps : [])
  return apps
    .map(({ app }) => app)
    .filter((app) => app.scope === scope && (blocking.size === 0 || blocking.has(app.id)))
}
