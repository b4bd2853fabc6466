import type { EspPhase } from '../../domain/esp.ts'
import type { ManagedDevice } from './managed-device.ts'
import type { ManagementPart } from './management-part.ts'
import type { NodeOrder, Order } from './orders.ts'
import { syncOf } from './phase-questions.ts'

/** ServerHasFinishedProvisioning: nothing more comes in this phase. */
export const releaseOrder = (phase: EspPhase): NodeOrder => ({
  kind: 'Replace',
  uri: `${syncOf(phase)}/ServerHasFinishedProvisioning`,
  format: 'bool',
  data: 'true',
})

const isRelease = (order: Order, phase: EspPhase): boolean => 'uri' in order && order.uri === releaseOrder(phase).uri

/** The server does not release a phase from now on, whatever was planned. */
export function holdPhase(part: ManagementPart, phase: EspPhase): void {
  if (!part.held.includes(phase)) part.held.push(phase)
  for (const managed of part.managed.values()) withhold(managed, phase)
}

/** Takes releases out of what waits to be sent, and keeps them. */
export function withhold(managed: ManagedDevice, phase: EspPhase): void {
  const without = (batches: Order[][], user: string | undefined): Order[][] =>
    batches.flatMap((batch) => {
      const [held, others] = [
        batch.filter((one) => isRelease(one, phase)),
        batch.filter((one) => !isRelease(one, phase)),
      ]
      if (held.length > 0) managed.withheld.push({ phase, user })
      return others.length > 0 ? [others] : []
    })
  managed.pending = without(managed.pending, undefined)
  for (const [user, batches] of managed.userPending) managed.userPending.set(user, without(batches, user))
}

/** The hold ends: what was withheld is in the next session. */
export function endHold(part: ManagementPart, phase: EspPhase): void {
  part.held = part.held.filter((one) => one !== phase)
  for (const managed of part.managed.values()) {
    for (const { user } of managed.withheld.filter((one) => one.phase === phase)) {
      managed.upcoming.push({ user, orders: [releaseOrder(phase)] })
    }
    managed.withheld = managed.withheld.filter((one) => one.phase !== phase)
  }
}
