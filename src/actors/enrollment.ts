import type { Carried } from '../../machines/carried.ts'
import {
  type Certificate,
  type CertificateInput,
  type Discovery,
  enrollmentMachine,
  type PolicyAnswer,
  type Provisioning,
  type ProvisioningInput,
} from '../../machines/pages/enrollment.ts'
import { applyProvisioning } from '../device/apply-provisioning.ts'
import { contextItemsOf } from '../device/enrollment-context.ts'
import { chooseEnrollmentKey, type EnrollmentKey } from '../device/enrollment-key.ts'
import type { VirtualDevice } from '../device/virtual-device.ts'
import { safeText } from '../domain/safe-text.ts'
import type { Secret } from '../domain/secret.ts'
import { workMs } from '../domain/setup-work.ts'
import { type Result, success, type Trouble } from '../domain/trouble.ts'
import { CODE, isTransportCode } from '../domain/windows-codes.ts'
import type { DiscoverResponse } from '../protocols/ms-mde2/discover.ts'
import { negotiatedVersion } from '../protocols/ms-mde2/request-version.ts'
import { tpmFirmwareText } from '../protocols/tpm/version-text.ts'
import { discover, getPolicies, requestSecurityToken } from '../service/enrollment/enroll.ts'
import { chooseCredential, type EnrollmentCredential } from '../service/enrollment/enrollment-credential.ts'
import { attestEnrollmentKey, type KeyAttestation } from './attest-enrollment-key.ts'
import { type Bindings, working } from './bindings.ts'
import { parcel } from './carried.ts'
import { acceptedTermsOf, enrollingOf, LINE_LENGTH_MAX } from './device-join.ts'
import { personToken } from './management-token.ts'

const SERVICES = parcel<{ discovery: DiscoverResponse; credential: EnrollmentCredential }>()
const KEY = parcel<{ key: EnrollmentKey; attestation: KeyAttestation }>()
const DOCUMENT = parcel<{ text: string; url: string }>()

/** Windows enrols in one device management alone (4.9 [S]); that it looks before it asks for the service is an assumption. */
const OLD_ENROLLMENT: Trouble = {
  code: CODE.alreadyEnrolled,
  text: 'the registry has the account of a device management from before this setup',
}

export const enrollment = enrollmentMachine.provide({
  actors: {
    discover: working<Discovery>(async (run, _, signal) => {
      const { device, service, memory } = run
      if (device.hasOldEnrollment) return refusedBy(device, OLD_ENROLLMENT)
      // Without an address in the tokens of the person the tenant enrols no device of theirs. A target has its own.
      if (memory.logon && !service.means && !memory.logon.mdm?.discovery) return { kind: 'notInScope' }
      const token = await enrollmentToken(run, signal)
      if (!token.ok) return refusedBy(device, { ...token.trouble, code: CODE.enrollmentAuthentication })
      if (token.value && memory.logon) memory.logon.managementToken = token.value
      // A tenant's own address; a device that joins without a person has no token that would say it.
      const url = memory.logon?.mdm?.discovery ?? service.endpoints.discovery
      const found = await discover(service, url, enrollingOf(device), signal)
      if (!found.ok) return refusedBy(device, found.trouble)
      // A server that has never heard of the mocked Entra asks for something else.
      const means = service.means ?? { token: token.value }
      const credential = await chooseCredential(service, found.value, means, signal)
      if (!credential.ok) return refusedBy(device, credential.trouble)
      return { kind: 'done', services: SERVICES.pack({ discovery: found.value, credential: credential.value }) }
    }),

    getPolicies: working<PolicyAnswer, Carried>(async ({ device, service }, services, signal) => {
      const { discovery, credential } = SERVICES.open(services)
      const { tpm } = device.definition
      const answer = await getPolicies(
        service,
        {
          url: discovery.enrollmentPolicyServiceUrl,
          credential,
          tpm: tpm && { manufacturer: tpm.vendor, firmwareVersion: tpmFirmwareText(tpm) },
          now: device.clock(),
        },
        signal,
      )
      noteExchange(device, 'policy', answer)
      if (!answer.ok) return refusedBy(device, answer.trouble)
      const key = chooseEnrollmentKey(device, answer.value)
      if (!key.ok) return refusedBy(device, key.trouble)
      const version = negotiatedVersion(enrollingOf(device).requestVersion, discovery.enrollmentVersion)
      const attested = attestEnrollmentKey(answer.value, key.value, version)
      if (!attested.ok) return refusedBy(device, attested.trouble)
      const { attestation, waitMs } = attested.value
      return { kind: 'done', key: KEY.pack({ key: key.value, attestation }), waitMs }
    }),

    requestSecurityToken: working<Certificate, CertificateInput>(
      async ({ device, service, timeline }, input, signal) => {
        await timeline.sleep(workMs('enrollmentSeconds', device.definition.setup), signal)
        const { discovery, credential } = SERVICES.open(input.services)
        const { key, attestation } = KEY.open(input.key)
        const context = {
          ...enrollingOf(device),
          enrollmentVersion: discovery.enrollmentVersion,
          termsOfUse: acceptedTermsOf(device),
          attestation,
        }
        const answer = await requestSecurityToken(
          service,
          {
            url: discovery.enrollmentServiceUrl,
            credential,
            deviceId: device.deviceId,
            key: device.key('mdm', key.bits),
            hash: key.hash,
            contextItems: contextItemsOf(device, context, input.enrollsAs === 'device'),
            now: device.clock(),
          },
          signal,
        )
        noteExchange(device, 'certificate', answer)
        if (!answer.ok) return refusedBy(device, answer.trouble)
        return { kind: 'done', document: DOCUMENT.pack({ text: answer.value, url: discovery.enrollmentServiceUrl }) }
      },
    ),

    applyProvisioning: working<Provisioning, ProvisioningInput>(({ device }, { document, key }) => {
      const { bits, hash } = KEY.open(key).key
      const { text, url } = DOCUMENT.open(document)
      const applied = applyProvisioning(device, text, device.key('mdm', bits))
      if (!applied.ok) {
        device.log('managementNotConfigured', { code: applied.trouble.code })
        return refusedBy(device, applied.trouble)
      }
      device.management!.issuer = { url, label: 'mdm', bits, hash }
      device.log('managementConfigured')
      device.log('mdmEnrollSucceeded')
      device.log('autoEnrollSucceeded')
      return { kind: 'done' }
    }),
  },
})

/** The enrolment token: asked for after the join, so that it names the device. None where no one signed in to Entra. */
async function enrollmentToken(run: Bindings, signal: AbortSignal): Promise<Result<Secret | undefined>> {
  const { device, memory } = run
  const { logon } = memory
  // Self-deploying has one token for join and management; its real request is unpublished.
  const isHybrid = device.disk.profile?.isHybrid === true
  if (!logon || !(device.joinCertificate || isHybrid)) return success(logon?.accessToken ?? memory.deviceToken)
  return personToken(run, logon.session, signal)
}

/** Where an exchange of the enrolment failed: on the way there, or in its answer (8.3 [D]: 4 to 11). */
const EXCHANGES = {
  policy: {
    sent: 'policyRequestSent',
    notSent: 'policyRequestFailed',
    read: 'policyAnswerRead',
    notRead: 'policyAnswerFailed',
  },
  certificate: {
    sent: 'certificateRequestSent',
    notSent: 'certificateRequestFailed',
    read: 'certificateAnswerRead',
    notRead: 'certificateAnswerFailed',
  },
} as const

function noteExchange({ log }: VirtualDevice, which: keyof typeof EXCHANGES, answer: Result<unknown>): void {
  const { sent, notSent, read, notRead } = EXCHANGES[which]
  if (answer.ok) {
    log(sent)
    log(read)
    return
  }
  const { code } = answer.trouble
  if (isTransportCode(code)) {
    log(notSent, { code })
    return
  }
  log(sent)
  log(notRead, { code })
}

/** The credential of the user or of the device (`MdmEnrollmentType` of the policy): 0 while no policy asked for one. */
const CREDENTIAL = '0x0'

/** What a service wrote is made inert before it reaches a screen. */
function refusedBy({ log }: VirtualDevice, trouble: Trouble) {
  log('autoEnrollFailed', { credential: CREDENTIAL, code: trouble.code })
  return { kind: 'refused' as const, trouble: { ...trouble, text: safeText(trouble.text, LINE_LENGTH_MAX) } }
}
