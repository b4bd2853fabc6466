import type { Contacts } from './contacts.ts'
import type { DirectoryPart, RegistrationOrder } from './directory-part.ts'
import type { Registry } from './registry.ts'
import { type RegisteredDevice, withEntry } from './state.ts'

interface Office extends Registry {
  readonly contacts: Contacts
}

/**
 * Changes and deletions of registrations. The deployment service takes them at once and carries them out some minutes later
 * ("it takes minutes until the device is gone"): as long as a synchronisation takes here.
 */
export class RegistrationOrders {
  readonly #part: () => Pick<DirectoryPart, 'orders'>
  readonly #office: Office

  constructor(part: () => Pick<DirectoryPart, 'orders'>, office: Office) {
    this.#part = part
    this.#office = office
  }

  change(registrationId: string, facts: Partial<RegisteredDevice>): void {
    this.#give(registrationId, facts)
  }

  remove(registrationId: string): void {
    this.#give(registrationId, undefined)
  }

  isRemoved = (registrationId: string): boolean =>
    this.#part().orders.some((order) => order.registrationId === registrationId && order.facts === undefined)

  /** Carries out what has become due. */
  settle(): void {
    const now = this.#office.now()
    const part = this.#part()
    const due = part.orders.filter(({ dueAt }) => dueAt <= now)
    if (due.length === 0) return
    part.orders = part.orders.filter(({ dueAt }) => dueAt > now)
    for (const order of due) this.#carryOut(order)
  }

  #give(registrationId: string, facts: Partial<RegisteredDevice> | undefined): void {
    const { changes, now, delays } = this.#office
    changes.note()
    const part = this.#part()
    part.orders = [...part.orders, { registrationId, dueAt: now() + delays.sync, facts }]
  }

  #carryOut({ registrationId, dueAt, facts }: RegistrationOrder): void {
    const { directory, contacts } = this.#office
    const device = directory.now.devices.get(registrationId)
    if (!device) return
    const at = Math.max(dueAt, directory.changedAt)
    const changed = facts && { ...device, ...facts }
    directory.change(at, ({ devices }) => ({ devices: withEntry(devices, registrationId, changed) }))
    const object = directory.entra.get(device.entraObjectId)
    if (object && changed && object.trustType === '' && facts.displayName !== undefined) {
      directory.entra.change(at, object, { displayName: changed.displayName || changed.serialNumber })
    }
    if (changed) return
    contacts.forget(registrationId)
    if (object) directory.entra.change(at, object, { registrationId: undefined })
  }
}
