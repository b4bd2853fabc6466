import { applyProvisioning } from '../device/apply-provisioning.ts'
import { contextItemsOf } from '../device/enrollment-context.ts'
import type { VirtualDevice } from '../device/virtual-device.ts'
import { windowsOf } from '../device/windows-version.ts'
import { safeText } from '../domain/safe-text.ts'
import type { Target } from '../domain/target.ts'
import { DecodeError } from '../domain/trouble.ts'
import { CODE } from '../domain/windows-codes.ts'
import type { Transport } from '../ports/http.ts'
import type { DiscoverResponse } from '../protocols/ms-mde2/discover.ts'
import { decodeProvisioningDocument, type ProvisioningDocument } from '../protocols/ms-mde2/provisioning-document.ts'
import { decodeCertificate } from '../protocols/x509/certificate.ts'
import { spkiOf } from '../protocols/x509/signature.ts'
import { requestSecurityToken } from '../service/enrollment/enroll.ts'
import { reachable } from './discovery.ts'
import { type Finding, ok, problem, warning } from './finding.ts'
import { examineSession } from './first-session.ts'
import { enrolmentHabits } from './habits.ts'
import { examineIssued } from './issued-certificate.ts'
import { type Asked, refusal } from './policy.ts'
import { serviceOf } from './service-of.ts'

/** What is said where nothing may be made at the server. */
export const NOT_ASKED_FOR: Finding = ok(
  'enrolment and first management session: not tried; --enroll tries them, and makes a device at the server',
)

/** What a document that cannot be applied is mended with. */
const HINTS: Readonly<Record<string, string>> = {
  [CODE.provisioningCertificateStore]:
    'See CertificateStore in the document: the certificate is for the key of the request',
  [CODE.provisioningW7]: 'See APPLICATION in the document: APPID w7, PROVIDER-ID, ADDR',
  [CODE.provisioningDmClient]: 'See DMClient in the document: its provider is the PROVIDER-ID of APPLICATION',
}

export interface Enrolment {
  trial: VirtualDevice
  target: Target
  found: DiscoverResponse
  transport: Transport
  /** Undefined where the policy or the credential has ended it. */
  asked: Asked | undefined
}

/** Enrols the trial device, applies what it is given, and holds its first management session. */
export async function examineEnrolment({ trial, target, found, transport, asked }: Enrolment): Promise<Finding[]> {
  if (!asked) {
    return [
      target.means
        ? warning('enrolment: not tried', 'See what is said of the policy and of the sign-in above')
        : warning(
            'enrolment: not tried, because there is nothing to show',
            'enrollment in a target profile gives a token, a password or a certificate',
          ),
    ]
  }
  const { service, heard } = serviceOf(target, transport, trial)
  const key = trial.key('mdm', asked.key.bits)
  const { attestation } = asked
  const context = {
    ...windowsOf(trial.definition.windows),
    enrollmentVersion: found.enrollmentVersion,
    ...(attestation ? { attestation } : {}),
  }
  const answer = await requestSecurityToken(service, {
    url: found.enrollmentServiceUrl,
    credential: asked.credential,
    deviceId: trial.deviceId,
    key,
    hash: asked.key.hash,
    contextItems: contextItemsOf(trial, context),
    now: trial.clock(),
  })
  const habits = heard.flatMap(({ response }) => enrolmentHabits('enrolment', response))
  if (!answer.ok) return [refusal('enrolment', answer.trouble, asked.credential.kind), ...habits]
  const enrolled = ok(
    `enrolment: the server has the device ${trial.definition.smbios.serialNumber} now (DeviceID ${trial.deviceId}): delete it there`,
  )
  const document = readDocument(answer.value, spkiOf(key))
  const about = document ? issuedIn(document, trial.clock()) : []
  const applied = applyProvisioning(trial, answer.value, key)
  if (!applied.ok) {
    const { code, text } = applied.trouble
    return [enrolled, ...habits, ...about, problem(`enrolment: ${code}, ${safeText(text)}`, HINTS[code] ?? '')]
  }
  const { address, providerId } = trial.management!
  const leads = reachable(target, `enrolment: the account ${safeText(providerId)}`, address)
  const before = [enrolled, ...habits, ...about, leads]
  return leads.verdict === 'ok' ? [...before, ...(await examineSession(trial, target, transport))] : before
}

/** Undefined for a document that cannot be applied either: that tells what is wrong with it. */
function readDocument(text: string, ours: Uint8Array): ProvisioningDocument | undefined {
  try {
    const document = decodeProvisioningDocument(text, (der) => Buffer.compare(decodeCertificate(der).spki, ours) === 0)
    decodeCertificate(document.client.der)
    return document
  } catch (error) {
    if (error instanceof DecodeError) return undefined
    throw error
  }
}

const issuedIn = ({ client, renew, application }: ProvisioningDocument, now: number): Finding[] =>
  examineIssued(decodeCertificate(client.der), {
    store: client.store,
    criteria: application?.sslClientCertSearchCriteria,
    renewDays: renew?.renewPeriod,
    now,
  })
