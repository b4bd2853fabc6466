import { fromCallback } from 'xstate'
import type { JobResult, SessionInput, SessionResult } from '../../machines/management.ts'
import type { Installation, InstallationReport } from '../device/installation-queue.ts'
import { nextPollMs, pollScheduleOf } from '../device/poll-schedule.ts'
import type { ManagementAccount, ManagementEvent } from '../device/virtual-device.ts'
import { isApproved } from '../domain/approved-apps.ts'
import { AGENT_PROVIDER } from '../domain/esp.ts'
import type { Secret } from '../domain/secret.ts'
import { DecodeError } from '../domain/trouble.ts'
import { decodeMsiPackage, type MsiPackage } from '../protocols/msi-package/msi-package.ts'
import { installationAlert, UNENROLMENT_ALERT } from '../service/dm-alerts.ts'
import { holdSession, type SessionRequest } from '../service/dm-session.ts'
import { download } from '../service/download.ts'
import { activityOf, type Bindings, type NoInput } from './bindings.ts'
import { commandTarget, type Pending } from './command-target.ts'

/** w7 APPLICATION: CONNRETRYFREQ, INITIALBACKOFFTIME, which doubles (mdm-protocols.md, 11 [U]), MAXBACKOFFTIME. */
const TRIES = 3
const BACKOFF_MS = 16_000
const BACKOFF_MAX_MS = 24 * 60 * 60_000
/** SessionIDs are two bytes, and never 0. */
const SESSION_IDS = 0xffff
/** A result is worth a session of its own, and not one for each of several: an assumption. */
const REPORT_MS = 5_000
/** A download without a network waits and goes on, as BITS does; how often it looks is an assumption. */
const NETWORK_WAIT_MS = 30_000

/** Values of `Status` (reference: mdm-protocols.md, 3.5). */
const STATUS = {
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

  /** What the commands of the session under way have set going. */
  const pending: Pending[] = []
  const target = commandTarget(device, pending)

  return {
    holdSession: activityOf<SessionResult, SessionInput>(bindings, async (input, signal) => {
      const account = device.management
      if (!account) throw new Error('a management session without an account')
      const { providerId } = account
      const reports = [...installations.reports]
      const schedule = pollScheduleOf(csp, providerId)
      pending.length = 0
      const isLeaving = input.startedBy === 'unenrolment'
      const isHeld = await tryAddresses(account, requestOf(account, input, reports), signal)
      // Not before: a session that is broken off has reported nothing.
      if (isHeld) {
        installations.reports.splice(0, reports.length)
        memory.sessionsHeld++
      }
      const effect = isLeaving ? 'unenroll' : strongest(pending)
      if (effect === 'unenroll') {
        device.log('management', 403, `account of ${providerId} removed`)
        device.unenroll()
      }
      if (effect) return { kind: effect, nextInMs: 0 }
      // Another schedule begins at its beginning, in the middle of everything: nobody has to enrol again.
      const isNewSchedule = pollScheduleOf(csp, providerId) !== schedule
      const poll = nextPollMs(csp, providerId, isNewSchedule ? 0 : input.sessions)
      const nextInMs = isHeld && installations.reports.length > 0 ? REPORT_MS : poll
      return { kind: isHeld ? 'done' : 'failed', nextInMs, ...(isNewSchedule ? { isNewSchedule } : {}) }
    }),

    watchDevice: fromCallback<{ type: ManagementEvent }>(({ sendBack }) =>
      device.onManagementEvent((type) => sendBack({ type })),
    ),

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

  function requestOf(
    account: ManagementAccount,
    { loginStatus, startedBy }: SessionInput,
    reports: readonly InstallationReport[],
  ): Omit<SessionRequest, 'address' | 'sessionId'> {
    const { smbios, windows } = device.definition
    const base = `./Device/Vendor/MSFT/DMClient/Provider/${encodeURIComponent(account.providerId)}`
    let hasSaidGoodbye = startedBy === 'unenrolment'
    return {
      deviceId: device.deviceId,
      certificate: account.certificate,
      startedBy: startedBy === 'push' ? 'server' : 'device',
      loginStatus,
      userToken: loginStatus === 'user' ? tokenOfUser()?.reveal() : undefined,
      devInfo: {
        manufacturer: smbios.manufacturer,
        model: smbios.productName,
        language: device.disk.language ?? windows.languages[0] ?? 'en-US',
      },
      alerts: [...reports.map(installationAlert), ...(hasSaidGoodbye ? [UNENROLMENT_ALERT] : [])],
      md5: account.md5,
      keepNonce: (nonce) => {
        if (account.md5) account.md5.nonce = nonce
      },
      applicationVersion: Number.parseFloat(csp.read(`${base}/SyncApplicationVersion`) ?? '') || undefined,
      furtherAlerts() {
        if (hasSaidGoodbye || !pending.includes('unenroll')) return []
        hasSaidGoodbye = true
        return [UNENROLMENT_ALERT]
      },
      wait: (ms, signal) => timeline.sleep(ms, signal),
      now: device.clock,
    }
  }

  /** The same one as at the enrolment: a server that does not know the mocked Entra would refuse a token of it. */
  function tokenOfUser(): Secret | undefined {
    return service.means?.token ?? memory.managementToken
  }

  /** Each address as often as the account says, with ever longer waits, then the next. False when none would do. */
  async function tryAddresses(
    account: ManagementAccount,
    request: Omit<SessionRequest, 'address' | 'sessionId'>,
    signal: AbortSignal,
  ): Promise<boolean> {
    const { tries = TRIES, initialBackoffMs = BACKOFF_MS, maxBackoffMs = BACKOFF_MAX_MS } = account.connection ?? {}
    for (const address of addressesOf(account)) {
      for (let attempt = 0; attempt < tries; attempt++) {
        // What is tried again is another session: the server may have heard half of the last one.
        const sessionId = (memory.sessionId++ % SESSION_IDS) + 1
        const answer = await holdSession(service, { ...request, address, sessionId }, target, signal)
        if (answer.ok) return true
        // A device that is to be wiped, restarted or let go does not come back for the rest of the session.
        if (pending.length > 0) return false
        device.log('management', 404, `session failed: ${answer.trouble.code} ${answer.trouble.text}`, 'error')
        await timeline.sleep(Math.min(initialBackoffMs * 2 ** attempt, maxBackoffMs), signal)
      }
    }
    return false
  }

  /** `ManagementServerAddressList` is `<URL1><URL2>`, or one URL alone; without it there is ADDR. */
  function addressesOf({ providerId, address }: ManagementAccount): string[] {
    const base = `./Device/Vendor/MSFT/DMClient/Provider/${encodeURIComponent(providerId)}`
    const list = csp.read(`${base}/ManagementServerAddressList`)?.trim() ?? ''
    const listed = list.startsWith('<') ? [...list.matchAll(/<([^<>]+)>/g)].map(([, url]) => url!.trim()) : [list]
    const urls = listed.filter((url) => url !== '')
    return urls.length > 0 ? urls : [address]
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

/** A reset leaves nothing to restart, and nothing to be enrolled. */
const strongest = (pending: readonly Pending[]): Pending | undefined =>
  (['reset', 'unenroll', 'restart'] as const).find((effect) => pending.includes(effect))

const isAgent = ({ name }: MsiPackage): boolean => name === 'Microsoft Intune Management Extension'

function resultOf({ exitCode, isDetected }: MsiPackage): number {
  if (exitCode !== 0 && exitCode !== 3010) return win32(exitCode)
  return isDetected ? 0 : NOT_DETECTED
}
