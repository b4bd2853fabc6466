import type { HostedInstallJob } from '../protocols/modern-app-job/hosted-install.ts'
import type { MsiInstallJob } from '../protocols/msi-job/msi-install-job.ts'
import type { OfficeConfiguration } from '../protocols/office-job/office-configuration.ts'

/** What is to be installed: an MSI (EnterpriseDesktopAppManagement), an MSIX package (EnterpriseModernAppManagement), or Microsoft 365 Apps (Office). */
export type InstallationJob =
  | ({ kind: 'msi' } & MsiInstallJob)
  | ({ kind: 'msix' } & HostedInstallJob)
  | ({ kind: 'office' } & OfficeConfiguration)

/** An application that a server ordered over the management channel. */
export interface Installation<Job extends InstallationJob = InstallationJob> {
  /** LocURI of the product's or the package's node, without what was executed below it. */
  uri: string
  job: Job
  attempts: number
  readonly state: 'waiting' | 'done' | 'failed'
}

/** As the queue has it, which alone says what state an order is in. */
type Kept = { -readonly [Key in keyof Installation]: Installation[Key] }

/** A result that the next session reports. */
export interface InstallationReport {
  uri: string
  kind: InstallationJob['kind']
  hresult: number
}

const USER = /^\.\/User\//

/** Orders in the sequence in which they came. Kept on the disk: what the power interrupted starts again. */
export class InstallationQueue {
  /** By LocURI. */
  readonly #orders = new Map<string, Kept>()
  #waiting = new Map<string, Installation>()
  /** A failed one was put back: those that wait are out of their sequence. */
  #isUnsorted = false
  readonly reports: InstallationReport[] = []
  readonly #listeners = new Set<() => void>()
  readonly #finishListeners = new Set<() => void>()

  /** False for what waits or is done already: a server may say again what it does not know to have arrived. */
  order(uri: string, job: InstallationJob): boolean {
    const known = this.#orders.get(uri)
    if (known && known.state !== 'failed') return false
    if (known) {
      known.job = job
      this.#requeue(known)
    } else {
      const order: Kept = { uri, job, attempts: 0, state: 'waiting' }
      this.#orders.set(uri, order)
      this.#waiting.set(uri, order)
    }
    this.announce()
    return true
  }

  next(): Installation | undefined {
    if (this.#isUnsorted) {
      this.#waiting = new Map([...this.#orders].filter(([uri]) => this.#waiting.has(uri)))
      this.#isUnsorted = false
    }
    return this.#waiting.values().next().value
  }

  get remaining(): number {
    return this.#waiting.size
  }

  /** The result of an order, which the next session reports. */
  finish(order: Installation, hresult: number): void {
    const known = this.#orders.get(order.uri)
    // The server may have taken it back meanwhile, and ordered it again.
    if (known === order) {
      known.state = hresult === 0 ? 'done' : 'failed'
      this.#waiting.delete(order.uri)
    }
    this.reports.push({ uri: order.uri, kind: order.job.kind, hresult })
    this.tellFinished()
  }

  /** Something has come to its end, here or at the management extension. */
  tellFinished(): void {
    for (const listener of [...this.#finishListeners]) listener()
  }

  /** LocURIs of orders that failed. */
  failed(): string[] {
    return [...this.#orders.values()].filter(({ state }) => state === 'failed').map(({ uri }) => uri)
  }

  /** Puts failed orders back, in their old places. */
  retryFailed(): Installation[] {
    const failed = [...this.#orders.values()].filter(({ state }) => state === 'failed')
    for (const order of failed) this.#requeue(order)
    if (failed.length > 0) this.announce()
    return failed
  }

  /** The server takes an order back, or what it ordered: it may be ordered anew. */
  forget(uri: string): void {
    this.#orders.delete(uri)
    this.#waiting.delete(uri)
  }

  /** Another person is at the device: what was ordered for the one before does not concern them. */
  forgetUser(): void {
    for (const uri of [...this.#orders.keys()]) if (USER.test(uri)) this.forget(uri)
  }

  clear(): void {
    this.#orders.clear()
    this.#waiting.clear()
    this.reports.length = 0
  }

  /** Called when an order, or an app of the management extension, has come to its end. */
  onFinish(listener: () => void): () => void {
    this.#finishListeners.add(listener)
    return () => this.#finishListeners.delete(listener)
  }

  /** Called when there is something to do. */
  onOrder(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Tells that there is something to do. */
  announce(): void {
    for (const listener of [...this.#listeners]) listener()
  }

  #requeue(order: Kept): void {
    order.state = 'waiting'
    order.attempts = 0
    this.#waiting.set(order.uri, order)
    this.#isUnsorted = true
  }
}
