import type { VirtualDevice } from '../device/virtual-device.ts'
import type { DeviceFact, JournalWriter, NetworkFact } from '../domain/journal.ts'
import type { PrivacyChoices } from '../domain/privacy.ts'

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
    const isSame =
      known?.name === disk.deviceName &&
      known.isJoined === isJoined &&
      known.managedBy === management?.providerId &&
      isAlike(known.privacy, disk.privacy)
    if (isSame) return
    const fact: DeviceFact = { kind: 'device', name: disk.deviceName, deviceId: this.#device.deviceId, isJoined }
    this.#identity = {
      ...fact,
      ...(management ? { managedBy: management.providerId } : {}),
      ...(disk.privacy ? { privacy: disk.privacy } : {}),
    }
    this.#journal.write(this.#identity)
  }
}

/** Of a disk that was read anew after a restart it is another object. */
const isAlike = (one: PrivacyChoices | undefined, other: PrivacyChoices | undefined): boolean =>
  one === other || JSON.stringify(one) === JSON.stringify(other)
