import type { Tenant } from '../tenant.ts'
import type { ManagedDevice } from './managed-device.ts'

/**
 * The first person at a device that a technician has enrolled, or that an Autopilot Reset has taken from another, becomes its primary user (oobe-autopilot-esp.md, 2.1 [D]). That the
 * service learns of them with their first session is an assumption.
 */
export function notePrimaryUser(tenant: Tenant, managed: ManagedDevice, upn: string): void {
  const { device, enrolment, deploymentId } = managed
  if (device.upn !== '' || !(enrolment?.isPreProvisioned || managed.awaitsPrimaryUser)) return
  managed.awaitsPrimaryUser = false
  device.upn = upn
  const { entra } = tenant.directory
  const object = device.entraDeviceId === undefined ? undefined : entra.byDeviceId(device.entraDeviceId)
  if (object) entra.change(tenant.now(), object, { owner: upn })
  const deployment = tenant.state.management.deployments.get(deploymentId ?? '')
  if (!deployment) return
  deployment.upn = upn
  const { page } = tenant.managementOf(device, upn).statusPage
  const isShown = page.showInstallationProgress && !page.skipUserStatus
  deployment.accountSetup = { ...deployment.accountSetup, state: isShown ? 'inProgress' : 'disabled' }
}
