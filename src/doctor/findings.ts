import type { VirtualDevice } from '../device/virtual-device.ts'
import type { DeviceDefinition } from '../domain/device.ts'
import type { HttpResponse } from '../domain/http.ts'
import type { Target } from '../domain/target.ts'
import { originsOf } from '../domain/target-hosts.ts'
import type { TenantDefinition } from '../domain/tenant.ts'
import { InfrastructureError, UserError } from '../domain/trouble.ts'
import type { Transport } from '../ports/http.ts'
import type { TlsFacts } from '../ports/tls-inspection.ts'
import { ask } from './ask.ts'
import { examineCertificate } from './certificate.ts'
import { examineDiscovery } from './discovery.ts'
import { examineEnrolment, NOT_ASKED_FOR } from './enrolment.ts'
import { type Finding, ok, problem, settled, type Visit, warning } from './finding.ts'
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
  /** Asks a person to sign in, where the profile requires that. */
  signIn: (target: Target) => Promise<Target>
  /** Enrols and holds the first session. Left out where the user has not asked for it: it makes a device at the server. */
  trial?: VirtualDevice | undefined
}

/** Asks a target what a device would ask it, up to the end of its first management session, and explains each answer. */
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
  const { trial } = examination
  const policy = await examinePolicy(signedIn, found.answer, trial?.definition ?? device, transport, afterwards)
  const enrolment = trial
    ? await examineEnrolment({ trial, target: signedIn, found: found.answer, transport, asked: policy.asked })
    : [NOT_ASKED_FOR]
  return [...findings, ...settled(means, policy.findings.some(isTaking)), ...policy.findings, ...enrolment]
}

const isTaking = ({ verdict, what }: Finding): boolean => verdict === 'ok' && what.startsWith(TAKEN)

/** Where discovery leads to a host that is not spoken to, the doctor sends no request there. */
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
