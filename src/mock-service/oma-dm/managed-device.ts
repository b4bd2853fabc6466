import type { Command, Item, NodeCommand, StatusCommand } from '../../protocols/syncml/message.ts'
import type { EnrolledDevice, NodeOrder, Order } from './orders.ts'
import type { PlanSource } from './plan-source.ts'
import { deviceBatches, FIRST_USER_DONE, skipUserStatus, userBatches } from './session-plan.ts'

/** An order with its number, and with what it is a part of. */
interface SentOrder {
  order: NodeOrder | undefined
  whole: Order
  /** The person whose plan it is of, in lower case; left out for the device's own. */
  user?: string | undefined
}

/** A device as the server knows it: what it was told, and what it answered. */
export interface ManagedDevice {
  readonly device: EnrolledDevice
  /** Unix milliseconds. */
  readonly enrolledAt: number
  lastSyncAt: number | undefined
  /** Results of app installations, by LocURI. */
  readonly results: Map<string, number>
  /** Orders that the device refused, with its status. */
  readonly refused: { uri: string; status: string }[]
  /** What the device has answered to a Get, by LocURI. */
  readonly found: Map<string, string>
  /** The device has said that it leaves. */
  isUnenrolled: boolean
  /** Longest message that the device may send, in bytes; told to it in every header. */
  maxMsgSize: number | undefined
  /** Longer data goes in chunks of so many bytes. */
  chunkBytes: number
  /** Answers the next messages with 429 and these seconds. */
  readonly busy: number[]
  pending: Order[][]
  /** What is planned for a person waits for a session in which that person is at the device. */
  readonly userPending: Map<string, Order[][]>
  /** The person at the device in the session under way. */
  user: string | undefined
  readonly sent: Map<string, SentOrder>
  readonly incoming: Map<string, string>
  chunks: NodeCommand[]
  chunkOf: { order: NodeOrder; user: string | undefined } | undefined
  hasDevicePlan: boolean
  isPlanless: boolean
  /** Whose plan was made, in the order in which they came. */
  users: string[]
  tracksFirstUserOnly: boolean
}

const UNENROLMENT = 'com.microsoft:mdm.unenrollment.userrequest'

/** Statuses that mean that an order is in force: done, accepted, a chunk of it arrived, and already there. */
const IN_FORCE = new Set(['200', '202', '213', '418'])

/** @param enrolledAt Unix milliseconds */
export const newDevice = (device: EnrolledDevice, enrolledAt: number): ManagedDevice => ({
  device,
  enrolledAt,
  lastSyncAt: undefined,
  results: new Map(),
  refused: [],
  found: new Map(),
  isUnenrolled: false,
  maxMsgSize: undefined,
  chunkBytes: Number.POSITIVE_INFINITY,
  busy: [],
  pending: [],
  userPending: new Map(),
  user: undefined,
  sent: new Map(),
  incoming: new Map(),
  chunks: [],
  chunkOf: undefined,
  hasDevicePlan: false,
  isPlanless: false,
  users: [],
  tracksFirstUserOnly: false,
})

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
  if (!managed.hasDevicePlan) {
    managed.hasDevicePlan = true
    managed.pending.push(...deviceBatches(tenant, managed.device))
  }
  const { user } = managed
  if (user === undefined || managed.isPlanless) return
  if (!managed.users.includes(user)) {
    managed.users.push(user)
    queueOf(managed, user).push(...userBatches(tenant, managed.device, upn, managed.users.length === 1))
  } else if (user === managed.users[0]) endTracking(managed, tenant)
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
  if (managed.found.get(FIRST_USER_DONE) !== 'true') order(managed, { kind: 'Get', uri: FIRST_USER_DONE })
  else {
    managed.tracksFirstUserOnly = true
    order(managed, skipUserStatus())
  }
}

/** What the next session brings besides, together in one message. */
export function order(managed: ManagedDevice, ...orders: Order[]): void {
  managed.pending.push(orders)
}

/** Orders for a person, or for the device. */
function queueOf(managed: ManagedDevice, user: string | undefined): Order[][] {
  if (user === undefined) return managed.pending
  const queue = managed.userPending.get(user) ?? []
  managed.userPending.set(user, queue)
  return queue
}

/** Takes the device's statuses and results, and keeps what was refused. */
export function takeAnswers(managed: ManagedDevice, commands: readonly Command[]): void {
  for (const command of commands) {
    if (command.kind === 'Status') takeStatus(managed, command)
    if (command.kind === 'Results') for (const item of command.items) takeResult(managed, item)
    if (command.kind === 'Alert') {
      for (const { source, data, meta } of command.items) {
        if (source) managed.results.set(source, Number(data))
        if (meta?.type === UNENROLMENT) managed.isUnenrolled = true
      }
    }
  }
}

function takeStatus(managed: ManagedDevice, { msgRef, cmdRef, data }: StatusCommand): void {
  const key = `${msgRef}/${cmdRef}`
  const sent = managed.sent.get(key)
  managed.sent.delete(key)
  if (!sent) return
  // 213: a chunk arrived. An object that the device refuses ends there.
  if (data !== '213' && managed.chunks.length > 0) managed.chunks = []
  if (sent.order && !IN_FORCE.has(data)) managed.refused.push({ uri: sent.order.uri, status: data })
}

function takeResult(managed: ManagedDevice, { source = '', data = '', moreData }: Item): void {
  const value = (managed.incoming.get(source) ?? '') + data
  if (moreData) managed.incoming.set(source, value)
  else {
    managed.incoming.delete(source)
    managed.found.set(source, value)
  }
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

const commandOf = ({ kind, uri, format, data }: NodeOrder, cmdId: string): NodeCommand => ({
  kind,
  cmdId,
  items: [{ target: uri, ...(format ? { meta: { format } } : {}), ...(data === undefined ? {} : { data }) }],
})

/** The first has the size of all, every one but the last says that there is more (OMA-TS-DM_Protocol 1.2.1, 7). */
function chunksOf(order: NodeOrder, bytes: number): NodeCommand[] {
  const pieces: string[] = ['']
  let used = 0
  for (const character of order.data ?? '') {
    const length = Buffer.byteLength(character)
    if (used + length > bytes) {
      pieces.push('')
      used = 0
    }
    pieces[pieces.length - 1] += character
    used += length
  }
  const { items, ...command } = commandOf(order, '')
  return pieces.map((data, index) => {
    const size = index === 0 ? { size: String(Buffer.byteLength(order.data ?? '')) } : {}
    const more = index < pieces.length - 1 ? { moreData: true } : {}
    return { ...command, items: [{ ...items[0], meta: { ...items[0]!.meta, ...size }, data, ...more }] }
  })
}
