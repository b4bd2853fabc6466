import type { VirtualDevice } from '../device/virtual-device.ts'
import type { DeviceFact, JournalWriter, NetworkFact } from '../domain/journal.ts'

/** Journals how the device is connected and what it has become, each time that it differs. */
export class DeviceFacts {
  readonly #device: VirtualDevice
  readonly #journal: JournalWriter
  #network = ''
  #identity: DeviceFact | undefined

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
    const { disk, joinCertificate, management } = this.#device
    const isJoined = joinCertificate !== undefined
    // Asked at each step of a statechart.
    const known = this.#identity
    if (known?.name === disk.deviceName && known.isJoined === isJoined && known.managedBy === management?.providerId)
      return
    const fact: DeviceFact = { kind: 'device', name: disk.deviceName, deviceId: this.#device.deviceId, isJoined }
    this.#identity = { ...fact, ...(management ? { managedBy: management.providerId } : {}) }
    this.#journal.write(this.#identity)
  }
}
