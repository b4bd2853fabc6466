import type { Join } from '../../machines/device-join.ts'
import type { EnrollmentStep } from '../../machines/enrollment.ts'
import type { Attestation } from '../../machines/tpm-attestation.ts'
import { applyProvisioning } from '../device/apply-provisioning.ts'
import { contextItemsOf } from '../device/enrollment-context.ts'
import { Secret } from '../domain/secret.ts'
import type { Trouble } from '../domain/trouble.ts'
import { tpmFirmwareText } from '../protocols/tpm/version-text.ts'
import { discover, getPolicies, requestSecurityToken } from '../service/enroll.ts'
import { joinDevice } from '../service/join-device.ts'
import { refreshToken } from '../service/sign-in.ts'
import { activityOf, type Bindings, type NoInput } from './bindings.ts'

/** CloudEdition: Windows 11 SE. */
const PRODUCT_TYPE = { SE: '203', 'Pro Education': '164', Pro: '48' } as const

/** What attestation, join and enrolment do. */
export function enrollmentActors(bindings: Bindings) {
  const { device, service, timeline, memory } = bindings
  const { windows } = device.definition
  const enrolling = () => ({
    upn: device.disk.account?.upn ?? `autopilot@${device.disk.profile?.tenantDomain ?? ''}`,
    osVersion: windows.build,
    osEdition: PRODUCT_TYPE[windows.edition],
  })

  return {
    attest: activityOf<Attestation, NoInput>(bindings, async (_, signal) => {
      const { tpm } = device
      // Only self-deploying mode comes here: nobody else pays for loading it.
      const { attestTpm, TPM_WAIT_MS } = await import('./attest.ts')
      if (tpm) return attestTpm(bindings, tpm, signal)
      device.log('autopilot', 153, 'state changed from ProfileState_Unknown to ProfileState_TpmNotAvailable', 'error')
      await timeline.sleep(TPM_WAIT_MS, signal)
      return { kind: 'refused', trouble: { code: '0x800705b4', text: 'no TPM 2.0 that could attest the device' } }
    }),

    joinDevice: activityOf<Join, { isSelfDeploying: boolean }>(bindings, async (_, signal) => {
      if (!memory.accessToken) throw new Error('joining without a token')
      const answer = await joinDevice(
        service,
        {
          token: memory.accessToken.reveal(),
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

    discover: activityOf<EnrollmentStep, NoInput>(bindings, async (_, signal) => {
      const token = await enrollmentToken(signal)
      if ('trouble' in token) return { kind: 'refused', trouble: token.trouble }
      memory.managementToken = token
      const answer = await discover(service, enrolling(), signal)
      if (!answer.ok) return { kind: 'refused', trouble: answer.trouble }
      memory.discovery = answer.value
      return { kind: 'done' }
    }),

    getPolicies: activityOf<EnrollmentStep, NoInput>(bindings, async (_, signal) => {
      const { tpm } = device.definition
      const answer = await getPolicies(
        service,
        {
          url: memory.discovery!.enrollmentPolicyServiceUrl,
          token: memory.managementToken!.reveal(),
          tpm: tpm && { manufacturer: tpm.vendor, firmwareVersion: tpmFirmwareText(tpm.firmware) },
        },
        signal,
      )
      if (!answer.ok) return { kind: 'refused', trouble: answer.trouble }
      if (answer.value.keyLength > 2048) {
        const text = `the policy wants an RSA key of ${answer.value.keyLength} bits; this device makes 2048`
        return { kind: 'refused', trouble: { code: '0x80180027', text } }
      }
      return { kind: 'done' }
    }),

    requestSecurityToken: activityOf<EnrollmentStep, NoInput>(bindings, async (_, signal) => {
      const answer = await requestSecurityToken(
        service,
        {
          url: memory.discovery!.enrollmentServiceUrl,
          token: memory.managementToken!.reveal(),
          deviceId: device.deviceId,
          key: device.key('mdm'),
          contextItems: contextItemsOf(device, enrolling(), memory.discovery!.enrollmentVersion),
        },
        signal,
      )
      if (!answer.ok) return { kind: 'refused', trouble: answer.trouble }
      memory.provisioningDocument = answer.value
      return { kind: 'done' }
    }),

    applyProvisioning: activityOf<EnrollmentStep, NoInput>(bindings, () => {
      const applied = applyProvisioning(device, memory.provisioningDocument!)
      if (!applied.ok) return { kind: 'refused', trouble: applied.trouble }
      device.log('management', 72, 'MDM Enroll: Succeeded')
      return { kind: 'done' }
    }),
  }

  /** The enrolment token: asked for after the join, so that it names the device. */
  async function enrollmentToken(signal: AbortSignal): Promise<Secret | { trouble: Trouble }> {
    // Self-deploying has one token for join and management; its real request is unpublished.
    if (!memory.refreshToken) return memory.accessToken!
    const answer = await refreshToken(
      service,
      {
        refreshToken: memory.refreshToken.reveal(),
        scope: `${service.endpoints.managementResource}.default`,
        certificate: device.joinCertificate!,
      },
      signal,
    )
    return answer.ok ? new Secret(answer.value.accessToken) : { trouble: { ...answer.trouble, code: '0x80180002' } }
  }
}

/** Trouble on the way to the registration service keeps its WinINet code; what is no Windows code becomes one. */
function joinTrouble(trouble: Trouble): Trouble {
  if (trouble.code.startsWith('0x')) return trouble
  return { ...trouble, code: '0x801c0006', text: `${trouble.text} (${trouble.code})` }
}
