import { isTelling } from '../../domain/placeholders.ts'
import type { RegistrationErrorName } from '../../domain/registration-errors.ts'
import type { RegistrationPath } from '../../domain/tenant.ts'
import { DecodeError } from '../../domain/trouble.ts'
import { enterDevices } from '../autopilot/registration.ts'
import { identityOf, keyOf } from './hardware-identity.ts'
import type { Registry } from './registry.ts'
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

/** What imports remember. */
export interface ImportsPart {
  entries: Map<string, ImportedIdentity>
  /** Those without a result yet, also when the entry was taken away. */
  open: ImportedIdentity[]
  /** What each batch has registered. */
  batches: Map<string, Set<string>>
}

export const newImports = (): ImportsPart => ({ entries: new Map(), open: [], batches: new Map() })

/** Imports take their time: an entry is `unknown`, then `pending`, then done, whatever the entries before it are. */
export class Imports {
  readonly #part: () => ImportsPart
  readonly #registry: Registry

  constructor(part: () => ImportsPart, registry: Registry) {
    this.#part = part
    this.#registry = registry
  }

  get all(): ImportedIdentity[] {
    return [...this.#part().entries.values()]
  }

  get = (id: string): ImportedIdentity | undefined => this.#part().entries.get(id)

  /** Takes the entry away; what it registered stays. */
  remove(id: string): boolean {
    this.#registry.changes.note()
    return this.#part().entries.delete(id)
  }

  begin(requests: readonly RegistrationRequest[], path: RegistrationPath, importId?: string): ImportedIdentity[] {
    this.#registry.changes.note()
    const now = this.#registry.now()
    const batch = importId ?? this.#registry.ids.guid()
    return requests.map((request) => {
      const entry: ImportedIdentity = {
        ...request,
        id: this.#registry.ids.guid(),
        importId: batch,
        path,
        createdAt: now,
        dueAt: now + this.#registry.delays.import,
        result: null,
      }
      this.#part().entries.set(entry.id, entry)
      this.#part().open.push(entry)
      return entry
    })
  }

  statusOf({ result, createdAt, dueAt }: ImportedIdentity): ImportStatus {
    if (result) return result.kind
    return this.#registry.now() < createdAt + (dueAt - createdAt) / 2 ? 'unknown' : 'pending'
  }

  /** Decides what has become due: all of a moment at once. */
  settle(): void {
    const now = this.#registry.now()
    const part = this.#part()
    const due = part.open.filter((entry) => entry.dueAt <= now)
    if (due.length === 0) return
    this.#registry.changes.note()
    part.open = part.open.filter((entry) => entry.dueAt > now)
    for (const moment of new Set(due.map(({ dueAt }) => dueAt).sort((a, b) => a - b))) {
      this.#decide(
        due.filter(({ dueAt }) => dueAt === moment),
        moment,
      )
    }
  }

  #decide(entries: readonly ImportedIdentity[], moment: number): void {
    const at = Math.max(moment, this.#registry.directory.changedAt)
    const here = new Set([...this.#registry.directory.now.devices.values()].map(keyOf))
    const elsewhere = new Set(this.#registry.elsewhere.map(keyOf))
    const accepted: { entry: ImportedIdentity; identity: HardwareIdentity }[] = []
    for (const entry of entries) {
      const identity = this.#identityOf(entry)
      if (typeof identity === 'string') {
        entry.result = { kind: 'error', error: identity }
        continue
      }
      const key = keyOf(identity)
      const batch = this.#batchOf(entry.importId)
      const error = batch.has(key)
        ? 'ZtdDeviceDuplicated'
        : here.has(key)
          ? 'ZtdDeviceAlreadyAssigned'
          : elsewhere.has(key)
            ? 'ZtdDeviceAssignedToOtherTenant'
            : undefined
      if (error) {
        entry.result = { kind: 'error', error }
        continue
      }
      here.add(key)
      batch.add(key)
      accepted.push({ entry, identity })
    }
    const registrations = accepted.map(({ entry, identity }) => {
      const { groupTag, purchaseOrder, assignedUser, path } = entry
      return { identity, details: { groupTag, purchaseOrder, assignedUser, path } }
    })
    const devices = enterDevices(this.#registry, registrations, at)
    for (const [index, { entry }] of accepted.entries()) {
      entry.result = { kind: 'complete', registrationId: devices[index]!.id }
    }
  }

  /** What a batch has registered. */
  #batchOf(importId: string): Set<string> {
    const known = this.#part().batches.get(importId) ?? new Set()
    this.#part().batches.set(importId, known)
    return known
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
    const found = this.#registry.known.find(
      (device) =>
        (entry.productKeyId !== '' && device.productKeyId === entry.productKeyId) ||
        (isTelling(entry.serialNumber) &&
          device.manufacturer === entry.manufacturer &&
          device.productName === entry.model &&
          device.serialNumber === entry.serialNumber),
    )
    return found ?? 'ZtdDeviceNotFound'
  }
}
