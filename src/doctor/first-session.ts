import type { VirtualDevice } from '../device/virtual-device.ts'
import { safeText } from '../domain/safe-text.ts'
import { SIDES, sideOf } from '../domain/sides.ts'
import { isStrayAnswer } from '../domain/stray-answers.ts'
import type { Target } from '../domain/target.ts'
import type { Result, Trouble } from '../domain/trouble.ts'
import type { Transport } from '../ports/http.ts'
import { deadline } from '../ports/stopwatch.ts'
import type { CommandTarget } from '../service/oma-dm/commands.ts'
import { holdSession, type SessionEnd } from '../service/oma-dm/session.ts'
import { type Finding, ok, problem, warning } from './finding.ts'
import { serviceOf } from './service-of.ts'
import { sessionHabits, tallyOf } from './session-habits.ts'

/** How long a session may take in all: a server may ask for pauses. An assumption. */
const SESSION_MAX_MS = 180_000

/** Holds the first management session of the trial device, over TLS with its certificate, and says how it went. */
export async function examineSession(trial: VirtualDevice, target: Target, transport: Transport): Promise<Finding[]> {
  const { service, heard } = serviceOf(target, transport, trial)
  const { smbios, windows } = trial.definition
  const { address, certificate, md5 } = trial.management!
  const request = {
    address,
    certificate,
    sessionId: Number(trial.behaviour.sessionIdsBeginAt),
    deviceId: trial.deviceId,
    // No user has signed in yet: it is the session in which the Enrollment Status Page begins.
    loginStatus: 'none',
    mode: trial.behaviour.modeBeforeSignIn,
    userToken: undefined,
    devInfo: {
      manufacturer: smbios.manufacturer,
      model: smbios.productName,
      language: windows.languages[0] ?? 'en-US',
    },
    alerts: [],
    md5,
    allowed: trial.behaviour,
    now: trial.clock,
  } as const
  const end = await holdSession(service, request, onlySettings(trial), deadline(SESSION_MAX_MS))
  return [ending(end, tallyOf(heard)), ...sessionHabits(heard)]
}

/** Commands change the settings of the trial device, and set nothing else going. */
function onlySettings({ csp }: VirtualDevice): CommandTarget {
  return {
    get: (uri) => csp.get(uri),
    add: (uri, format, value) => csp.add(uri, format, value),
    replace: (uri, format, value) => csp.replace(uri, format, value),
    delete: (uri) => csp.delete(uri),
    exec: (uri) => csp.exec(uri, () => 202),
    atomically: (act) => csp.atomically(act),
  }
}

function ending(end: Result<SessionEnd>, tally: string): Finding {
  if (!end.ok) {
    const { code, text } = end.trouble
    return problem(
      `session: failed, by ${SIDES[sideOf(code)]}: ${safeText(text)} (${code}); ${tally}`,
      hintOf(end.trouble),
    )
  }
  if (!end.value.isAborted) return ok(`session: held to its end; ${tally}`)
  return warning(
    `session: the server broke it off; ${tally}`,
    'Alert 1223 does that (mdm-protocols.md, 2.5 [S]): the device is not managed before a session is held',
  )
}

function hintOf({ code }: Trouble): string {
  if (isStrayAnswer(code)) {
    return 'Answer with the SessionID and the Source of the device, its MsgID as MsgRef, and a MsgID that rises (mdm-protocols.md, 2.1 [S])'
  }
  if (/^ERR_HTTP_40[13]$/.test(code)) {
    return 'Does the server know the certificate that it gave, and does its TLS ask for one? (mdm-protocols.md, 2.3 [O])'
  }
  if (code.startsWith('ERR_')) return 'See [MS-MDM] 2.2 for what an answer is'
  return sideOf(code) === 'device'
    ? 'The server has refused what the device says of itself: see its log'
    : 'See the management address above'
}
