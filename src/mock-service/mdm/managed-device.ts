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

/** All that is known of a device, as plain values. */
export interface KeptDevice {
  device: EnrolledDevice
  enrolledAt: number
  lastSyncAt: number | undefined
  results: Map<string, number>
  refused: { uri: string; status: string }[]
  found: Map<string, string>
  isUnenrolled: boolean
  maxMsgSize: number | undefined
  chunkBytes: number
  busy: number[]
  pending: Order[][]
  userPending: Map<string, Order[][]>
  user: string | undefined
  sent: Map<string, SentOrder>
  incoming: Map<string, string>
  chunks: NodeCommand[]
  chunkOf: { order: NodeOrder; user: string | undefined } | undefined
  hasDevicePlan: boolean
  isPlanless: boolean
  users: string[]
  tracksFirstUserOnly: boolean
}

const UNENROLMENT = 'com.microsoft:mdm.unenrollment.userrequest'

/** Statuses that mean that an order is in force: done, accepted, a chunk of it arrived, and already there. */
const IN_FORCE = new Set(['200', '202', '213', '418'])

/** A device as the server knows it: what it was told, and what it answered. */
export class ManagedDevice {
  readonly device: EnrolledDevice
  /** Unix milliseconds. */
  readonly enrolledAt: number
  lastSyncAt: number | undefined
  /** Results of app installations, by LocURI. */
  readonly results = new Map<string, number>()
  /** Orders that the device refused, with its status. */
  readonly refused: { uri: string; status: string }[] = []
  /** What the device has answered to a Get, by LocURI. */
  readonly found = new Map<string, string>()
  /** The device has said that it leaves. */
  isUnenrolled = false
  /** Longest message that the device may send, in bytes; told to it in every header. */
  maxMsgSize: number | undefined
  /** Longer data goes in chunks of so many bytes. */
  chunkBytes = Number.POSITIVE_INFINITY
  /** Answers the next messages with 429 and these seconds. */
  readonly busy: number[] = []
  #pending: Order[][] = []
  /** What is planned for a person waits for a session in which that person is at the device. */
  #userPending = new Map<string, Order[][]>()
  /** The person at the device in the session under way. */
  #user: string | undefined
  #sent = new Map<string, SentOrder>()
  #incoming = new Map<string, string>()
  #chunks: NodeCommand[] = []
  #chunkOf: { order: NodeOrder; user: string | undefined } | undefined
  #hasDevicePlan = false
  #isPlanless = false
  /** Whose plan was made, in the order in which they came. */
  #users: string[] = []
  #tracksFirstUserOnly = false

  constructor(device: EnrolledDevice, enrolledAt: number) {
    this.device = device
    this.enrolledAt = enrolledAt
  }

  keep(): KeptDevice {
    const { device, enrolledAt, lastSyncAt, results, refused, found, isUnenrolled, maxMsgSize, chunkBytes, busy } = this
    return {
      ...{ device, enrolledAt, lastSyncAt, results, refused, found, isUnenrolled, maxMsgSize, chunkBytes, busy },
      pending: this.#pending,
      userPending: this.#userPending,
      user: this.#user,
      sent: this.#sent,
      incoming: this.#incoming,
      chunks: this.#chunks,
      chunkOf: this.#chunkOf,
      hasDevicePlan: this.#hasDevicePlan,
      isPlanless: this.#isPlanless,
      users: this.#users,
      tracksFirstUserOnly: this.#tracksFirstUserOnly,
    }
  }

  static restore(kept: KeptDevice): ManagedDevice {
    const { lastSyncAt, results, refused, found, isUnenrolled, maxMsgSize, chunkBytes, busy } = kept
    const made = new ManagedDevice(kept.device, kept.enrolledAt)
    Object.assign(made, { lastSyncAt, results, refused, found, isUnenrolled, maxMsgSize, chunkBytes, busy })
    made.#pending = kept.pending
    made.#userPending = kept.userPending
    made.#user = kept.user
    made.#sent = kept.sent
    made.#incoming = kept.incoming
    made.#chunks = kept.chunks
    made.#chunkOf = kept.chunkOf
    made.#hasDevicePlan = kept.hasDevicePlan
    made.#isPlanless = kept.isPlanless
    made.#users = kept.users
    made.#tracksFirstUserOnly = kept.tracksFirstUserOnly
    return made
  }

  /** A session begins: plans what this device, and the person at it, should get. */
  begin(tenant: PlanSource, loginStatus: string, upn = this.device.upn): void {
    this.lastSyncAt = tenant.now()
    // What the last session broke off before an answer came is said again.
    const lost = [...this.#sent.values()]
    for (const user of new Set(lost.map((sent) => sent.user))) {
      const orders = lost.filter((sent) => sent.user === user).map(({ whole }) => whole)
      this.#queueOf(user).unshift([...new Set(orders)])
    }
    // A session without a token, of a device that enrolled without a user, is of no person.
    this.#user = loginStatus === 'user' && upn !== '' ? upn.toLowerCase() : undefined
    this.#sent.clear()
    this.#chunks = []
    this.#incoming.clear()
    if (!this.#hasDevicePlan) {
      this.#hasDevicePlan = true
      this.#pending.push(...deviceBatches(tenant, this.device))
    }
    const user = this.#user
    if (user === undefined || this.#isPlanless) return
    if (!this.#users.includes(user)) {
      this.#users.push(user)
      this.#queueOf(user).push(...userBatches(tenant, this.device, upn, this.#users.length === 1))
    } else if (user === this.#users[0]) this.#endTracking(tenant)
  }

  /** Leaves out what the tenant would order: only {@link order} counts. */
  skipPlans(): void {
    this.#hasDevicePlan = true
    this.#isPlanless = true
  }

  /** The page is for the first person alone: when their setup is over, it is not shown any more. */
  #endTracking(tenant: PlanSource): void {
    if (
      this.#tracksFirstUserOnly ||
      !tenant.managementOf(this.device.registered, this.device.upn).statusPage.page.firstUserOnly
    )
      return
    if (this.found.get(FIRST_USER_DONE) !== 'true') this.order({ kind: 'Get', uri: FIRST_USER_DONE })
    else {
      this.#tracksFirstUserOnly = true
      this.order(skipUserStatus())
    }
  }

  /** What the next session brings besides, together in one message. */
  order(...orders: Order[]): void {
    this.#pending.push(orders)
  }

  /** Orders for a person, or for the device. */
  #queueOf(user: string | undefined): Order[][] {
    if (user === undefined) return this.#pending
    const queue = this.#userPending.get(user) ?? []
    this.#userPending.set(user, queue)
    return queue
  }

  /** Takes the device's statuses and results, and keeps what was refused. */
  take(commands: readonly Command[]): void {
    for (const command of commands) {
      if (command.kind === 'Status') this.#takeStatus(command)
      if (command.kind === 'Results') for (const item of command.items) this.#takeResult(item)
      if (command.kind === 'Alert') {
        for (const { source, data, meta } of command.items) {
          if (source) this.results.set(source, Number(data))
          if (meta?.type === UNENROLMENT) this.isUnenrolled = true
        }
      }
    }
  }

  #takeStatus({ msgRef, cmdRef, data }: StatusCommand): void {
    const key = `${msgRef}/${cmdRef}`
    const sent = this.#sent.get(key)
    this.#sent.delete(key)
    if (!sent) return
    // 213: a chunk arrived. What the device will not have ends there.
    if (data !== '213' && this.#chunks.length > 0) this.#chunks = []
    if (sent.order && !IN_FORCE.has(data)) this.refused.push({ uri: sent.order.uri, status: data })
  }

  #takeResult({ source = '', data = '', moreData }: Item): void {
    const value = (this.#incoming.get(source) ?? '') + data
    if (moreData) this.#incoming.set(source, value)
    else {
      this.#incoming.delete(source)
      this.found.set(source, value)
    }
  }

  /** The next batch, numbered from `cmdId` on; `final` when nothing of it is left for another message. */
  next(msgId: string, cmdId: number): { commands: Command[]; final: boolean } {
    const chunk = this.#chunks.shift()
    if (chunk) {
      const { order, user } = this.#chunkOf!
      this.#sent.set(`${msgId}/${cmdId}`, { order, whole: order, user })
      return { commands: [{ ...chunk, cmdId: String(cmdId) }], final: this.#chunks.length === 0 }
    }
    const user = this.#pending.length > 0 ? undefined : this.#user
    const queue = this.#queueOf(user)
    const orders = queue.shift() ?? []
    const [first, ...others] = orders
    if (first && 'uri' in first && Buffer.byteLength(first.data ?? '') > this.chunkBytes) {
      if (others.length > 0) queue.unshift(others)
      this.#chunkOf = { order: first, user }
      this.#chunks = chunksOf(first, this.chunkBytes)
      return this.next(msgId, cmdId)
    }
    let nextId = cmdId
    const numbered = (order: NodeOrder, whole: Order): NodeCommand => {
      const id = String(nextId++)
      this.#sent.set(`${msgId}/${id}`, { order, whole, user })
      return commandOf(order, id)
    }
    const commands = orders.map((order): Command => {
      if ('uri' in order) return numbered(order, order)
      const id = String(nextId++)
      this.#sent.set(`${msgId}/${id}`, { order: undefined, whole: order, user })
      return { kind: order.kind, cmdId: id, commands: order.orders.map((child) => numbered(child, order)) }
    })
    return { commands, final: true }
  }
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
