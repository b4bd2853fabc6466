import { X509Certificate } from 'node:crypto'
import { ENTRA_RESOURCES } from '../domain/entra-resources.ts'
import { safeText } from '../domain/safe-text.ts'
import type { Target } from '../domain/target.ts'
import type { TenantDefinition } from '../domain/tenant.ts'
import { DecodeError } from '../domain/trouble.ts'
import { type Claims, decodeJwt, textClaim } from '../protocols/jwt/jwt.ts'
import { dayOf, type Finding, type Guess, goodUntil, guess, ok, problem, type Visit, warning } from './finding.ts'

/** What Entra writes and deployed validators read, by the version of the token (reference: mdm-protocols.md, 1.5 and 4.3). */
const WANTED = {
  1: ['tid', 'oid', 'scp', 'upn', 'unique_name', 'deviceid'],
  2: ['tid', 'oid', 'scp', 'preferred_username', 'deviceid'],
} as const
/** Seconds that an enrolment may take with a token. */
const SHORT_S = 600

/** What a device enrols with, before any server has seen it. Nothing of a token but its claims is ever shown. */
export function examineMeans(target: Target, tenant: TenantDefinition, visit: Visit): (Finding | Guess)[] {
  const { means } = target
  if (means === undefined) return []
  return [
    ...(means.token ? examineToken(means.token.reveal(), target, tenant, visit) : []),
    ...(means.certificate ? examineClientCertificate(means.certificate.der, visit.now) : []),
  ]
}

function examineToken(token: string, target: Target, tenant: TenantDefinition, visit: Visit): (Finding | Guess)[] {
  let read: ReturnType<typeof decodeJwt>
  try {
    read = decodeJwt(token)
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    return [
      warning(
        'token: it is no JWT, and shows nothing of what it says',
        'An MDM server checks the JWT of its identity provider: ask that for one (resource, audience, or use: idToken)',
      ),
    ]
  }
  const { header, claims } = read
  const who = textClaim(claims, 'upn') || textClaim(claims, 'preferred_username') || textClaim(claims, 'sub')
  const issuer = textClaim(claims, 'iss')
  return [
    ok(
      `token: ${safeText(String(header.alg))}, of ${safeText(issuer || 'an issuer that it does not name')}, for ${safeText(who || 'no person')}`,
    ),
    ...algorithmOf(header),
    ...timesOf(claims, visit),
    ...audienceOf(claims, target),
    ...tenantOf(claims, tenant),
    ...missingOf(claims),
  ]
}

function algorithmOf({ alg }: Claims): Finding[] {
  if (alg === 'none') return [problem('token: it has no signature (alg: none)', 'No server may take that')]
  if (typeof alg === 'string' && /^(RS|PS|ES)/.test(alg)) return []
  return [
    warning(`token: signed with ${safeText(String(alg))}`, 'Entra signs with RS256, and servers may take nothing else'),
  ]
}

/** By the server's clock, where it told it: it is the one that counts. */
function timesOf(claims: Claims, { now, skewMs = 0 }: Visit): Finding[] {
  const there = Math.floor((now + skewMs) / 1000)
  const { exp, nbf } = claims
  if (typeof exp !== 'number') return [warning('token: it never expires', 'Entra’s do; a server may insist on exp')]
  if (exp <= there) return [problem(`token: it expired ${ago(there - exp)}`, 'Get another one, and run this again')]
  if (typeof nbf === 'number' && nbf > there) {
    return [
      problem(`token: it is not valid for another ${span(nbf - there)}`, 'The clocks of issuer and server differ'),
    ]
  }
  if (exp - there < SHORT_S) {
    return [warning(`token: it is good for ${span(exp - there)} more`, 'A first boot may take longer, in real time')]
  }
  return [ok(`token: good for ${span(exp - there)}`)]
}

function audienceOf(claims: Claims, { endpoints }: Target): Finding[] {
  const audiences = [claims.aud].flat().filter((one) => typeof one === 'string')
  const wanted = endpoints.managementResource
  if (wanted === undefined) return []
  const plain = (text: string) => text.replace(/\/$/, '').toLowerCase()
  const fits = audiences.some((one) => plain(one) === plain(wanted) || one === ENTRA_RESOURCES.enrolment.id)
  const shown = safeText(audiences.join(', ')) || 'empty'
  if (fits) return [ok(`token: its audience is ${shown}`)]
  return [
    guess(
      `token: its audience is ${shown}; a device asks for one for ${wanted}`,
      'A server that knows itself by another name says so in services.managementResource',
    ),
  ]
}

function tenantOf(claims: Claims, { name, tenantId }: TenantDefinition): Finding[] {
  const tid = textClaim(claims, 'tid')
  if (tid === '' || tid.toLowerCase() === tenantId) return []
  return [
    guess(
      `token: it is of the tenant ${safeText(tid)}; the device joins ${tenantId} (${name})`,
      'A server that compares them refuses: --tenant names another school, a minted token another tid',
    ),
  ]
}

function missingOf(claims: Claims): Finding[] {
  const version = isVersion2(claims) ? 2 : 1
  const missing = WANTED[version].filter((name) => claims[name] === undefined)
  if (missing.length === 0) return []
  return [
    warning(
      `token: an enrolment token of Entra, version ${version}, has ${missing.join(', ')}; this one has not`,
      'Add them: servers read tid, scp and a name, some unique_name, oid or deviceid (mdm-protocols.md, 1.5 [L], 4.3 [O])',
    ),
  ]
}

/** Where a token says neither, its names tell: only version 2 has `preferred_username`. */
const isVersion2 = (claims: Claims): boolean =>
  claims.ver === undefined ? claims.upn === undefined && claims.preferred_username !== undefined : claims.ver === '2.0'

function examineClientCertificate(der: Uint8Array, now: number): Finding[] {
  const { subject, validFrom, validTo } = new X509Certificate(der)
  const [from, to] = [Date.parse(validFrom), Date.parse(validTo)]
  const name = safeText(subject.replaceAll('\n', ', '))
  if (now > to) return [problem(`certificate: ${name} expired on ${dayOf(to)}`, 'The device needs a new one')]
  if (now < from) return [problem(`certificate: ${name} is good from ${dayOf(from)} on`, 'Is the clock right?')]
  if (Number.isNaN(to)) {
    return [warning(`certificate: ${name} ends on a day that cannot be read`, 'Servers may refuse it: make another')]
  }
  return [ok(`certificate: ${name}, ${goodUntil(to, now)}`)]
}

const span = (seconds: number): string =>
  seconds < 120
    ? `${seconds} s`
    : seconds < 7200
      ? `${Math.round(seconds / 60)} minutes`
      : `${Math.round(seconds / 3600)} hours`
const ago = (seconds: number): string => `${span(seconds)} ago`
