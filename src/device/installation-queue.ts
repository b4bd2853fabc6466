import type { HostedInstallJob } from '../protocols/modern-app-job/hosted-install.ts'
import type { MsiInstallJob } from '../protocols/msi-job/msi-install-job.ts'

/** What is to be installed: an MSI (EnterpriseDesktopAppManagement) or an MSIX package (EnterpriseModernAppManagement). */
export type InstallationJob = ({ kind: 'msi' } & MsiInstallJob) | ({ kind: 'msix' } & HostedInstallJob)

/** An application that a server ordered over the management channel. */
export interface Installation<Job extends InstallationJob = InstallationJob> {
  /** LocURI of the product's or the package's node, without what was executed below it. */
  uri: string
  job: Job
  attempts: number
  state: 'waiting' | 'done' | 'failed'
}

/** A result that the next session reports. */
export interface InstallationReport {
  uri: string
  kind: InstallationJob['kind']
  hresult: number
}

const USER = /^\.\/User\//

/** Orders in the sequence in which they came. Kept on the disk: what the power interrupted starts again. */
export class InstallationQueue {
  #orders: Installation[] = []
  readonly reports: InstallationReport[] = []
  readonly #listeners = new Set<() => void>()

  /** False for what waits or is done already: a server may say again what it does not know to have arrived. */
  order(uri: string, job: InstallationJob): boolean {
    const known = this.#orders.find((order) => order.uri === uri)
    if (known && known.state !== 'failed') return false
    if (known) {
      known.job = job
      this.#requeue(known)
    } else this.#orders.push({ uri, job, attempts: 0, state: 'waiting' })
    this.announce()
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
    if (failed.length > 0) this.announce()
    return failed
  }

  /** The server takes an order back, or what it ordered: it may be ordered anew. */
  forget(uri: string): void {
    this.#orders = this.#orders.filter((order) => order.uri !== uri)
  }

  /** Somebody else is at the device: what was ordered for the one before is nothing for them. */
  forgetUser(): void {
    this.#orders = this.#orders.filter(({ uri }) => !USER.test(uri))
  }

  clear(): void {
    this.#orders = []
    this.reports.length = 0
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

  #requeue(order: Installation): void {
    order.state = 'waiting'
    order.attempts = 0
  }
}
