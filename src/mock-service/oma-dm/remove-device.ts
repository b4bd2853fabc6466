import type { Tenant } from '../tenant.ts'
import { statusesOf } from './deployments.ts'

/** A device is this service's no more: its record goes, and its registration waits for the next enrolment. */
export function removeDevice(tenant: Tenant, thumbprint: string): void {
  const { managed, deployments } = tenant.state.management
  const record = managed.get(thumbprint)
  if (!record) return
  managed.delete(thumbprint)
  const deployment = deployments.get(record.deploymentId ?? '')
  if (deployment) deployment.statuses = statusesOf(tenant, record)
  const { registered, entraDeviceId } = record.device
  const { entra } = tenant.directory
  const object = entraDeviceId === undefined ? undefined : entra.byDeviceId(entraDeviceId)
  if (object) entra.change(tenant.now(), object, { management: undefined })
  if (registered) {
    tenant.contacts.note(registered.id, { managedDeviceId: '', enrollmentState: 'notContacted' })
  }
}
