import type { JobResult, SessionInput, SessionResult } from '../../machines/management/management.ts'
import type { Installation, InstallationReport } from '../device/installation-queue.ts'
import { nextPollMs, pollScheduleOf } from '../device/poll-schedule.ts'
import type { ManagementAccount, ManagementEvent } from '../device/virtual-device.ts'
import type { SessionFact } from '../domain/journal.ts'
import type { Secret } from '../domain/secret.ts'
import type { Result } from '../domain/trouble.ts'
import { installationAlert, UNENROLMENT_ALERT } from '../service/dm-alerts.ts'
import { holdSession, type SessionEnd, type SessionRequest } from '../service/dm-session.ts'
import { checkInOf, workOfAgent } from './agent-work.ts'
import { type Bindings, type NoInput, watchOf, workOf } from './bindings.ts'
import { commandTarget, type Pending } from './command-target.ts'
import { installMsi, isMsi } from './install-msi.ts'
import { installMsix, type MsixInstallation } from './install-msix.ts'
import { managementToken } from './management-token.ts'

/** w7 APPLICATION: CONNRETRYFREQ, INITIALBACKOFFTIME, which doubles (mdm-protocols.md, 11 [U]), MAXBACKOFFTIME. */
const TRIES = 3
const BACKOFF_MS = 16_000
const BACKOFF_MAX_MS = 24 * 60 * 60_000
/** More would be longer than any longest wait. */
const DOUBLINGS_MAX = 30
/** SessionIDs are two bytes, and never 0. */
const SESSION_IDS = 0xffff
/** A result is worth a session of its own, and not one for each of several: an assumption. */
const REPORT_MS = 5_000
/** What management does: sessions with the server, and the jobs that they order. */
export function managementActors(bindings: Bindings) {
  const { device, service, timeline, memory, journal } = bindings
  const { csp, installations } = device

  /** What the commands of the session under way have set going. */
  const pending: Pending[] = []
  const target = commandTarget(device, pending)

  return {
    holdSession: workOf<SessionResult, SessionInput>(async (input, signal) => {
      const account = device.management
      if (!account) throw new Error('a management session without an account')
      const { providerId } = account
      const reports = [...installations.reports]
      const schedule = pollScheduleOf(csp, providerId)
      pending.length = 0
      const isLeaving = input.startedBy === 'unenrolment'
      const token = input.loginStatus === 'user' ? await tokenOfUser(signal) : undefined
      const request = requestOf(account, input, reports, token)
      const isHeld = await tryAddresses(account, request, input.startedBy, signal)
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

    watchDevice: watchOf<{ type: ManagementEvent }>(({ sendBack }) =>
      device.onManagementEvent((type) => sendBack({ type })),
    ),

    watchOrders: watchOf<{ type: 'jobs.queued' }>(({ sendBack }) =>
      installations.onOrder(() => sendBack({ type: 'jobs.queued' })),
    ),

    runNextJob: workOf<JobResult, NoInput>(async (_, signal) => {
      const { agent } = device
      const checkIn = agent?.nextCheckIn(timeline.now)
      const next = installations.next()
      if (agent && checkIn) {
        await checkInOf(bindings, agent, checkIn, signal)
      } else if (next) {
        installations.finish(next, await install(next, signal))
        return { hasResult: true, remaining: remaining() }
      } else if (agent && agent.remaining > 0) {
        await workOfAgent(bindings, agent, signal)
      }
      return { hasResult: false, remaining: remaining() }
    }),
  }

  /** One installer at a time: orders of the server come before the agent's apps. */
  function remaining(): number {
    return installations.remaining + (device.agent?.remaining ?? 0)
  }

  function install(order: Installation, signal: AbortSignal): Promise<number> {
    return isMsi(order) ? installMsi(bindings, order, signal) : installMsix(bindings, order as MsixInstallation, signal)
  }

  function requestOf(
    account: ManagementAccount,
    { loginStatus, startedBy }: SessionInput,
    reports: readonly InstallationReport[],
    token: Secret | undefined,
  ): Omit<SessionRequest, 'address' | 'sessionId'> {
    const { smbios, windows } = device.definition
    const base = `./Device/Vendor/MSFT/DMClient/Provider/${encodeURIComponent(account.providerId)}`
    let hasSaidGoodbye = startedBy === 'unenrolment'
    return {
      deviceId: device.deviceId,
      certificate: account.certificate,
      startedBy: startedBy === 'push' ? 'server' : 'device',
      loginStatus,
      mode: loginStatus === 'none' ? device.behaviour.modeBeforeSignIn : 'Maintenance',
      userToken: token?.reveal(),
      devInfo: {
        manufacturer: smbios.manufacturer,
        model: smbios.productName,
        language: device.disk.language ?? windows.languages[0] ?? 'en-US',
      },
      alerts: [
        ...reports.map((report) => installationAlert(report, device.behaviour.installationAlert)),
        ...(hasSaidGoodbye ? [UNENROLMENT_ALERT] : []),
      ],
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
      allowed: device.behaviour,
      onStray: (text) => device.log('management', 404, text, 'warning'),
      wait: (ms, signal) => timeline.sleep(ms, signal),
      now: device.clock,
    }
  }

  /** The same one as at the enrolment: a server that does not know the mocked Entra would refuse a token of it. */
  async function tokenOfUser(signal: AbortSignal): Promise<Secret | undefined> {
    return service.means?.token ?? (await managementToken(bindings, signal))
  }

  /** Each address as often as the account says, with ever longer waits, then the next. False when none would do. */
  async function tryAddresses(
    account: ManagementAccount,
    request: Omit<SessionRequest, 'address' | 'sessionId'>,
    startedBy: SessionInput['startedBy'],
    signal: AbortSignal,
  ): Promise<boolean> {
    const { tries = TRIES, initialBackoffMs = BACKOFF_MS, maxBackoffMs = BACKOFF_MAX_MS } = account.connection ?? {}
    for (const address of addressesOf(account)) {
      for (let attempt = 0; attempt < tries; attempt++) {
        // What is tried again is another session: the server may have heard half of the last one.
        const sessionId = (device.sessionsBegun++ % SESSION_IDS) + 1
        const begun = { kind: 'session', session: sessionId, address, startedBy: startedBy ?? 'schedule' } as const
        journal.write({ ...begun, event: 'begun' })
        const answer = await holdSession(service, { ...request, address, sessionId }, target, signal)
        journal.write({ ...begun, event: 'ended', ...resultOf(answer) })
        if (answer.ok) {
          if (!answer.value.isAborted) device.sessionsHeld++
          return true
        }
        // A device that is to be wiped, restarted or let go does not come back for the rest of the session.
        if (pending.length > 0) return false
        device.log('management', 404, `session failed: ${answer.trouble.code} ${answer.trouble.text}`, 'error')
        await timeline.sleep(Math.min(initialBackoffMs * 2 ** Math.min(attempt, DOUBLINGS_MAX), maxBackoffMs), signal)
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
}

/** A reset leaves nothing to restart, and nothing to be enrolled. */
const strongest = (pending: readonly Pending[]): Pending | undefined =>
  (['reset', 'unenroll', 'restart'] as const).find((effect) => pending.includes(effect))

/** How a session ended, as the journal has it. */
function resultOf(answer: Result<SessionEnd>): Pick<SessionFact, 'result' | 'commands'> {
  if (!answer.ok) return { result: { code: answer.trouble.code, text: answer.trouble.text } }
  const { isAborted, commands } = answer.value
  return { result: isAborted ? 'aborted by the server' : 'held', commands }
}
