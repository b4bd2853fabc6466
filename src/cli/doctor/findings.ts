import { isMockHost } from '../../domain/endpoints.ts'
import type { HttpResponse } from '../../domain/http.ts'
import type { Target } from '../../domain/target.ts'
import { DecodeError, UserError } from '../../domain/trouble.ts'
import { ConnectionTrouble, type Transport } from '../../ports/http.ts'
import { refuseHost } from '../../ports/target-guard.ts'
import { decodeDiscoverResponse, encodeDiscoverRequest } from '../../protocols/ms-mde2/discover.ts'
import { decodeEnvelope } from '../../protocols/soap/envelope.ts'
import { SOAP_CONTENT_TYPE } from '../../protocols/soap/namespaces.ts'
import { CONNECTION_HINTS } from '../../scenario/check-target.ts'
import { hostsOf } from '../../scenario/target.ts'

/** What was looked at, and what it means for a device. */
export interface Finding {
  verdict: 'ok' | 'warning' | 'problem'
  what: string
  /** What helps; empty for what is in order. */
  hint: string
}

/** A clock that is minutes off breaks attestation and tokens (reference: oobe-autopilot-esp.md, 4.7 [D]). */
const SKEW_MAX_MS = 120_000

const ok = (what: string): Finding => ({ verdict: 'ok', what, hint: '' })
const problem = (what: string, hint = ''): Finding => ({ verdict: 'problem', what, hint })
const warning = (what: string, hint: string): Finding => ({ verdict: 'warning', what, hint })

/** Asks a target what a device would ask it first, without a token: who answers, what time it is there, and how to enrol. */
export async function examine(target: Target, transport: Transport, clock: () => number): Promise<Finding[]> {
  const { discovery } = target.endpoints
  const urls = [discovery, ...Object.values(target.endpoints)].flatMap((url) =>
    url === undefined || url.includes('{') || isMockHost(new URL(url).hostname) ? [] : [url],
  )
  const origins = new Map(urls.toReversed().map((url) => [new URL(url).origin, url]))
  const findings: Finding[] = []
  for (const [origin, url] of origins) {
    const answer = await ask(transport, 'GET', url)
    if (!('status' in answer)) return [...findings, answer]
    findings.push(ok(`${origin} answers${url.startsWith('https:') ? ', over TLS that the device trusts' : ''}`))
    findings.push(...clockOf(answer, origin, clock()))
  }
  if (discovery !== undefined) findings.push(...(await examineDiscovery(target, discovery, transport)))
  return findings
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
  try {
    return await transport(request, {}, new AbortController().signal)
  } catch (error) {
    if (error instanceof ConnectionTrouble) {
      return problem(`${error.message} (${error.code})`, CONNECTION_HINTS[error.code] ?? '')
    }
    throw error
  }
}

function clockOf({ headers }: HttpResponse, origin: string, now: number): Finding[] {
  const date = Date.parse(headers.date ?? '')
  if (Number.isNaN(date)) return []
  const skew = Math.abs(now - date)
  // The header has whole seconds.
  if (skew <= SKEW_MAX_MS) return [ok(`its clock is ${Math.round(skew / 1000)} s off`)]
  const minutes = Math.round(skew / 60_000)
  return [
    warning(
      `the clock of ${origin} is ${minutes} minutes off`,
      'Tokens and attestation fail when clocks differ by minutes',
    ),
  ]
}

/** [MS-MDE2] 3.1: an existence check, then Discover; then whether what it names may be spoken to. */
async function examineDiscovery(target: Target, url: string, transport: Transport): Promise<Finding[]> {
  const exists = await ask(transport, 'GET', url)
  if (!('status' in exists)) return [exists]
  const findings: Finding[] =
    exists.status === 200
      ? [ok('discovery: GET is answered with 200')]
      : [problem(`discovery: GET is answered with ${exists.status}`, 'A device gives up unless it is 200')]
  const message = encodeDiscoverRequest(
    {
      emailAddress: 'someone@example.test',
      requestVersion: '7.0',
      deviceType: 'CIMClient_Windows',
      applicationVersion: '10.0.26100.4652',
      osEdition: '203',
      authPolicies: ['OnPremise', 'Federated'],
    },
    { messageId: 'urn:uuid:00000000-0000-4000-8000-000000000001', to: url },
  )
  const answer = await ask(transport, 'POST', url, message)
  if (!('status' in answer)) return [...findings, answer]
  if (answer.status !== 200) {
    return [...findings, problem(`discovery: Discover is answered with ${answer.status}`, 'See [MS-MDE2] 3.1.4.1')]
  }
  try {
    const envelope = decodeEnvelope(answer.body)
    if (envelope.fault) return [...findings, problem(`discovery: a fault: ${envelope.fault.reason}`)]
    const found = decodeDiscoverResponse(envelope)
    findings.push(
      ok(
        `discovery: ${found.authPolicy} enrolment${found.enrollmentVersion ? `, version ${found.enrollmentVersion}` : ''}`,
      ),
    )
    const named = [found.enrollmentServiceUrl, found.enrollmentPolicyServiceUrl, found.authenticationServiceUrl]
    for (const next of named) if (next !== undefined) findings.push(reachable(target, next))
    if (found.enrollmentPolicyServiceUrl === undefined) {
      findings.push(
        warning('discovery names no policy service', 'The device then takes RSA 2048 and SHA-1 (MS-MDE2 2.2.9.2)'),
      )
    }
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    findings.push(problem(`discovery: the answer cannot be read: ${error.message} (${error.code})`))
  }
  return findings
}

function reachable(target: Target, url: string): Finding {
  if (!URL.canParse(url)) return problem(`discovery names ${url}, which is no URL`)
  const { hostname } = new URL(url)
  try {
    refuseHost(hostname, hostsOf(target))
    return ok(`discovery leads to ${url}`)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return problem(`discovery leads to ${url}: ${error.message}`, `A profile that has "hosts: [${hostname}]" allows it`)
  }
}
