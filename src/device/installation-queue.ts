import type { MsiInstallJob } from '../protocols/msi-job/msi-install-job.ts'

/** An application that a server ordered through EnterpriseDesktopAppManagement. */
export interface Installation {
  /** LocURI of the product's node, without `DownloadInstall`. */
  uri: string
  job: MsiInstallJob
  attempts: number
  state: 'waiting' | 'done' | 'failed'
}

/** A result that the next session reports. */
export interface InstallationReport {
  uri: string
  hresult: number
}

/** Orders in the sequence in which they came. Kept on the disk: what the power interrupted starts again. */
export class InstallationQueue {
  readonly #orders: Installation[] = []
  readonly reports: InstallationReport[] = []
  readonly #listeners = new Set<() => void>()

  /** False for what waits or is done already: a server may say again what it does not know to have arrived. */
  order(uri: string, job: MsiInstallJob): boolean {
    const known = this.#orders.find((order) => order.uri === uri)
    if (known && known.state !== 'failed') return false
    if (known) this.#requeue(known)
    else this.#orders.push({ uri, job, attempts: 0, state: 'waiting' })
    this.#announce()
    return true
  }

  next(): Installation | undefined {
    return this.#orders.find(({ state }) => state === 'waiting')
  }

  get remaining(): number {
    return this.#orders.filter(({ state }) => state === 'waiting').length
  }

  /** Puts failed orders back, in their old places. */
  retryFailed(): Installation[] {
    const failed = this.#orders.filter(({ state }) => state === 'failed')
    for (const order of failed) this.#requeue(order)
    if (failed.length > 0) this.#announce()
    return failed
  }

  /** The server takes an order back, or what it ordered: it may be ordered anew. */
  forget(uri: string): void {
    const index = this.#orders.findIndex((order) => order.uri === uri)
    if (index >= 0) this.#orders.splice(index, 1)
  }

  clear(): void {
    this.#orders.length = 0
    this.reports.length = 0
  }

  /** Called when there is something to do. */
  onOrder(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #announce(): void {
    for (const listener of [...this.#listeners]) listener()
  }

  #requeue(order: Installation): void {
    order.state = 'waiting'
    order.attempts = 0
  }
}
