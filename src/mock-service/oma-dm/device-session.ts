import type { Command, NodeCommand } from '../../protocols/syncml/message.ts'
import { resetQuestions } from './after-reset.ts'
import { chunksOf, commandOf } from './chunks.ts'
import { inventoryOrders } from './inventory.ts'
import type { ManagedDevice } from './managed-device.ts'
import type { NodeOrder, Order } from './orders.ts'
import { FIRST_USER_DONE, phaseQuestions } from './phase-questions.ts'
import type { PlanSource } from './plan-source.ts'
import { policyOrders } from './policy-orders.ts'
import { finishPreparation, policyOf, preparationOrders } from './preparation-plan.ts'
import { deviceBatches, skipUserStatus, userBatches } from './session-plan.ts'

/** A session begins: plans what this device, and the person at it, should get. */
export function beginSession(
  managed: ManagedDevice,
  tenant: PlanSource,
  loginStatus: string,
  upn = managed.device.upn,
): void {
  managed.lastSyncAt = tenant.now()
  // What the last session broke off before an answer came is said again.
  const lost = [...managed.sent.values()]
  for (const user of new Set(lost.map((sent) => sent.user))) {
    const orders = lost.filter((sent) => sent.user === user).map(({ whole }) => whole)
    queueOf(managed, user).unshift([...new Set(orders)])
  }
  // A session without a token, of a device that enrolled without a user, is of no person.
  managed.user = loginStatus === 'user' && upn !== '' ? upn.toLowerCase() : undefined
  managed.sent.clear()
  managed.chunks = []
  managed.incoming.clear()
  planSession(managed, tenant, upn)
}

/** What the device, and the person at it, get in the session under way. */
export function planSession(
  managed: ManagedDevice,
  tenant: PlanSource,
  upn = managed.user ?? managed.device.upn,
): void {
  const isFirst = !managed.hasDevicePlan
  if (isFirst) {
    managed.hasDevicePlan = true
    managed.pending.push(...firstBatches(managed, tenant))
  }
  if (managed.isPlanless) return
  // The first plan has the settings in it.
  const settings = policyOrders(managed, tenant, 'device', managed.device.upn)
  if (!isFirst) {
    queue(managed.pending, [
      ...settings,
      ...phaseQuestions(managed, tenant, 'device'),
      ...resetQuestions(managed, tenant),
    ])
  }
  const { user } = managed
  // Nothing comes for a person without a licence: Account setup stays at Identifying (oobe-autopilot-esp.md, 4.7 [D, F]).
  if (user === undefined || !tenant.isLicensed(upn)) return
  finishPreparation(managed, tenant)
  const own = policyOrders(managed, tenant, 'user', upn)
  if (!managed.users.includes(user)) {
    managed.users.push(user)
    queueOf(managed, user).push(...userBatches(tenant, managed.device, upn, managed.users.length === 1))
    return
  }
  const isFirstPerson = user === managed.users[0]
  queue(queueOf(managed, user), [...own, ...(isFirstPerson ? phaseQuestions(managed, tenant, 'user') : [])])
  if (isFirstPerson) endTracking(managed, tenant)
}

/** A device with a device preparation policy has that page, and another order of work. */
function firstBatches(managed: ManagedDevice, tenant: PlanSource): Order[][] {
  const { device, enrolment } = managed
  const policy = policyOf(tenant, device)
  if (!policy) return deviceBatches(tenant, device, enrolment)
  managed.preparation = 'agent'
  return [inventoryOrders(enrolment), preparationOrders(tenant, device, policy)]
}

const queue = (batches: Order[][], orders: Order[]): void => {
  if (orders.length > 0) batches.push(orders)
}

/** Leaves out what the tenant would order: only {@link order} counts. */
export function skipPlans(managed: ManagedDevice): void {
  managed.hasDevicePlan = true
  managed.isPlanless = true
}

/** The page is for the first person alone: when their setup is over, it is not shown any more. */
function endTracking(managed: ManagedDevice, tenant: PlanSource): void {
  const { device } = managed
  if (managed.tracksFirstUserOnly || !tenant.managementOf(device, device.upn).statusPage.page.firstUserOnly) return
  if (managed.found.get(FIRST_USER_DONE) !== 'true') {
    if (managed.deploymentId === undefined) order(managed, { kind: 'Get', uri: FIRST_USER_DONE })
  } else {
    managed.tracksFirstUserOnly = true
    order(managed, skipUserStatus())
  }
}

/** What the next session brings besides, together in one message. */
export function order(managed: ManagedDevice, ...orders: Order[]): void {
  managed.pending.push(orders)
}

/** What waits for a session is in the one that begins. */
export function takeUpcoming(managed: ManagedDevice): void {
  for (const { user, orders } of managed.upcoming.splice(0)) queueOf(managed, user).push(orders)
}

/** What the next message of the session under way brings. */
export const orderAtOnce = (managed: ManagedDevice, user: string | undefined, ...orders: Order[]): void =>
  void queueOf(managed, user).unshift(orders)

/** Orders for a person, or for the device. */
function queueOf(managed: ManagedDevice, user: string | undefined): Order[][] {
  if (user === undefined) return managed.pending
  const queue = managed.userPending.get(user) ?? []
  managed.userPending.set(user, queue)
  return queue
}

/** The next batch, numbered from `cmdId` on; `final` when nothing of it is left for another message. */
export function nextBatch(
  managed: ManagedDevice,
  msgId: string,
  cmdId: number,
): { commands: Command[]; final: boolean } {
  const chunk = managed.chunks.shift()
  if (chunk) {
    const { order: whole, user } = managed.chunkOf!
    managed.sent.set(`${msgId}/${cmdId}`, { order: whole, whole, user })
    return { commands: [{ ...chunk, cmdId: String(cmdId) }], final: managed.chunks.length === 0 }
  }
  const user = managed.pending.length > 0 ? undefined : managed.user
  const queue = queueOf(managed, user)
  const orders = queue.shift() ?? []
  const [first, ...others] = orders
  if (first && 'uri' in first && Buffer.byteLength(first.data ?? '') > managed.chunkBytes) {
    if (others.length > 0) queue.unshift(others)
    managed.chunkOf = { order: first, user }
    managed.chunks = chunksOf(first, managed.chunkBytes)
    return nextBatch(managed, msgId, cmdId)
  }
  let nextId = cmdId
  const numbered = (one: NodeOrder, whole: Order): NodeCommand => {
    const id = String(nextId++)
    managed.sent.set(`${msgId}/${id}`, { order: one, whole, user })
    return commandOf(one, id)
  }
  const commands = orders.map((one): Command => {
    if ('uri' in one) return numbered(one, one)
    const id = String(nextId++)
    managed.sent.set(`${msgId}/${id}`, { order: undefined, whole: one, user })
    return { kind: one.kind, cmdId: id, commands: one.orders.map((child) => numbered(child, one)) }
  })
  return { commands, final: true }
}
