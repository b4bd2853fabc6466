import { chooseEnrollmentKey, type EnrollmentKey } from '../device/enrollment-key.ts'
import { windowsOf } from '../device/windows-version.ts'
import type { DeviceDefinition } from '../domain/device.ts'
import { safeText } from '../domain/safe-text.ts'
import type { Target } from '../domain/target.ts'
import type { Trouble } from '../domain/trouble.ts'
import { CODE } from '../domain/windows-codes.ts'
import type { Transport } from '../ports/http.ts'
import type { DiscoverResponse } from '../protocols/ms-mde2/discover.ts'
import { negotiatedVersion } from '../protocols/ms-mde2/request-version.ts'
import { DEFAULT_POLICY, type EffectivePolicy } from '../protocols/ms-xcep/get-policies.ts'
import { tpmFirmwareText } from '../protocols/tpm/version-text.ts'
import { getPolicies } from '../service/enrollment/enroll.ts'
import { chooseCredential, type EnrollmentCredential } from '../service/enrollment/enrollment-credential.ts'
import { type Finding, ok, problem, type Visit, warning } from './finding.ts'
import { enrolmentHabits } from './habits.ts'
import { serviceOf } from './service-of.ts'

/** What helps against the results of an enrolment. */
const HINTS: Readonly<Record<string, string>> = {
  [CODE.enrollmentAuthorization]: 'The server knows who asks, and does not let them: tenant, device, licence, user',
  [CODE.enrollmentPasswordNeeded]: 'enrollment.password in a profile gives one; or enrollment.token a token',
  [CODE.authenticationCertificateNotFound]: 'enrollment.certificate in a profile gives one',
  [CODE.webAuthenticationBroker]: 'enrollment.password signs in on the server’s page; enrollment.token spares it',
  [CODE.enrollmentConnectivity]: 'See what discovery named',
  [CODE.privateKeyCreationFailed]: 'Another length, hash or provider in the server’s policy; or another device',
}
const hresultHint = ({ code }: Trouble): string => HINTS[code] ?? 'See [MS-MDE2] 2.2.9.1 for what a server means by it'

/** Below that, and at every server that says nothing, attestation plays no part (reference: mdm-protocols.md, 1.4). */
const ATTESTATION_VERSION = 5

/** What an enrolment goes with. */
export interface Asked {
  credential: EnrollmentCredential
  key: EnrollmentKey
  /** How the attestation of the key ended, where the policy asks for one: no simulated device makes a claim. */
  attestation?: { hresult: string; message: string }
}

export interface PolicyFindings {
  findings: Finding[]
  /** Undefined where no enrolment can follow. */
  asked?: Asked
}

/** Asks for the policies as the device would, with what it has to show, and says whether it likes the answer. */
export async function examinePolicy(
  target: Target,
  found: DiscoverResponse,
  device: DeviceDefinition,
  transport: Transport,
  { now }: Visit,
): Promise<PolicyFindings> {
  const url = found.enrollmentPolicyServiceUrl
  if (target.means === undefined) return { findings: withoutMeans(target, found, device) }
  const { service, heard } = serviceOf(target, transport)
  const credential = await chooseCredential(service, found, target.means)
  if (!credential.ok) {
    const { trouble } = credential
    const isRefusedPage = trouble.code === CODE.webAuthenticationBroker && target.means.password
    return { findings: [refusal('enrolment', trouble, isRefusedPage ? 'webSignIn' : undefined)] }
  }
  if (url === undefined) return judge(DEFAULT_POLICY, found, device, credential.value)
  const tpm = tpmOf(device)
  const answer = await getPolicies(service, {
    url,
    credential: credential.value,
    tpm: tpm && { manufacturer: tpm.vendor, firmwareVersion: tpmFirmwareText(tpm) },
    now,
  })
  const habits = heard
    .filter(({ operation }) => operation === 'MS-XCEP GetPolicies')
    .flatMap(({ response }) => enrolmentHabits('policy', response))
  if (!answer.ok) return { findings: [refusal('policy', answer.trouble, credential.value.kind), ...habits] }
  const { findings, ...rest } = judge(answer.value, found, device, credential.value)
  return { findings: [ok(`${TAKEN} ${SHOWN[credential.value.kind]}`), ...habits, ...findings], ...rest }
}

function withoutMeans(target: Target, found: DiscoverResponse, device: DeviceDefinition): Finding[] {
  if (found.enrollmentPolicyServiceUrl === undefined) return judge(DEFAULT_POLICY, found, device).findings
  // Entra is real there too: a device gets its token by joining, and no device joins here.
  if (target.endpoints.login !== undefined) return [ok('policy: a device asks for it with the token of its join')]
  return [
    warning(
      'policy: not asked for, because there is nothing to show',
      'enrollment in a target profile gives a token, a password or a certificate',
    ),
  ]
}

/** Begins what is said of a server that believes the device. */
export const TAKEN = 'policy: the server takes'

const SHOWN = {
  token: 'the token',
  webSignIn: 'the sign-in on its page',
  password: 'the user name and the password',
  certificate: 'the certificate, and what it signed',
} as const

/** Whether a device can make the key that a policy requires, and what it thinks of the rest. */
function judge(
  policy: EffectivePolicy,
  found: DiscoverResponse,
  device: DeviceDefinition,
  credential?: EnrollmentCredential,
): PolicyFindings {
  const key = chooseEnrollmentKey({ tpm: tpmOf(device) }, policy)
  if (!key.ok) return { findings: [refusal('policy', key.trouble)] }
  const { bits, hash, provider } = key.value
  const findings = [
    ok(
      `policy: RSA ${bits} bits and ${hash.toUpperCase()}; this device keeps the key in ${provider === 'tpm' ? 'its TPM' : 'a file'}`,
    ),
  ]
  if (hash === 'sha1') {
    const why =
      found.enrollmentPolicyServiceUrl === undefined
        ? 'what a device takes without a policy'
        : 'what the policy requires'
    findings.push(
      warning(
        `policy: requests are signed with SHA-1, ${why}`,
        'A policy with 2.16.840.1.101.3.4.2.1 asks for SHA-256 (mdm-protocols.md, 1.6 [L])',
      ),
    )
  }
  const version = negotiatedVersion(windowsOf(device.windows).requestVersion, found.enrollmentVersion)
  const isAttested = policy.asksForAttestation && version >= ATTESTATION_VERSION && provider === 'tpm'
  if (isAttested) findings.push(attestation(policy))
  if (!credential || (isAttested && policy.attestationFailureBehavior === 'FailOnError')) return { findings }
  return { findings, asked: { credential, key: key.value, ...(isAttested ? { attestation: NO_CLAIM } : {}) } }
}

/** What a device that makes no claim says of it (reference: mdm-protocols.md, 1.7). */
const NO_CLAIM = { hresult: CODE.keyOperationNotSupported, message: 'no attestation claim could be made' }

function attestation({ attestationFailureBehavior, operationTimeout }: EffectivePolicy): Finding {
  const what = `policy: it asks for attestation of the key (${attestationFailureBehavior})`
  switch (attestationFailureBehavior) {
    case 'FailOnError':
      return problem(
        what,
        'The claim’s layout is unpublished, so a simulated device makes none: its enrolment ends here',
      )
    case 'IgnoreOnError':
      return warning(what, 'A simulated device makes no claim, says so, and continues')
    case 'RetryOnError':
      return warning(what, `A simulated device makes no claim: it continues after ${operationTimeout} s of its time`)
  }
}

/** What a server's refusal means. */
export const refusal = (what: string, trouble: Trouble, shown?: keyof typeof SHOWN): Finding =>
  problem(
    `${what}: ${trouble.code}, ${safeText(trouble.text)}`,
    shown && DISBELIEF.includes(trouble.code) ? disbelief(shown) : hresultHint(trouble),
  )

const DISBELIEF: readonly string[] = [CODE.enrollmentAuthentication, CODE.webAuthenticationBroker]

function disbelief(shown: keyof typeof SHOWN): string {
  const seen = `The server does not believe what it was shown, ${SHOWN[shown]}`
  if (shown === 'token') return `${seen}: see what is said of it above, and the server’s log`
  return shown === 'certificate' ? `${seen}: see its log` : `${seen}. Is that right, and does it need a token instead?`
}

/** The only one that attests and keeps keys. */
const tpmOf = ({ tpm }: DeviceDefinition) => (tpm?.version === '2.0' ? tpm : undefined)
