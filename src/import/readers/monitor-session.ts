import { codeIn, type Reader, type Take, timeIn } from '../facts.ts'
import { linesIn } from './event-json.ts'
import { isPlain, member } from './json.ts'

type Plain = Readonly<Record<string, unknown>>

/**
 * The session of a monitoring tool, one signal or event a line: `Kind` with `Payload`, or `eventType` with `data`. Names of signals are
 * those of a public tool ([F]); what it does not know is passed over.
 */
export const monitorSessionReader: Reader = {
  format: 'session of a monitoring tool (JSON lines)',
  recognises: (head) =>
    /^\s*(#[^\n]*\n\s*)*\{/.test(head) &&
    (/"SessionSignalOrdinal"\s*:/.test(head) || /"eventType"\s*:/i.test(head)) &&
    /"(OccurredAtUtc|timestamp)"\s*:/i.test(head),
  read({ text }, take) {
    const lines = linesIn(text)
    let odd = 0
    for (const line of lines) {
      const kind = isPlain(line) ? (member(line, 'Kind') ?? member(line, 'eventType')) : undefined
      if (!isPlain(line) || kind === undefined) {
        odd++
        continue
      }
      const details = [line.Payload, line.data, line.Data].find(isPlain) ?? {}
      const at = timeIn(member(line, 'OccurredAtUtc', 'timestamp'))
      SIGNALS[kind.replaceAll('_', '').toLowerCase()]?.(details, at === undefined ? {} : { at }, take)
    }
    return odd > 0 ? [`${odd} of ${lines.length} lines cannot be read`] : []
  },
}

type When = { at?: number }
type Signal = (details: Plain, when: When, take: Take) => void

const FIRST_SYNC = './Device/Vendor/MSFT/DMClient/Provider/MS%20DM%20Server/FirstSyncStatus'

const app =
  (state: 'installing' | 'installed' | 'failed' | 'skipped'): Signal =>
  (details, when, take) => {
    const id = member(details, 'appId')
    if (id === undefined) return
    const [name, exit, error] = [member(details, 'appName'), member(details, 'exitCode'), member(details, 'errorCode')]
    const code = error === undefined ? undefined : codeIn(error)
    take({
      kind: 'app',
      type: 'win32',
      id: id.toLowerCase(),
      state,
      ...(name === undefined ? {} : { name }),
      ...(exit !== undefined && /^-?\d+$/.test(exit) ? { exitCode: Number(exit) | 0 } : {}),
      ...(code === undefined ? {} : { code }),
      ...when,
    })
  }

const failed: Signal = (details, when, take) => {
  const [type = '', reason = ''] = [member(details, 'failureType'), member(details, 'reason')]
  const code = codeIn(member(details, 'errorCode') ?? '')
  const category = member(details, 'category') ?? /(DeviceSetup|AccountSetup|DevicePreparation)/.exec(type)?.[1]
  const account = /account_?setup/i.test(reason)
  const step = member(details, 'failedSubcategory')
  const name = category ?? (account ? 'AccountSetup' : undefined)
  if (name !== undefined) {
    const id = `${name.charAt(0).toLowerCase()}${name.slice(1)}`
    if (id === 'devicePreparation' || id === 'deviceSetup' || id === 'accountSetup') {
      const steps = step === undefined ? [] : [{ name: step, state: 'failed', text: code ?? '' }]
      take({ kind: 'category', id, state: 'failed', steps })
    }
  }
  const says = /timeout/i.test(`${type} ${reason}`) ? 'statusPageTimedOut' : 'statusPageFailed'
  take({ kind: 'managed' })
  take({ kind: 'page', says, ...(code === undefined ? {} : { code }), ...when })
}

const said =
  (says: 'statusPageExited' | 'desktop' | 'preProvisioned'): Signal =>
  (_, when, take) =>
    take({ kind: 'page', says, ...when })

/** In lower case and without underscores. */
const SIGNALS: Readonly<Record<string, Signal>> = {
  espconfigdetected: (details, _, take) => {
    take({ kind: 'managed' })
    const flags = { skipUserEsp: 'SkipUserStatusPage', skipDeviceEsp: 'SkipDeviceStatusPage' }
    for (const [name, node] of Object.entries(flags)) {
      const value = member(details, name)
      if (value !== undefined) take({ kind: 'node', uri: `${FIRST_SYNC}/${node}`, value: value.toLowerCase() })
    }
    const minutes = member(details, 'espSyncFailureTimeoutMinutes')
    if (minutes !== undefined) take({ kind: 'node', uri: `${FIRST_SYNC}/TimeOutUntilSyncFailure`, value: minutes })
    const canContinue = member(details, 'espAllowContinueAnyway')
    if (canContinue !== undefined) {
      take({
        kind: 'node',
        uri: `${FIRST_SYNC}/BlockInStatusPage`,
        value: canContinue.toLowerCase() === 'true' ? '6' : '2',
      })
    }
  },
  enrollmentfactsobserved: (details, _, take) => {
    if (member(details, 'isSelfDeployingProfile') === 'true') take({ kind: 'profile', json: SELF_DEPLOYING })
  },
  espphasechanged: (_, __, take) => take({ kind: 'managed' }),
  espterminalfailure: failed,
  enrollmentfailed: failed,
  espexiting: said('statusPageExited'),
  desktoparrived: said('desktop'),
  oobestatecompleted: (_, __, take) => take({ kind: 'setupOver', is: true }),
  enrollmentcomplete: (_, __, take) => take({ kind: 'setupOver', is: true }),
  whiteglovecomplete: said('preProvisioned'),
  whitegloveshellcoresuccess: said('preProvisioned'),
  appinstallstarted: app('installing'),
  appinstallcompleted: app('installed'),
  appinstallfailed: app('failed'),
  appinstallskipped: app('skipped'),
}

/** Bits of a self-deploying profile, with those that each profile has (3.2 [F]). */
const SELF_DEPLOYING = { CloudAssignedOobeConfig: 2 + 4 + 8 + 16 + 32 + 64 + 256 }
