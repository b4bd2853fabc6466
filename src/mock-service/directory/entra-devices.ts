import type { Changes } from '../changes.ts'
import type { DirectoryPart } from './directory-part.ts'
import type { EntraDevice, EntraVersion } from './entra-device.ts'

/** The device objects at one moment. */
export interface EntraView {
  /** By object id. */
  get(id: string): EntraDevice | undefined
  all(): EntraDevice[]
}

/**
 * The directory's device objects with their past: each keeps its own, for a school of ten thousand devices changes one of them at
 * every sign-in.
 */
export class EntraDevices implements EntraView {
  readonly #part: () => Pick<DirectoryPart, 'entraDevices' | 'entraIds'>
  /** How far back the service looks. */
  readonly #reachMs: number
  readonly #changes: Changes

  constructor(part: () => Pick<DirectoryPart, 'entraDevices' | 'entraIds'>, reachMs: number, changes: Changes) {
    this.#part = part
    this.#reachMs = reachMs
    this.#changes = changes
  }

  get(id: string): EntraDevice | undefined {
    return this.#part().entraDevices.get(id)?.at(-1)?.device
  }

  /** By the id that certificates and tokens carry. */
  byDeviceId(deviceId: string): EntraDevice | undefined {
    const id = this.#part().entraIds.get(deviceId)
    return id === undefined ? undefined : this.get(id)
  }

  all(): EntraDevice[] {
    return [...this.#part().entraDevices.values()].flatMap((versions) => versions.at(-1)!.device ?? [])
  }

  /** The objects as they were at a moment, changes of that moment included. */
  at(time: number): EntraView {
    const versionAt = (versions: readonly EntraVersion[] | undefined) =>
      versions?.findLast((version) => version.at <= time)?.device
    return {
      get: (id) => versionAt(this.#part().entraDevices.get(id)),
      all: () => [...this.#part().entraDevices.values()].flatMap((versions) => versionAt(versions) ?? []),
    }
  }

  /** @param time Unix milliseconds, not before the last change of the object */
  put(time: number, device: EntraDevice): void {
    this.#add(device.id, time, device)
    this.#part().entraIds.set(device.deviceId, device.id)
  }

  change(time: number, device: EntraDevice, facts: Partial<EntraDevice>): void {
    this.put(time, { ...device, ...facts })
  }

  /** Ids of devices that are gone stay theirs: no other device gets them. */
  remove(time: number, { id }: EntraDevice): void {
    this.#add(id, time, undefined)
  }

  #add(id: string, at: number, device: EntraDevice | undefined): void {
    this.#changes.note()
    const { entraDevices } = this.#part()
    const past = entraDevices.get(id) ?? []
    const needed = Math.max(
      0,
      past.findLastIndex((version) => version.at <= at - this.#reachMs),
    )
    const kept = past.slice(needed).filter((version) => version.at !== at)
    entraDevices.set(id, [...kept, { at, device }])
  }
}
