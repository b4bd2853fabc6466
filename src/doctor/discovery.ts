import { windowsOf } from '../device/windows-version.ts'
import type { DeviceDefinition } from '../domain/device.ts'
import { safeText } from '../domain/safe-text.ts'
import type { Target } from '../domain/target.ts'
import { hostsOf } from '../domain/target-hosts.ts'
import { DecodeError, UserError } from '../domain/trouble.ts'
import type { Transport } from '../ports/http.ts'
import { refuseHost } from '../ports/target-guard.ts'
import { type DiscoverResponse, decodeDiscoverResponse, encodeDiscoverRequest } from '../protocols/ms-mde2/discover.ts'
import { negotiatedVersion } from '../protocols/ms-mde2/request-version.ts'
import { decodeEnvelope } from '../protocols/soap/envelope.ts'
import { ask } from './ask.ts'
import { type Finding, ok, problem, warning } from './finding.ts'
import { enrolmentHabits } from './habits.ts'

/** The first version in which keys are attested (reference: mdm-protocols.md, 1.4). */
const ATTESTING_VERSION = '5.0'

/**
 * [MS-MDE2] 3.1.4.1: Discover; then whether what it names may be spoken to. The GET is a note: it belongs to the discovery by
 * e-mail ([MS-MDE2] 1.3), and a device that joins Entra does not send it.
 */
export async function examineDiscovery(
  target: Target,
  url: string,
  { windows }: DeviceDefinition,
  transport: Transport,
): Promise<{ findings: Finding[]; answer?: DiscoverResponse }> {
  const exists = await ask(transport, 'GET', url)
  const { osVersion, osEdition, requestVersion } = windowsOf(windows)
  const found = 'status' in exists ? `answered with ${exists.status}` : 'not answered'
  const findings: Finding[] = [ok(`discovery: GET is ${found}; a device that joins Entra does not send it`)]
  const message = encodeDiscoverRequest(
    {
      emailAddress: 'someone@example.test',
      requestVersion,
      deviceType: 'CIMClient_Windows',
      applicationVersion: osVersion,
      osEdition,
      authPolicies: ['OnPremise', 'Federated'],
    },
    { messageId: 'urn:uuid:00000000-0000-4000-8000-000000000001', to: url },
  )
  const answer = await ask(transport, 'POST', url, message)
  if (!('status' in answer)) return { findings: [...findings, answer] }
  if (answer.status !== 200) {
    findings.push(problem(`discovery: Discover is answered with ${answer.status}`, 'See [MS-MDE2] 3.1.4.1'))
    return { findings }
  }
  findings.push(...enrolmentHabits('discovery', answer))
  try {
    const envelope = decodeEnvelope(answer.body)
    if (envelope.fault) {
      findings.push(problem(`discovery: a fault: ${safeText(envelope.fault.reason)}`, 'See [MS-MDE2] 2.2.9.1'))
      return { findings }
    }
    const discovered = decodeDiscoverResponse(envelope)
    findings.push(
      ok(
        `discovery: ${safeText(discovered.authPolicy)} enrolment, version ${negotiatedVersion(requestVersion, discovered.enrollmentVersion)} (this device speaks ${requestVersion}, the service ${safeText(discovered.enrollmentVersion ?? 'does not say')})`,
      ),
    )
    const named = [
      discovered.enrollmentServiceUrl,
      discovered.enrollmentPolicyServiceUrl,
      discovered.authenticationServiceUrl,
    ]
    for (const next of named) if (next !== undefined) findings.push(reachable(target, 'discovery', next))
    if (negotiatedVersion(ATTESTING_VERSION, discovered.enrollmentVersion) < Number(ATTESTING_VERSION)) {
      findings.push(
        warning(
          `discovery: its EnrollmentVersion is ${safeText(discovered.enrollmentVersion ?? '') || 'missing'}`,
          'Answer 5.0 or more: below it no device attests its key or says RequestVersion (mdm-protocols.md, 1.7 [S])',
        ),
      )
    }
    if (discovered.enrollmentPolicyServiceUrl === undefined) {
      findings.push(
        warning(
          'discovery names no policy service',
          'Name one: without it a device takes RSA 2048 and SHA-1 (mdm-protocols.md, 1.6 [L])',
        ),
      )
    }
    return { findings, answer: discovered }
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    findings.push(
      problem(
        `discovery: the answer cannot be read: ${safeText(error.message)} (${error.code})`,
        'See [MS-MDE2] 3.1.4.1.2.2',
      ),
    )
    return { findings }
  }
}

/** Whether a device may go to an address that an answer names. */
export function reachable(target: Target, what: string, url: string): Finding {
  if (!URL.canParse(url))
    return problem(`${what} leads to ${safeText(url)}, which is no URL`, 'It has to be an absolute URL')
  const { hostname } = new URL(url)
  try {
    refuseHost(hostname, hostsOf(target))
    return ok(`${what} leads to ${safeText(url)}`)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return problem(
      `${what} leads to ${safeText(url)}: ${error.message}`,
      error.code === 'ERR_TARGET_FOREIGN'
        ? `A profile that has "hosts: [${hostname}]" allows it`
        : 'Devices of this simulator never go there: the server has to name another host',
    )
  }
}
