import type { RegistrationErrorName } from '../../domain/registration-errors.ts'
import type { RegistrationPath } from '../../domain/tenant.ts'
import { DecodeError } from '../../domain/trouble.ts'
import { enterDevice, hasSameName, identityOf, isSameHardware } from '../registration.ts'
import type { Tenant } from '../tenant.ts'
import type { HardwareIdentity } from './state.ts'

/** One device to register: by its hash, or, from a partner, by product key id or by manufacturer, model and serial number. */
export interface RegistrationRequest {
  serialNumber: string
  productKeyId: string
  /** Base64; empty for none. */
  hardwareHash: string
  manufacturer: string
  model: string
  groupTag: string
  purchaseOrder: string
  assignedUser: string
}

/** An `importedWindowsAutopilotDeviceIdentity`. */
export interface ImportedIdentity extends RegistrationRequest {
  id: string
  importId: string
  path: RegistrationPath
  /** Unix milliseconds. */
  createdAt: number
  dueAt: number
  result: RegistrationResult | null
}

export type RegistrationResult =
  | { kind: 'complete'; registrationId: string }
  | { kind: 'error'; error: RegistrationErrorName }

/** `deviceImportStatus` (reference: device-identity.md, 2.3). */
export type ImportStatus = 'unknown' | 'pending' | 'complete' | 'error'

/** Imports take their time: an entry is `unknown`, then `pending`, then done, whatever the entries before it are. */
export class Imports {
  readonly #tenant: Tenant
  readonly #entries = new Map<string, ImportedIdentity>()

  constructor(tenant: Tenant) {
    this.#tenant = tenant
  }

  get all(): ImportedIdentity[] {
    return [...this.#entries.values()]
  }

  get = (id: string): ImportedIdentity | undefined => this.#entries.get(id)

  /** Takes the entry away; what it registered stays. */
  remove = (id: string): boolean => this.#entries.delete(id)

  begin(requests: readonly RegistrationRequest[], path: RegistrationPath, importId?: string): ImportedIdentity[] {
    const now = this.#tenant.now()
    const batch = importId ?? this.#tenant.ids.guid()
    return requests.map((request) => {
      const entry: ImportedIdentity = {
        ...request,
        id: this.#tenant.ids.guid(),
        importId: batch,
        path,
        createdAt: now,
        dueAt: now + this.#tenant.delays.import,
        result: null,
      }
      this.#entries.set(entry.id, entry)
      return entry
    })
  }

  statusOf({ result, createdAt, dueAt }: ImportedIdentity): ImportStatus {
    if (result) return result.kind
    return this.#tenant.now() < createdAt + (dueAt - createdAt) / 2 ? 'unknown' : 'pending'
  }

  /** Decides what has become due. */
  settle(): void {
    const now = this.#tenant.now()
    const due = this.all.filter((entry) => entry.result === null && entry.dueAt <= now)
    for (const entry of due.sort((a, b) => a.dueAt - b.dueAt)) entry.result = this.#decide(entry)
  }

  #decide(entry: ImportedIdentity): RegistrationResult {
    const refuse = (error: RegistrationErrorName) => ({ kind: 'error' as const, error })
    const identity = this.#identityOf(entry)
    if (typeof identity === 'string') return refuse(identity)
    const isDuplicate = this.all.some(
      (other) =>
        other !== entry &&
        other.importId === entry.importId &&
        other.result?.kind === 'complete' &&
        this.#isOf(other.result.registrationId, identity),
    )
    if (isDuplicate) return refuse('ZtdDeviceDuplicated')
    const known = [...this.#tenant.directory.now.devices.values()]
    if (known.some((device) => isSame(device, identity))) return refuse('ZtdDeviceAlreadyAssigned')
    if (this.#tenant.elsewhere.some((device) => isSame(device, identity)))
      return refuse('ZtdDeviceAssignedToOtherTenant')
    const { groupTag, purchaseOrder, assignedUser, path, dueAt } = entry
    const details = { groupTag, purchaseOrder, assignedUser, path, registeredAt: dueAt }
    return { kind: 'complete', registrationId: enterDevice(this.#tenant, identity, details).id }
  }

  #isOf(registrationId: string, identity: HardwareIdentity): boolean {
    const device = this.#tenant.directory.now.devices.get(registrationId)
    return device !== undefined && isSame(device, identity)
  }

  /** What the device is, or the error. Only a partner's product key id or tuple is looked up among the known devices. */
  #identityOf(entry: ImportedIdentity): HardwareIdentity | RegistrationErrorName {
    if (entry.hardwareHash !== '') {
      try {
        const identity = identityOf(entry.hardwareHash)
        // "manufacturer and serial are a must" (device-identity.md, 2.2 [D]).
        return identity.manufacturer === '' || identity.serialNumber === '' ? 'InvalidZtdHardwareHash' : identity
      } catch (error) {
        if (error instanceof DecodeError) return 'InvalidZtdHardwareHash'
        throw error
      }
    }
    const found = this.#tenant.known.find(
      (device) =>
        (entry.productKeyId !== '' && device.productKeyId === entry.productKeyId) ||
        (device.manufacturer === entry.manufacturer &&
          device.productName === entry.model &&
          device.serialNumber === entry.serialNumber),
    )
    return found ?? 'ZtdDeviceNotFound'
  }
}

const isSame = (a: HardwareIdentity, b: HardwareIdentity): boolean => hasSameName(a, b) && isSameHardware(a, b)
