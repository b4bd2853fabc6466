import type { Command, NodeCommand } from '../../protocols/syncml/message.ts'
import type { RegisteredDevice } from '../registration.ts'
import type { Tenant } from '../tenant.ts'
import { deviceBatches, userBatches } from './session-plan.ts'

export interface EnrolledDevice {
  entDmId: string
  deviceId: string
  deviceName: string
  upn: string
  registered: RegisteredDevice | undefined
  contentUrl: string
}

/** A command before it has its number. */
export type Order = Pick<NodeCommand, 'kind'> & { uri: string; format?: string; data?: string }

/** Statuses that mean that an order is in force: done, accepted, and already there. */
const IN_FORCE = new Set(['200', '202', '418'])

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
  readonly #pending: Order[][] = []
  readonly #sent = new Map<string, Order>()
  #hasDevicePlan = false
  #hasUserPlan = false

  constructor(device: EnrolledDevice, enrolledAt: number) {
    this.device = device
    this.enrolledAt = enrolledAt
  }

  /** A session begins: plans what this device, and the person at it, should get. */
  begin(tenant: Tenant, loginStatus: string): void {
    this.lastSyncAt = tenant.now()
    // What the last session broke off before an answer came is said again.
    if (this.#sent.size > 0) this.#pending.unshift([...this.#sent.values()])
    this.#sent.clear()
    if (!this.#hasDevicePlan) {
      this.#hasDevicePlan = true
      this.#pending.push(...deviceBatches(tenant, this.device))
    }
    if (loginStatus === 'user' && !this.#hasUserPlan) {
      this.#hasUserPlan = true
      this.#pending.push(...userBatches(tenant, this.device))
    }
  }

  /** Takes the device's statuses, and keeps what was refused. */
  take(commands: readonly Command[]): void {
    for (const command of commands) {
      if (command.kind === 'Status' && command.cmdRef !== '0') {
        const key = `${command.msgRef}/${command.cmdRef}`
        const order = this.#sent.get(key)
        this.#sent.delete(key)
        if (order && !IN_FORCE.has(command.data)) this.refused.push({ uri: order.uri, status: command.data })
      }
      if (command.kind === 'Alert') {
        for (const { source, data } of command.items) if (source) this.results.set(source, Number(data))
      }
    }
  }

  /** The next batch, numbered from `cmdId` on. */
  next(msgId: string, cmdId: number): Command[] {
    const orders = this.#pending.shift() ?? []
    return orders.map((order, index) => {
      const id = String(cmdId + index)
      this.#sent.set(`${msgId}/${id}`, order)
      return {
        kind: order.kind,
        cmdId: id,
        items: [
          {
            target: order.uri,
            ...(order.format ? { meta: { format: order.format } } : {}),
            ...(order.data === undefined ? {} : { data: order.data }),
          },
        ],
      }
    })
  }
}
