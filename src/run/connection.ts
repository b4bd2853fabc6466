import type { VirtualNetwork } from '../device/network/virtual-network.ts'

/** What the statecharts are told when the network is another one than before. */
export class Connection {
  readonly #network: VirtualNetwork
  #wasOnline = false
  #wasLinked = false

  constructor(network: VirtualNetwork) {
    this.#network = network
  }

  /** As it is at the start of the device: nothing of it is news. */
  look(): void {
    this.#wasOnline = this.#network.isOnline
    this.#wasLinked = this.#network.status.via !== 'none'
  }

  /** Types of the events for what has changed since the last look. */
  changes(): string[] {
    const [wasOnline, wasLinked] = [this.#wasOnline, this.#wasLinked]
    this.look()
    return [
      'network.changed',
      ...(wasLinked && !this.#wasLinked ? ['network.lost'] : []),
      ...(!wasOnline && this.#wasOnline ? ['network.restored'] : []),
    ]
  }
}
