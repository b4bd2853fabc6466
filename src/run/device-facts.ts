import type { VirtualDevice } from '../device/virtual-device.ts'
import type { DeviceFact, JournalWriter, NetworkFact } from '../domain/journal.ts'

/** Journals how the device is connected and what it has become, each time that it differs. */
export class DeviceFacts {
  readonly #device: VirtualDevice
  readonly #journal: JournalWriter
  #network = ''
  #identity = ''

  constructor(device: VirtualDevice, journal: JournalWriter) {
    this.#device = device
    this.#journal = journal
  }

  recordNetwork(): void {
    const { isOnline, status, switches } = this.#device.network
    const fact: NetworkFact = { kind: 'network', ...status, isOnline, ...switches }
    const text = JSON.stringify(fact)
    if (text !== this.#network) this.#journal.write(fact)
    this.#network = text
  }

  recordIdentity(): void {
    const { disk, joinCertificate, management, deviceId } = this.#device
    const isJoined = joinCertificate !== undefined
    const text = `${disk.deviceName}\n${isJoined}\n${management?.providerId ?? ''}`
    if (text === this.#identity) return
    this.#identity = text
    const fact: DeviceFact = { kind: 'device', name: disk.deviceName, deviceId, isJoined }
    this.#journal.write({ ...fact, ...(management ? { managedBy: management.providerId } : {}) })
  }
}
