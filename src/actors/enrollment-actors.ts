import type { Join, Terms, TermsAnswer } from '../../machines/pages/device-join.ts'
import type { EnrollmentStep } from '../../machines/pages/enrollment.ts'
import type { Attestation } from '../../machines/pages/tpm-attestation.ts'
import { applyProvisioning } from '../device/apply-provisioning.ts'
import { contextItemsOf } from '../device/enrollment-context.ts'
import { chooseEnrollmentKey } from '../device/enrollment-key.ts'
import { windowsOf } from '../device/windows-version.ts'
import { isSelfDeploying } from '../domain/autopilot.ts'
import { safeText } from '../domain/safe-text.ts'
import type { Secret } from '../domain/secret.ts'
import { type Result, success, type Trouble } from '../domain/trouble.ts'
import { negotiatedVersion } from '../protocols/ms-mde2/request-version.ts'
import { tpmFirmwareText } from '../protocols/tpm/version-text.ts'
import { requestDeviceToken } from '../service/device-token.ts'
import { discover, getPolicies, requestSecurityToken } from '../service/enroll.ts'
import { chooseCredential } from '../service/enrollment-credential.ts'
import { joinDevice } from '../service/join-device.ts'
import { acceptTerms, openTerms, type TermsPage } from '../service/terms-of-use.ts'
import { refreshTokens, type SignInSession } from '../service/tokens.ts'
import { attestEnrollmentKey } from './attest-enrollment-key.ts'
import { type Bindings, type NoInput, workOf } from './bindings.ts'
import { deviceProof } from './management-token.ts'

const LINES_MAX = 200
const LINE_LENGTH_MAX = 300

/** What attestation, terms of use, join and enrolment do. */
export function enrollmentActors(bindings: Bindings) {
  const { device, service, timeline, memory } = bindings
  const { windows } = device.definition
  let page: TermsPage | undefined
  const enrolling = () => ({
    upn: device.disk.account?.upn ?? `autopilot@${device.disk.profile?.tenantDomain ?? ''}`,
    ...windowsOf(windows),
  })

  /** What the terms of use were answered with, by the person who enrols and by no other. */
  function termsOfUse(): string | undefined {
    const { acceptedTerms } = device
    return acceptedTerms?.upn === enrolling().upn ? acceptedTerms.blob : undefined
  }

  /** A target's own token, where it has one: its pages know nothing of the mocked Entra. */
  async function tokenForTerms(session: SignInSession, signal: AbortSignal): Promise<Result<Secret>> {
    if (service.means?.token) return success(service.means.token)
    const tokens = await refreshTokens(service, { ...session, scope: managementScope() }, signal)
    return tokens.ok ? success(tokens.value.accessToken) : tokens
  }

  return {
    attest: workOf<Attestation, NoInput>(async (_, signal) => {
      const { tpm } = device
      // Only self-deploying mode comes here: nobody else pays for loading it.
      const { attestTpm, TPM_WAIT_MS } = await import('./attest.ts')
      if (tpm) return attestTpm(bindings, tpm, signal)
      device.log('autopilot', 153, 'state changed from ProfileState_Unknown to ProfileState_TpmNotAvailable', 'error')
      await timeline.sleep(TPM_WAIT_MS, signal)
      return { kind: 'refused', trouble: { code: '0x800705b4', text: 'no TPM 2.0 that could attest the device' } }
    }),

    openTerms: workOf<Terms, NoInput>(async (_, signal) => {
      const url = memory.mdm?.termsOfUse
      if (url === undefined || !memory.signIn || termsOfUse() !== undefined) return { kind: 'none' }
      // Before the join there is no device to name in the token.
      const token = await tokenForTerms(memory.signIn, signal)
      if (!token.ok) return { kind: 'trouble', trouble: token.trouble }
      const opened = await openTerms(service, { url, token: token.value }, signal)
      if (!opened.ok) return { kind: 'trouble', trouble: opened.trouble }
      page = opened.value
      return { kind: 'terms', lines: page.lines.slice(0, LINES_MAX).map((line) => safeText(line, LINE_LENGTH_MAX)) }
    }),

    acceptTerms: workOf<TermsAnswer, NoInput>(async (_, signal) => {
      if (!page) throw new Error('accepting terms that nobody has read')
      const accepted = await acceptTerms(service, page, signal)
      if (!accepted.ok) return { kind: 'trouble', trouble: accepted.trouble }
      device.acceptedTerms = { upn: enrolling().upn, blob: accepted.value }
      return { kind: 'accepted' }
    }),

    joinDevice: workOf<Join, { isSelfDeploying: boolean }>(async (_, signal) => {
      if (!memory.accessToken) throw new Error('joining without a token')
      const answer = await joinDevice(
        service,
        {
          token: memory.accessToken,
          domain: device.disk.profile?.tenantDomain ?? device.disk.account?.upn.split('@')[1] ?? '',
          deviceName: device.disk.deviceName,
          osVersion: windows.build,
          deviceKey: device.key('join'),
          transportKey: device.key('transport'),
        },
        signal,
      )
      if (!answer.ok) return { kind: 'refused', trouble: joinTrouble(answer.trouble) }
      device.joinCertificate = answer.value
      return { kind: 'joined' }
    }),

    discover: workOf<EnrollmentStep, NoInput>(async (_, signal) => {
      const token = await enrollmentToken(signal)
      if (!token.ok) return { kind: 'refused', trouble: { ...token.trouble, code: '0x80180002' } }
      if (token.value) memory.managementToken = token.value
      // A tenant's own address; self-deploying devices have no token of a person that would tell it.
      const url = memory.mdm?.discovery ?? service.endpoints.discovery
      const answer = await discover(service, url, enrolling(), signal)
      if (!answer.ok) return refused(answer.trouble)
      memory.discovery = answer.value
      // A server that has never heard of the mocked Entra wants something else.
      const means = service.means ?? { token: token.value }
      const credential = await chooseCredential(service, answer.value, means, signal)
      if (!credential.ok) return refused(credential.trouble)
      memory.credential = credential.value
      return { kind: 'done' }
    }),

    getPolicies: workOf<EnrollmentStep, NoInput>(async (_, signal) => {
      const { tpm } = device.definition
      const answer = await getPolicies(
        service,
        {
          url: memory.discovery!.enrollmentPolicyServiceUrl,
          credential: memory.credential!,
          tpm: tpm && { manufacturer: tpm.vendor, firmwareVersion: tpmFirmwareText(tpm) },
          now: device.clock(),
        },
        signal,
      )
      if (!answer.ok) return refused(answer.trouble)
      const key = chooseEnrollmentKey(device, answer.value)
      if (!key.ok) return refused(key.trouble)
      memory.enrollmentKey = key.value
      const version = negotiatedVersion(enrolling().requestVersion, memory.discovery!.enrollmentVersion)
      const attested = await attestEnrollmentKey(bindings, answer.value, key.value, version, signal)
      if (!attested.ok) return refused(attested.trouble)
      if (attested.value) memory.attestation = attested.value
      return { kind: 'done' }
    }),

    requestSecurityToken: workOf<EnrollmentStep, NoInput>(async (_, signal) => {
      const { enrollmentVersion, enrollmentServiceUrl } = memory.discovery!
      const { bits, hash } = memory.enrollmentKey!
      const context = {
        ...enrolling(),
        enrollmentVersion,
        termsOfUse: termsOfUse(),
        attestation: memory.attestation,
      }
      const answer = await requestSecurityToken(
        service,
        {
          url: enrollmentServiceUrl,
          credential: memory.credential!,
          deviceId: device.deviceId,
          key: device.key('mdm', bits),
          hash,
          contextItems: contextItemsOf(device, context, isSelfDeploying(device.disk.profile)),
          now: device.clock(),
        },
        signal,
      )
      if (!answer.ok) return refused(answer.trouble)
      memory.provisioningDocument = answer.value
      return { kind: 'done' }
    }),

    applyProvisioning: workOf<EnrollmentStep, NoInput>(() => {
      const key = device.key('mdm', memory.enrollmentKey!.bits)
      const applied = applyProvisioning(device, memory.provisioningDocument!, key)
      if (!applied.ok) return refused(applied.trouble)
      device.log('management', 72, 'MDM Enroll: Succeeded')
      return { kind: 'done' }
    }),
  }

  function managementScope(): string {
    return `${service.endpoints.managementResource}.default`
  }

  /** The enrolment token: asked for after the join, so that it names the device. None where nobody signed in to Entra. */
  async function enrollmentToken(signal: AbortSignal): Promise<Result<Secret | undefined>> {
    const { signIn, accessToken } = memory
    // Self-deploying has one token for join and management; its real request is unpublished.
    if (!signIn || !device.joinCertificate) return { ok: true, value: accessToken }
    const answer = await requestDeviceToken(
      service,
      { ...signIn, scope: managementScope(), device: deviceProof(bindings) },
      signal,
    )
    return answer.ok ? { ok: true, value: answer.value } : answer
  }
}

/** What a service wrote is made inert before it reaches a screen. */
const refused = (trouble: Trouble): EnrollmentStep => ({
  kind: 'refused',
  trouble: { ...trouble, text: safeText(trouble.text, LINE_LENGTH_MAX) },
})

/** Trouble on the way to the registration service keeps its WinINet code; what is no Windows code becomes one. */
function joinTrouble(trouble: Trouble): Trouble {
  const text = safeText(trouble.text, LINE_LENGTH_MAX)
  if (trouble.code.startsWith('0x')) return { ...trouble, text }
  return { ...trouble, code: '0x801c0006', text: `${text} (${trouble.code})` }
}
