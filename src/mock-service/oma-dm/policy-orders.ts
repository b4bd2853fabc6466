import type { ManagedDevice } from './managed-device.ts'
import type { NodeOrder } from './orders.ts'
import type { PlanSource } from './plan-source.ts'

/**
 * What has changed in the settings of configuration policies since they were sent: new and changed ones are replaced, what no policy
 * sets any more is deleted. Takes them as sent.
 */
export function policyOrders(
  managed: ManagedDevice,
  tenant: PlanSource,
  scope: 'device' | 'user',
  upn: string,
): NodeOrder[] {
  const { settings } = tenant.managementOf(managed.device, upn)
  const owner = `${scope === 'user' ? upn.toLowerCase() : ''}\0`
  const wanted = new Map(settings.filter((one) => one.scope === scope).map((one) => [owner + one.uri, one]))
  const orders: NodeOrder[] = []
  for (const key of [...managed.settings.keys()]) {
    if (!key.startsWith(owner) || wanted.has(key)) continue
    managed.settings.delete(key)
    orders.push({ kind: 'Delete', uri: key.slice(owner.length) })
  }
  for (const [key, { uri, format, value }] of wanted) {
    if (managed.settings.get(key) === value) continue
    managed.settings.set(key, value)
    orders.push({ kind: 'Replace', uri, format, data: value })
  }
  return orders
}
