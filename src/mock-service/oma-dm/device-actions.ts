import type { ActionEffect, DeviceAction } from './device-action.ts'
import type { ManagedDevice } from './managed-device.ts'
import { inForce } from './order-status.ts'
import type { NodeOrder, Order } from './orders.ts'

export interface NewAction {
  id: string
  name: string
  effect?: ActionEffect
  orders: readonly NodeOrder[]
}

/**
 * Records an action, and keeps its orders for the device's next session: the service cannot reach a device that does not ask.
 * What is pending is not sent for a second time: an assumption.
 *
 * @param now Unix milliseconds
 */
export function requestAction(
  managed: ManagedDevice,
  { id, name, effect = 'none', orders }: NewAction,
  now: number,
): void {
  if (managed.actions.some((action) => action.name === name && action.state === 'pending')) return
  const action: DeviceAction = {
    id,
    name,
    state: 'pending',
    startedAt: now,
    updatedAt: now,
    open: orders.length,
    effect,
  }
  managed.actions = [...managed.actions.filter((other) => other.name !== name), action]
  managed.pending.push(orders.map((order): Order => ({ ...order, action: id })))
}

/** The device's status for one order of an action. One that is refused fails the action. */
export function takeActionStatus(managed: ManagedDevice, id: string, status: string, now: number): void {
  const action = managed.actions.find((one) => one.id === id)
  if (!action) return
  action.open--
  action.updatedAt = now
  if (!inForce(status)) action.state = 'failed'
  else if (action.open <= 0 && action.state === 'pending') action.state = 'done'
}

/** The device has taken an order after which nothing more is said to it. */
export const isRemoved = ({ actions }: ManagedDevice): boolean =>
  actions.some(({ state, effect }) => state === 'done' && effect === 'removed')

/** `managementState`: of a wipe before that of a retirement, for a wipe leaves nothing. */
export function managementStateOf({ actions }: ManagedDevice): string {
  for (const name of ['wipe', 'retire']) {
    const action = actions.find((one) => one.name === name)
    if (action?.state === 'pending') return `${name}Pending`
    if (action?.state === 'failed') return `${name}Failed`
    if (action && action.effect !== 'none') return `${name}Issued`
  }
  return 'managed'
}
