import type { Carried } from '../../machines/carried.ts'
import {
  type SessionEnd,
  type SessionInput,
  type SessionPlan,
  type SessionTry,
  sessionMachine,
} from '../../machines/management/session.ts'
import { renewalDue } from '../device/certificate-renewal.ts'
import type { InstallationReport } from '../device/installation-queue.ts'
import type { ManagementAccount } from '../device/management-account.ts'
import { nextPollMs, pollScheduleOf } from '../device/poll-schedule.ts'
import type { VirtualDevice } from '../device/virtual-device.ts'
import type { OddAnswer, SessionFact } from '../domain/journal.ts'
import type { Secret } from '../domain/secret.ts'
import { workMs } from '../domain/setup-work.ts'
import type { Result } from '../domain/trouble.ts'
import { CODE } from '../domain/windows-codes.ts'
import { signDetached } from '../protocols/cms/signed-data.ts'
import { encodeBase64 } from '../protocols/xml/base64.ts'
import { reach } from '../service/connectivity/reach.ts'
import { healthAlert, installationAlert, UNENROLMENT_ALERT } from '../service/oma-dm/alerts.ts'
import { type SessionEnd as HeldSession, holdSession } from '../service/oma-dm/session.ts'
import type { SessionRequest } from '../service/oma-dm/session-request.ts'
import { type Bindings, working } from './bindings.ts'
import { parcel } from './carried.ts'
import { renewBeforeSession } from './certificate-renewal.ts'
import { commandTarget, type Pending, RESETS } from './command-target.ts'
import { managementToken } from './management-token.ts'
import { noteBegin, noteEnd } from './session-events.ts'

/** w7 APPLICATION: CONNRETRYFREQ, INITIALBACKOFFTIME, which doubles (mdm-protocols.md, 11 [U]), MAXBACKOFFTIME. */
const TRIES = 3
const BACKOFF_MS = 16_000
const BACKOFF_MAX_MS = 24 * 60 * 60_000
/** SessionIDs are two bytes. */
const SESSION_IDS = 0xffff
/** Several results are reported in one session, and do not wait for the schedule: an assumption. */
const REPORT_MS = 5_000

/** What a session says and does, whatever address it is held with. */
interface Session {
  account: ManagementAccount
  startedBy: SessionInput['startedBy']
  request: Omit<SessionRequest, 'address' | 'sessionId' | 'onStray'>
  /** What its commands have set going. */
  pending: Pending[]
  reports: readonly InstallationReport[]
  schedule: string
}

const SESSION = parcel<Session>()

const providerNode = (providerId: string): string =>
  `./Device/Vendor/MSFT/DMClient/Provider/${encodeURIComponent(providerId)}`

export const session = sessionMachine.provide({
  actors: {
    prepareSession: working<SessionPlan, SessionInput>(async (run, input, signal) => {
      const { device } = run
      const account = device.management
      if (!account) throw new Error('a management session without an account')
      // The channel for pushes is opened with the first session. Without it the first boot continues (5.1 [D]).
      if (device.sessionsBegun === 0) {
        await run.timeline.sleep(workMs('firstSessionSeconds', device.definition.setup), signal)
        await reach(run.service, 'push', 'push channel', signal)
      }
      const renewal = renewalDue(device)
      if (renewal) await renewBeforeSession(run, renewal, signal)
      const reports = [...device.installations.reports]
      const schedule = pollScheduleOf(device.csp, account.providerId)
      const pending: Pending[] = []
      const token = input.loginStatus === 'user' ? await tokenOfUser(run, signal) : undefined
      const request = requestOf(device, account, input, { reports, token, pending })
      const { connection = {} } = account
      return {
        session: SESSION.pack({ account, startedBy: input.startedBy, request, pending, reports, schedule }),
        addresses: addressesOf(device, account),
        tries: connection.tries ?? TRIES,
        initialBackoffMs: connection.initialBackoffMs ?? BACKOFF_MS,
        maxBackoffMs: connection.maxBackoffMs ?? BACKOFF_MAX_MS,
      }
    }),

    trySession: working<SessionTry, { session: Carried; address: string }>(
      async (run, { session, address }, signal) => {
        const { device, service, journal } = run
        const { request, pending, startedBy } = SESSION.open(session)
        // What is tried again is another session: the server may have heard half of the last one.
        const sessionId = (device.sessionsBegun++ % SESSION_IDS) + Number(device.behaviour.sessionIdsBeginAt)
        const begun = { kind: 'session', session: sessionId, address, startedBy: startedBy ?? 'schedule' } as const
        journal.write({ ...begun, event: 'begun' })
        noteBegin(device, SESSION.open(session), sessionId)
        if (device.management?.hasLostKey) {
          const trouble = {
            code: CODE.keyNotFound,
            text: 'the key of the device certificate is gone: the TPM was cleared',
          }
          journal.write({ ...begun, event: 'ended', result: trouble })
          device.sessionTrouble = trouble
          noteEnd(device, trouble)
          return { kind: 'failed' }
        }
        const target = commandTarget(device, pending)
        const odd: OddAnswer[] = []
        const onStray = (answer: OddAnswer): void => {
          odd.push(answer)
          device.log('strayAnswer', { text: answer.text })
        }
        const answer = await holdSession(service, { ...request, address, sessionId, onStray }, target, signal)
        journal.write({ ...begun, event: 'ended', ...resultOf(answer), ...(odd.length > 0 ? { odd } : {}) })
        if (answer.ok) {
          if (!answer.value.isAborted) device.sessionsHeld++
          noteEnd(device)
          return { kind: 'held' }
        }
        // A device that is to be wiped, restarted or let go does not come back for the rest of the session.
        if (pending.length > 0) {
          noteEnd(device)
          return { kind: 'ordered' }
        }
        device.sessionTrouble = answer.trouble
        noteEnd(device, answer.trouble)
        return { kind: 'failed' }
      },
    ),

    closeSession: working<SessionEnd, { session: Carried; isHeld: boolean; sessions: number }>(
      ({ device }, { session, isHeld, sessions }) => {
        const { account, startedBy, pending, reports, schedule } = SESSION.open(session)
        const { csp, installations } = device
        const { providerId } = account
        // Not before: a session that is broken off has reported nothing.
        if (isHeld) {
          installations.reports.splice(0, reports.length)
          device.sessionOver()
        }
        const effect = startedBy === 'unenrolment' ? 'unenroll' : strongest(pending)
        if (effect === 'unenroll') {
          device.log('accountRemoved', { provider: providerId })
          device.unenroll()
        }
        if (effect === 'unenroll' || effect === 'restart') return { effect, nextInMs: 0, isNewSchedule: false }
        if (effect) return { effect: 'reset', what: RESETS[effect], nextInMs: 0, isNewSchedule: false }
        // Another schedule begins at its beginning, in the middle of everything: the device does not have to enrol again.
        const isNewSchedule = pollScheduleOf(csp, providerId) !== schedule
        const poll = nextPollMs(csp, providerId, isNewSchedule ? 0 : sessions)
        const nextInMs = isHeld && installations.reports.length > 0 ? REPORT_MS : poll
        return { effect: undefined, nextInMs, isNewSchedule }
      },
    ),
  },
})

/** The same one as at the enrolment: a server that does not know the mocked Entra would refuse a token of it. */
const tokenOfUser = async (run: Bindings, signal: AbortSignal): Promise<Secret | undefined> =>
  run.service.means?.token ?? (await managementToken(run, signal))

function requestOf(
  device: VirtualDevice,
  account: ManagementAccount,
  { loginStatus, startedBy }: SessionInput,
  {
    reports,
    token,
    pending,
  }: { reports: readonly InstallationReport[]; token: Secret | undefined; pending: Pending[] },
): Session['request'] {
  const { smbios, windows } = device.definition
  let hasSaidGoodbye = startedBy === 'unenrolment'
  const version = device.csp.read(`${providerNode(account.providerId)}/SyncApplicationVersion`)
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
      ...healthAlerts(device),
      ...(hasSaidGoodbye ? [UNENROLMENT_ALERT] : []),
    ],
    md5: account.md5,
    keepNonce: (nonce) => {
      if (account.md5) account.md5.nonce = nonce
    },
    applicationVersion: Number.parseFloat(version ?? '') || undefined,
    furtherAlerts() {
      if (hasSaidGoodbye || !pending.includes('unenroll')) return healthAlerts(device)
      hasSaidGoodbye = true
      return [...healthAlerts(device), UNENROLMENT_ALERT]
    },
    ...(account.encoding ? { encoding: account.encoding } : {}),
    sign: (body) => signatureOf(device, account, body),
    allowed: device.behaviour,
    now: device.clock,
  }
}

/** Base64 of the detached signature of a message, while `RequireMessageSigning` is true. */
function signatureOf(device: VirtualDevice, account: ManagementAccount, content: Uint8Array): string | undefined {
  const { providerId, certificate } = account
  const required = device.csp.read(`${providerNode(providerId)}/RequireMessageSigning`)
  if (!/^(true|-?1)$/.test(required ?? '')) return undefined
  const key = device.keyOf(certificate)
  if (!key) throw new Error('the certificate of the management account is for no key of the device')
  return encodeBase64(signDetached({ content, certificate, key, signingTime: new Date(device.clock()) }))
}

/** A check of the health ends between two messages. */
function healthAlerts({ health }: VirtualDevice): ReturnType<typeof healthAlert>[] {
  const status = health.settle()
  return status === undefined ? [] : [healthAlert(status)]
}

/** `ManagementServerAddressList` is `<URL1><URL2>`, or one URL alone; without it there is ADDR. */
function addressesOf({ csp }: VirtualDevice, { providerId, address }: ManagementAccount): string[] {
  const list = csp.read(`${providerNode(providerId)}/ManagementServerAddressList`)?.trim() ?? ''
  const listed = list.startsWith('<') ? [...list.matchAll(/<([^<>]+)>/g)].map(([, url]) => url!.trim()) : [list]
  const urls = listed.filter((url) => url !== '')
  return urls.length > 0 ? urls : [address]
}

/** A reset leaves nothing to restart, and nothing to be enrolled. */
const strongest = (pending: readonly Pending[]): Pending | undefined =>
  (['reset', 'keepingReset', 'autopilotReset', 'unenroll', 'restart'] as const).find((effect) =>
    pending.includes(effect),
  )

/** How a session ended, as the journal has it. */
function resultOf(answer: Result<HeldSession>): Pick<SessionFact, 'result' | 'commands'> {
  if (!answer.ok) return { result: { code: answer.trouble.code, text: answer.trouble.text } }
  const { isAborted, commands } = answer.value
  return { result: isAborted ? 'aborted by the server' : 'held', commands }
}
