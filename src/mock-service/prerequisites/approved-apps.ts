import { approvalOf } from '../../domain/approved-apps.ts'
import type { App, StatusPage } from '../directory/state.ts'
import { type Check, judged, ready } from './prerequisite.ts'

/** Apps that an SE device waits for, and may not run. Devices of an unknown edition may have Windows 11 SE. */
export const approvedApps: Check = ({ tenant, definitions }) => {
  const { devices, apps, statusPages } = tenant.directory.now
  const hasSe = [...devices.keys()].some((id) => (definitions.get(id)?.windows.edition ?? 'SE') === 'SE')
  if (!hasSe) return ready('approvedApps', 'no device has Windows 11 SE')
  const required = [...apps.values()].filter(({ assignedTo }) => assignedTo.length > 0)
  return judged(
    'approvedApps',
    [...statusPages.values()].flatMap((page) =>
      unapprovedApps(page, required).map(({ text }) => ({
        text,
        remedy: 'let the page not wait for the app, or deploy an approved one',
      })),
    ),
    'no status page waits for an app that Windows 11 SE does not allow',
  )
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
