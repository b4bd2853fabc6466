import { windowsOf } from '../device/windows-version.ts'
import { CONNECTION_HINTS } from '../domain/connection-hints.ts'
import type { DeviceDefinition } from '../domain/device.ts'
import type { HttpResponse } from '../domain/http.ts'
import { safeText } from '../domain/safe-text.ts'
import type { Target } from '../domain/target.ts'
import { hostsOf, originsOf } from '../domain/target-hosts.ts'
import type { TenantDefinition } from '../domain/tenant.ts'
import { DecodeError, InfrastructureError, UserError } from '../domain/trouble.ts'
import { ConnectionTrouble, type Transport } from '../ports/http.ts'
import { deadline } from '../ports/stopwatch.ts'
import { refuseHost } from '../ports/target-guard.ts'
import type { TlsFacts } from '../ports/tls-inspection.ts'
import { type DiscoverResponse, decodeDiscoverResponse, encodeDiscoverRequest } from '../protocols/ms-mde2/discover.ts'
import { negotiatedVersion } from '../protocols/ms-mde2/request-version.ts'
import { decodeEnvelope } from '../protocols/soap/envelope.ts'
import { SOAP_CONTENT_TYPE } from '../protocols/soap/namespaces.ts'
import { examineCertificate } from './certificate.ts'
import { ANSWER_MAX_MS, type Finding, ok, problem, settled, type Visit, warning } from './finding.ts'
import { examinePolicy, TAKEN } from './policy.ts'
import { examineMeans } from './token.ts'

/** A clock that is minutes off breaks attestation and tokens (reference: oobe-autopilot-esp.md, 4.7 [D]). */
const SKEW_MAX_MS = 120_000

/** Who looks, and how. */
export interface Examination {
  target: Target
  device: DeviceDefinition
  /** The school that the device joins. */
  tenant: TenantDefinition
  transport: Transport
  clock: () => number
  /** Undefined when there is no handshake at all. */
  handshake: (url: URL) => Promise<TlsFacts | undefined>
  /** Has somebody sign in, where the profile wants that. */
  signIn: (target: Target) => Promise<Target>
}

/** Asks a target what a device would ask it, up to the request that would enrol it, and explains each answer. */
export async function examine(examination: Examination): Promise<Finding[]> {
  const { target, transport, clock, handshake, device, tenant } = examination
  const { discovery } = target.endpoints
  const findings: Finding[] = []
  const visits = new Map<string, Visit>()
  for (const url of originsOf(target)) {
    const { origin } = new URL(url)
    const answer = await ask(transport, 'GET', url)
    const isTls = url.startsWith('https:')
    if ('status' in answer) {
      findings.push(ok(`${origin} answers${isTls ? ', over TLS that the device trusts' : ', without TLS'}`))
      const skewMs = skewOf(answer, clock())
      visits.set(origin, { now: clock(), skewMs })
      findings.push(...clockOf(origin, skewMs))
    } else findings.push(answer)
    const facts = isTls ? await handshake(new URL(url)) : undefined
    if (facts) findings.push(...examineCertificate(origin, facts, clock()))
  }
  const visit = discovery === undefined ? undefined : visits.get(new URL(discovery).origin)
  if (discovery === undefined || visit === undefined) return findings
  const found = await examineDiscovery(target, discovery, device, transport)
  findings.push(...found.findings)
  const signedIn = await signInFor(examination)
  if (!('endpoints' in signedIn)) return [...findings, signedIn]
  // A person may have taken minutes for it.
  const afterwards = { ...visit, now: clock() }
  const means = examineMeans(signedIn, tenant, afterwards)
  if (found.answer === undefined || findings.some(isForeign)) return [...findings, ...settled(means, false)]
  const policy = await examinePolicy(signedIn, found.answer, device, transport, afterwards)
  return [...findings, ...settled(means, policy.some(isTaking)), ...policy]
}

const isTaking = ({ verdict, what }: Finding): boolean => verdict === 'ok' && what.startsWith(TAKEN)

/** Where discovery leads to a host that is not spoken to, nobody goes there to ask. */
const isForeign = ({ verdict, what }: Finding): boolean =>
  verdict === 'problem' && what.startsWith('discovery leads to')

/** Signing in may fail like anything else here. */
async function signInFor({ target, signIn }: Examination): Promise<Target | Finding> {
  try {
    return await signIn(target)
  } catch (error) {
    if (!(error instanceof UserError || error instanceof InfrastructureError)) throw error
    const details = error instanceof UserError ? error.details.join('; ') : ''
    return problem(`token: ${error.message} (${error.code})`, details)
  }
}

async function ask(
  transport: Transport,
  method: 'GET' | 'POST',
  url: string,
  body = '',
): Promise<HttpResponse | Finding> {
  const headers: Record<string, string> = method === 'POST' ? { 'content-type': SOAP_CONTENT_TYPE } : {}
  const request = {
    method,
    url,
    headers: { 'user-agent': 'ENROLLClient', ...headers },
    body: new TextEncoder().encode(body),
  }
  const signal = deadline(ANSWER_MAX_MS)
  try {
    return await transport(request, {}, signal)
  } catch (error) {
    if (signal.aborted) return problem(`${url} did not answer within ${ANSWER_MAX_MS / 1000} s`, 'Is it overloaded?')
    if (error instanceof ConnectionTrouble) {
      return problem(`${error.message} (${error.code})`, CONNECTION_HINTS[error.code] ?? '')
    }
    throw error
  }
}

function skewOf({ headers }: HttpResponse, now: number): number | undefined {
  const date = Date.parse(headers.date ?? '')
  return Number.isNaN(date) ? undefined : date - now
}

function clockOf(origin: string, skewMs: number | undefined): Finding[] {
  if (skewMs === undefined)
    return [warning(`${origin} does not say what time it is`, 'A Date header lets clocks be compared')]
  const skew = Math.abs(skewMs)
  // The header has whole seconds.
  if (skew <= SKEW_MAX_MS) return [ok(`its clock is ${Math.round(skew / 1000)} s off`)]
  return [
    warning(
      `the clock of ${origin} is ${Math.round(skew / 60_000)} minutes ${skewMs < 0 ? 'behind' : 'ahead'}`,
      'Tokens and attestation fail when clocks differ by minutes',
    ),
  ]
}

/**
 * [MS-MDE2] 3.1.4.1: Discover; then whether what it names may be spoken to. The GET is a note: it belongs to the discovery by
 * e-mail ([MS-MDE2] 1.3), and a device that joins Entra does not send it.
 */
async function examineDiscovery(
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
    for (const next of named) if (next !== undefined) findings.push(reachable(target, next))
    if (discovered.enrollmentPolicyServiceUrl === undefined) {
      findings.push(
        warning('discovery names no policy service', 'The device then takes RSA 2048 and SHA-1 (MS-MDE2 2.2.9.2)'),
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

function reachable(target: Target, url: string): Finding {
  if (!URL.canParse(url))
    return problem(`discovery leads to ${safeText(url)}, which is no URL`, 'It has to be an absolute URL')
  const { hostname } = new URL(url)
  try {
    refuseHost(hostname, hostsOf(target))
    return ok(`discovery leads to ${safeText(url)}`)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return problem(
      `discovery leads to ${safeText(url)}: ${error.message}`,
      error.code === 'ERR_TARGET_FOREIGN'
        ? `A profile that has "hosts: [${hostname}]" allows it`
        : 'Devices of this simulator never go there: the server has to name another host',
    )
  }
}
