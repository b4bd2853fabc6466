import { approvalOf } from '../../domain/approved-apps.ts'
import type { Tenant } from '../tenant.ts'
import { groupsOf } from './groups.ts'
import { hasConsent } from './paths.ts'
import type { App, StatusPage } from './state.ts'

/** What will not work as its administrator means it; nothing of it is an error. */
export function warningsOf(tenant: Tenant): string[] {
  const { groups, profiles, statusPages, apps, devices } = tenant.directory.now
  const nameOf = (target: string) => groups.get(target)?.name ?? target
  const required = [...apps.values()].filter(({ assignedTo }) => assignedTo.length > 0)
  const { moment } = tenant.directory
  const inhabited = new Set(moment.entra.all().flatMap((device) => groupsOf(moment, device)))
  return [
    ...[...groups.values()]
      .filter((group) => group.rule !== undefined && !inhabited.has(group))
      .map(({ name }) => `no device is in the group "${name}"`),
    ...[...profiles.values()]
      .filter(({ assignedTo }) => assignedTo.length === 0)
      .map(({ name }) => `no device gets the deployment profile "${name}": it is assigned to nothing`),
    ...[...devices.values()].flatMap((device) => {
      const { hardware } = tenant.profileOf(device)
      return hardware === '' ? [] : [`${device.serialNumber}: ${hardware}`]
    }),
    ...[...statusPages.values()].flatMap((page) => unapprovedApps(page, required).map(({ text }) => text)),
    ...[...statusPages.values()]
      .filter(({ assignedTo }) => assignedTo.length === 0)
      .map(({ name }) => `no device shows the Enrollment Status Page "${name}": it is assigned to nothing`),
    ...tenant.definition.partners
      .filter((partner) => !hasConsent(tenant, partner))
      .map(({ name }) => `"${name}" asks to register devices, and no Global Administrator has consented`),
    ...[...profiles.values()]
      .filter(({ excluded }) => excluded.length > 0)
      .map(({ name, excluded }) => `"${name}" leaves out ${excluded.map(nameOf).join(', ')}`),
  ]
}

/**
 * Apps that a page waits for, and that Windows 11 SE does not let run: the enrolment stops at them (reference:
 * oobe-autopilot-esp.md, 7.2 [D]).
 */
export function unapprovedApps(page: StatusPage, apps: readonly App[]): { app: App; text: string }[] {
  if (!page.showInstallationProgress) return []
  const awaited = apps.filter(({ id }) => page.blockingApps.length === 0 || page.blockingApps.includes(id))
  return awaited.flatMap((app) => {
    const approval = approvalOf(app)
    if (approval.approved) return []
    const reason =
      approval.why === 'name'
        ? 'is not on the list of apps for Windows 11 SE'
        : `is older than the ${approval.app.version} that Windows 11 SE allows`
    return [
      {
        app,
        text: `"${page.name}" waits for "${app.name} ${app.version}", which ${reason}: enrolment of an SE device stops there`,
      },
    ]
  })
}
