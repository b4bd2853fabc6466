import type { Tenant } from '../tenant.ts'
import { planAnew } from './after-reset.ts'
import type { ManagedDevice } from './managed-device.ts'

/** A remote action has reset the device: the next session plans anew, and an Autopilot Reset takes its person away (oobe-autopilot-esp.md, 2.6 [D]). */
export function noteRemoteReset(tenant: Tenant, managed: ManagedDevice): boolean {
  const action = managed.actions.find(
    ({ state, effect }) => state === 'done' && (effect === 'reset' || effect === 'redeployed'),
  )
  if (!action) return false
  const isRedeployed = action.effect === 'redeployed'
  action.effect = 'none'
  planAnew(managed)
  const { device } = managed
  // A shared device has no primary user, and gets none.
  if (!isRedeployed || device.upn === '') return true
  device.upn = ''
  managed.awaitsPrimaryUser = true
  const { entra } = tenant.directory
  const object = device.entraDeviceId === undefined ? undefined : entra.byDeviceId(device.entraDeviceId)
  if (object) entra.change(tenant.now(), object, { owner: '' })
  return true
}
