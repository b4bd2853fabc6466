import type { Carried } from '../../machines/carried.ts'
import { deviceJoinMachine, type Join, type Terms, type TermsAnswer } from '../../machines/pages/device-join.ts'
import type { VirtualDevice } from '../device/virtual-device.ts'
import { windowsOf } from '../device/windows-version.ts'
import { safeText } from '../domain/safe-text.ts'
import type { Secret } from '../domain/secret.ts'
import { workMs } from '../domain/setup-work.ts'
import { type Result, success, type Trouble } from '../domain/trouble.ts'
import { CODE, isConnectionCode } from '../domain/windows-codes.ts'
import { acceptTerms, openTerms, type TermsPage } from '../service/enrollment/terms-of-use.ts'
import { joinDevice } from '../service/entra/join-device.ts'
import { refreshTokens, type SignInSession } from '../service/entra/tokens.ts'
import { signInTrouble } from './authentication.ts'
import { type Bindings, working } from './bindings.ts'
import { parcel } from './carried.ts'
import { managementScope } from './management-token.ts'
import { windowsTrouble } from './windows-trouble.ts'

const LINES_MAX = 200
export const LINE_LENGTH_MAX = 300

const PAGE = parcel<TermsPage>()

/** Who enrols, and with what Windows. */
export const enrollingOf = ({ disk, windows }: VirtualDevice) => ({
  upn: disk.account?.upn ?? `autopilot@${disk.profile?.tenantDomain ?? ''}`,
  ...windowsOf(windows),
})

/** What the terms of use were answered with, by the person who enrols and by no other. */
export function acceptedTermsOf(device: VirtualDevice): string | undefined {
  const { acceptedTerms } = device
  return acceptedTerms?.upn === enrollingOf(device).upn ? acceptedTerms.blob : undefined
}

/** A target's own token, where it has one: its pages know nothing of the mocked Entra. */
async function tokenForTerms(run: Bindings, session: SignInSession, signal: AbortSignal): Promise<Result<Secret>> {
  const { service } = run
  if (service.means?.token) return success(service.means.token)
  const tokens = await refreshTokens(service, { ...session, scope: managementScope(run) }, signal)
  return tokens.ok ? success(tokens.value.accessToken) : tokens
}

export const deviceJoin = deviceJoinMachine.provide({
  actors: {
    openTerms: working<Terms>(async (run, _, signal) => {
      const { device, service, memory } = run
      const url = memory.logon?.mdm?.termsOfUse
      if (url === undefined || !memory.logon || acceptedTermsOf(device) !== undefined) return { kind: 'none' }
      // Before the join there is no device to name in the token.
      const token = await tokenForTerms(run, memory.logon.session, signal)
      if (!token.ok) return { kind: 'trouble', trouble: signInTrouble(token.trouble) }
      const opened = await openTerms(service, { url, token: token.value }, signal)
      if (!opened.ok) return { kind: 'trouble', trouble: windowsTrouble(opened.trouble) }
      const lines = opened.value.lines.slice(0, LINES_MAX).map((line) => safeText(line, LINE_LENGTH_MAX))
      return { kind: 'terms', lines, page: PAGE.pack(opened.value) }
    }),

    acceptTerms: working<TermsAnswer, Carried>(async ({ device, service }, page, signal) => {
      const accepted = await acceptTerms(service, PAGE.open(page), signal)
      if (!accepted.ok) return { kind: 'trouble', trouble: windowsTrouble(accepted.trouble) }
      device.acceptedTerms = { upn: enrollingOf(device).upn, blob: accepted.value }
      return { kind: 'accepted' }
    }),

    joinDevice: working<Join>(async ({ device, service, timeline, memory }, _, signal) => {
      const token = memory.logon?.accessToken ?? memory.deviceToken
      if (!token) throw new Error('joining without a token')
      await timeline.sleep(workMs('joinSeconds', device.definition.setup), signal)
      const domain = device.disk.profile?.tenantDomain ?? device.disk.account?.upn.split('@')[1] ?? ''
      let wasFound = false
      const answer = await joinDevice(
        service,
        {
          token,
          domain,
          deviceName: device.disk.deviceName,
          osVersion: device.windows.build,
          deviceKey: device.key('join'),
          transportKey: device.key('transport'),
          registrationId: device.disk.profile?.isAssociation ? undefined : device.disk.profile?.ztdRegistrationId,
        },
        signal,
        (found) => {
          wasFound = found.ok
          noteDiscovery(device, domain, found)
        },
      )
      const isSent = wasFound && (answer.ok || !isConnectionCode(answer.trouble.code))
      if (isSent) device.log('joinRequestSent')
      if (!answer.ok) {
        const trouble = joinTrouble(answer.trouble)
        if (isSent) device.log('joinAnswerFailed', { code: trouble.code, text: trouble.text })
        else if (wasFound) device.log('joinRequestFailed', { code: trouble.code })
        return { kind: 'refused', trouble }
      }
      device.joinCertificate = answer.value
      device.log('joinAnswerRead')
      device.log('joinCompleted')
      device.log('joinTasksDone')
      return { kind: 'joined' }
    }),
  },
})

/** The registration log has both halves of a join: where it goes, and what came of it (8.3 [F]). */
function noteDiscovery(device: VirtualDevice, domain: string, found: Result<{ joinEndpoint: string }>): void {
  device.log('joinDiscoverySent')
  if (!found.ok) {
    device.log('joinDiscoveryFailed', { code: joinTrouble(found.trouble).code })
    return
  }
  device.log('joinDiscovered', { endpoint: safeText(found.value.joinEndpoint, LINE_LENGTH_MAX) })
  device.log('joinPrepared', { domain: safeText(domain, LINE_LENGTH_MAX) })
}

/** Trouble on the way to the registration service keeps its WinINet code; what is no Windows code becomes one. */
function joinTrouble(trouble: Trouble): Trouble {
  const text = safeText(trouble.text, LINE_LENGTH_MAX)
  if (trouble.code.startsWith('0x')) return { ...trouble, text }
  return { ...trouble, code: CODE.joinServiceFailed, text: `${text} (${trouble.code})` }
}
