import { fromCallback } from 'xstate'
import type { JobResult, SessionInput, SessionResult } from '../../machines/management.ts'
import type { NodeFormat } from '../device/csp/node-rules.ts'
import type { Installation } from '../device/installation-queue.ts'
import { nextPollMs } from '../device/poll-schedule.ts'
import { isApproved } from '../domain/approved-apps.ts'
import { AGENT_PROVIDER } from '../domain/esp.ts'
import { DecodeError } from '../domain/trouble.ts'
import { decodeMsiInstallJob } from '../protocols/msi-job/msi-install-job.ts'
import { decodeMsiPackage, type MsiPackage } from '../protocols/msi-package/msi-package.ts'
import type { CommandTarget } from '../service/dm-commands.ts'
import { holdSession } from '../service/dm-session.ts'
import { download } from '../service/download.ts'
import { activityOf, type Bindings, type NoInput } from './bindings.ts'

/** Connection tries inside the schedule: 16 s, doubling (reference: mdm-protocols.md, 2.9 and 11). */
const BACKOFF_MS = 16_000
const TRIES_MAX = 3
/** A result is worth a session of its own, and not one for each of several: an assumption. */
const REPORT_MS = 5_000
/** A download without a network waits and goes on, as BITS does; how often it looks is an assumption. */
const NETWORK_WAIT_MS = 30_000

/** Values of `Status` (reference: mdm-protocols.md, 3.5). */
const STATUS = {
  initialised: 10,
  downloading: 20,
  pendingRetry: 25,
  downloadFailed: 30,
  downloaded: 40,
  enforcing: 50,
  failed: 60,
  done: 70,
}

/** What msiexec's results are as HRESULTs: 0x80070000 + code. */
const win32 = (code: number): number => (0x80070000 + code) | 0
const NOT_DETECTED = 0x87d1041c | 0
/** What Intune shows of an app that Windows 11 SE does not let run (reference: oobe-autopilot-esp.md, 4.9 [D]). */
const NOT_ALLOWED_ON_SE = 0x87d300d9 | 0

/** What management does: sessions with the server, and the jobs that they order. */
export function managementActors(bindings: Bindings) {
  const { device, service, timeline, memory } = bindings
  const { csp, installations } = device

  const target: CommandTarget = {
    get: (uri) => csp.get(uri),
    add: (uri, format, value) => csp.add(uri, format as NodeFormat | undefined, value),
    replace: (uri, format, value) => csp.replace(uri, format as NodeFormat | undefined, value),
    delete: (uri) => csp.delete(uri),
    exec(uri, value) {
      try {
        const job = decodeMsiInstallJob(value)
        return csp.exec(uri, value, () => {
          const product = uri.slice(0, uri.lastIndexOf('/'))
          if (installations.order(product, job)) csp.set(`${product}/Status`, 'int', String(STATUS.initialised))
        })
      } catch (error) {
        if (error instanceof DecodeError) return { status: 400 }
        throw error
      }
    },
  }

  return {
    holdSession: activityOf<SessionResult, SessionInput>(bindings, async ({ loginStatus, sessions }, signal) => {
      const account = device.management
      if (!account) throw new Error('a management session without an account')
      const { smbios, windows } = device.definition
      const reports = [...installations.reports]
      memory.sessionId++
      for (let attempt = 0; attempt < TRIES_MAX; attempt++) {
        const answer = await holdSession(
          service,
          {
            address: account.address,
            sessionId: memory.sessionId,
            deviceId: device.deviceId,
            certificate: account.certificate,
            loginStatus,
            userToken: loginStatus === 'user' ? memory.managementToken?.reveal() : undefined,
            devInfo: {
              manufacturer: smbios.manufacturer,
              model: smbios.productName,
              language: device.disk.language ?? windows.languages[0] ?? 'en-US',
            },
            reports,
          },
          target,
          signal,
        )
        if (answer.ok) {
          // Not before: a session that is broken off has reported nothing.
          installations.reports.splice(0, reports.length)
          memory.sessionsHeld++
          const poll = nextPollMs(csp, account.providerId, sessions)
          return { kind: 'done', nextInMs: installations.reports.length > 0 ? REPORT_MS : poll }
        }
        device.log('management', 404, `session failed: ${answer.trouble.code} ${answer.trouble.text}`, 'error')
        await timeline.sleep(BACKOFF_MS * 2 ** attempt, signal)
      }
      return { kind: 'failed', nextInMs: nextPollMs(csp, account.providerId, sessions) }
    }),

    watchOrders: fromCallback<{ type: 'jobs.queued' }>(({ sendBack }) =>
      installations.onOrder(() => sendBack({ type: 'jobs.queued' })),
    ),

    runNextJob: activityOf<JobResult, NoInput>(bindings, async (_, signal) => {
      const next = installations.next()
      if (!next) return { ran: false, remaining: 0 }
      const result = await install(next, signal)
      next.state = result === 0 ? 'done' : 'failed'
      installations.reports.push({ uri: next.uri, hresult: result })
      return { ran: true, remaining: installations.remaining }
    }),
  }

  /** One job from its download to its end. 0, or an HRESULT as a signed number. */
  async function install(order: Installation, signal: AbortSignal): Promise<number> {
    const { uri, job } = order
    const set = (name: string, value: number) => csp.set(`${uri}/${name}`, 'int', String(value))
    const end = (status: number, hresult: number) => {
      set('LastError', hresult)
      set('Status', status)
      return hresult
    }
    for (;;) {
      order.attempts++
      const fetched = await fetchPackage(order, signal)
      if (typeof fetched === 'number') {
        if (order.attempts > job.enforcement.retryCount) return end(STATUS.downloadFailed, fetched)
        set('Status', STATUS.pendingRetry)
        await timeline.sleep(job.enforcement.retryInterval * 60_000, signal)
        continue
      }
      if (isForbidden(fetched, job.version)) {
        device.log(
          'management',
          1924,
          `MSI installation forbidden by the policy of Windows 11 SE: ${fetched.name}`,
          'error',
        )
        return end(STATUS.failed, NOT_ALLOWED_ON_SE)
      }
      set('Status', STATUS.enforcing)
      device.log('management', 1920, `MSI installation started: ${fetched.name}`)
      await timeline.sleep(fetched.installSeconds * 1_000, signal)
      csp.set(`${uri}/Name`, 'chr', fetched.name)
      csp.set(`${uri}/Publisher`, 'chr', fetched.publisher)
      csp.set(`${uri}/Version`, 'chr', job.version)
      const failed = resultOf(fetched)
      if (failed !== 0) {
        device.log('management', 1924, `MSI installation failed: ${fetched.name}`, 'error')
        return end(STATUS.failed, failed)
      }
      device.log('management', 1922, `MSI installation finished: ${fetched.name}`)
      end(STATUS.done, 0)
      if (isAgent(fetched)) startAgent()
      return 0
    }
  }

  async function fetchPackage({ uri, job }: Installation, signal: AbortSignal): Promise<MsiPackage | number> {
    const set = (status: number) => csp.set(`${uri}/Status`, 'int', String(status))
    let lastError = 0
    for (const url of job.contentUrls) {
      for (;;) {
        set(STATUS.downloading)
        device.log('management', 1905, `MSI download started: ${url}`)
        const answer = await download(service, url, job.fileHash, signal)
        if (answer.ok) {
          set(STATUS.downloaded)
          device.log('management', 1906, `MSI download finished: ${url}`)
          return read(answer.value)
        }
        lastError = Number.parseInt(answer.trouble.code, 16) | 0
        if (device.network.isOnline) break
        set(STATUS.pendingRetry)
        await timeline.sleep(NETWORK_WAIT_MS, signal)
      }
    }
    return lastError
  }

  /** Windows 11 SE runs what is on Microsoft's list, and the management extension, which is Microsoft's own. */
  function isForbidden(app: MsiPackage, version: string): boolean {
    return device.definition.windows.edition === 'SE' && !isAgent(app) && !isApproved({ name: app.name, version })
  }

  /** A file that is whole, and yet no package that can be installed: ERROR_INSTALL_PACKAGE_INVALID. */
  function read(file: Uint8Array): MsiPackage | number {
    try {
      return decodeMsiPackage(file)
    } catch (error) {
      if (error instanceof DecodeError) return win32(1620)
      throw error
    }
  }

  /** The management extension starts: it is prepared, and its list of apps to track is complete. */
  function startAgent(): void {
    const tracking = './Device/Vendor/MSFT/EnrollmentStatusTracking'
    csp.set(`${tracking}/DevicePreparation/PolicyProviders/${AGENT_PROVIDER}/InstallationState`, 'int', '3')
    csp.set(`${tracking}/Setup/Apps/PolicyProviders/${AGENT_PROVIDER}/TrackingPoliciesCreated`, 'bool', 'true')
  }
}

const isAgent = ({ name }: MsiPackage): boolean => name === 'Microsoft Intune Management Extension'

function resultOf({ exitCode, isDetected }: MsiPackage): number {
  if (exitCode !== 0 && exitCode !== 3010) return win32(exitCode)
  return isDetected ? 0 : NOT_DETECTED
}
