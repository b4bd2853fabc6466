import type { Installation } from '../device/installation-queue.ts'
import { ManagementAgent } from '../device/management-agent.ts'
import { isForbidden, NOT_ALLOWED_ON_SE } from './allowed-on-se.ts'
import type { Bindings } from './bindings.ts'
import { fetchPackage, resultOf, win32 } from './fetch-package.ts'

/** Values of `Status` (reference: mdm-protocols.md, 3.5). */
const STATUS = {
  downloading: 20,
  pendingRetry: 25,
  downloadFailed: 30,
  downloaded: 40,
  enforcing: 50,
  pendingEnforcement: 55,
  failed: 60,
  done: 70,
}

/** ERROR_INSTALL_PACKAGE_INVALID: a file that is whole, and yet no package that can be installed. */
const UNREADABLE = win32(1620)
/** What an installation is that took longer than `TimeOut`: ERROR_TIMEOUT, an assumption. */
const TOO_LONG = win32(1460)

export type MsiInstallation = Installation<Extract<Installation['job'], { kind: 'msi' }>>

export const isMsi = (order: Installation): order is MsiInstallation => order.job.kind === 'msi'

/** How one try ended. */
interface Failure {
  hresult: number
  during: 'download' | 'enforcement'
  /** Another try would end the same. */
  isFinal?: true
}

/** One MSI job from its download to its end. 0, or an HRESULT as a signed number. */
export async function installMsi(bindings: Bindings, order: MsiInstallation, signal: AbortSignal): Promise<number> {
  const { device, timeline } = bindings
  const { csp } = device
  const { uri, job } = order
  const { retryCount, retryInterval, timeOut } = job.enforcement
  const set = (name: string, value: number) => csp.set(`${uri}/${name}`, 'int', String(value))
  const end = (status: number, hresult: number) => {
    set('LastError', hresult)
    set('Status', status)
    return hresult
  }

  // "The download and installation operation will be retried": both count (EnterpriseDesktopAppManagement CSP).
  for (;;) {
    order.attempts++
    const failed = await attempt()
    if (!failed) return end(STATUS.done, 0)
    const { during, hresult, isFinal } = failed
    if (isFinal || order.attempts > retryCount) {
      return end(during === 'download' ? STATUS.downloadFailed : STATUS.failed, hresult)
    }
    set('Status', during === 'download' ? STATUS.pendingRetry : STATUS.pendingEnforcement)
    await timeline.sleep(retryInterval * 60_000, signal)
  }

  async function attempt(): Promise<Failure | undefined> {
    const fetched = await fetchPackage(
      bindings,
      {
        kind: 'msi',
        urls: job.contentUrls,
        fileHash: job.fileHash,
        unreadable: UNREADABLE,
        onStep(step, url) {
          set(
            'Status',
            { downloading: STATUS.downloading, waiting: STATUS.pendingRetry, downloaded: STATUS.downloaded }[step],
          )
          if (step === 'downloading') device.log('management', 1905, `MSI download started: ${url}`)
          if (step === 'downloaded') device.log('management', 1906, `MSI download finished: ${url}`)
        },
      },
      signal,
    )
    if (typeof fetched === 'number') return { hresult: fetched, during: 'download' }
    const { content: app, url } = fetched
    const { name, installSeconds } = app
    if (isForbidden(device, { name, version: job.version })) {
      device.log('management', 1924, `MSI installation forbidden by the policy of Windows 11 SE: ${name}`, 'error')
      return { hresult: NOT_ALLOWED_ON_SE, during: 'enforcement', isFinal: true }
    }
    set('Status', STATUS.enforcing)
    device.log('management', 1920, `MSI installation started: ${name}`)
    const limitSeconds = timeOut > 0 ? timeOut * 60 : Number.POSITIVE_INFINITY
    await timeline.sleep(Math.min(installSeconds, limitSeconds) * 1_000, signal)
    const failed = installSeconds > limitSeconds ? TOO_LONG : resultOf(app)
    if (failed !== 0) {
      device.log('management', 1924, `MSI installation failed: ${name}`, 'error')
      return { hresult: failed, during: 'enforcement' }
    }
    csp.set(`${uri}/Name`, 'chr', name)
    csp.set(`${uri}/Publisher`, 'chr', app.publisher)
    csp.set(`${uri}/Version`, 'chr', job.version)
    csp.set(`${uri}/InstallDate`, 'chr', new Date(device.clock()).toISOString())
    device.log('management', 1922, `MSI installation finished: ${name}`)
    if (app.agent) {
      device.agent = new ManagementAgent(app.agent.provider, new URL(app.agent.appsUrl, url).href, csp)
    }
    return undefined
  }
}
