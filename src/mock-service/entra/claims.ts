import { createHash } from 'node:crypto'
import { DIRECTORY_ROLES, ENTRA_RESOURCES } from '../../domain/entra-resources.ts'
import type { UserDefinition } from '../../domain/tenant.ts'
import type { Claims } from '../../protocols/jwt/jwt.ts'
import { objectId } from '../directory/load.ts'
import { stableGuid } from '../stable-guid.ts'
import type { Tenant } from '../tenant.ts'
import type { TokenGrant } from './token-grant.ts'

/** The tenant of personal Microsoft accounts. */
export const CONSUMERS_TENANT = '9188040d-6c67-4c5b-b112-36a304b66dad'

/** Who issues the tokens of a tenant: the two versions have two names for it. */
export const issuerOf = (tenant: Tenant, tenantId: string, version: number): string =>
  version === 1 ? `https://sts.windows.test/${tenantId}/` : `${tenant.endpoints.login}/${tenantId}/v2.0`

interface Times {
  iat: number
  nbf: number
  exp: number
}

/**
 * Claims of an access token (Microsoft Learn, Access token claims reference). Its version is the resource's affair, and not that of the
 * endpoint: Microsoft's services take version 1, device management what the tenant's file says.
 */
export function accessClaims(tenant: Tenant, grant: TokenGrant & { scopes: string[] }, times: Times): Claims {
  const { user, tenantId, client, deviceId, wanted, scopes } = grant
  const { resource } = wanted
  const isEnrolment = resource.name === 'enrolment'
  const isSecond = isEnrolment && tenant.definition.enrollment.tokenVersion === 2
  const version = isSecond ? 2 : 1
  const reference = client.isConfidential ? '1' : '0'
  return {
    aud: isSecond ? ENTRA_RESOURCES.enrolment.id : resource.audience,
    iss: issuerOf(tenant, tenantId, version),
    ...times,
    ...(isSecond
      ? { azp: client.id, azpacr: reference }
      : { acr: '1', amr: grant.hasProof ? ['pwd', 'mfa'] : ['pwd'], appid: client.id, appidacr: reference }),
    ...(deviceId ? { deviceid: deviceId } : {}),
    ...(resource.name === 'graph' ? { idtyp: 'user' } : {}),
    name: user.name,
    oid: objectIdOf(user),
    ...(isSecond ? { preferred_username: user.email } : {}),
    scp: (resource.name === 'graph' ? [...new Set([...scopes, ...wanted.openid])] : scopes)
      .filter((scope) => scope !== 'offline_access')
      .join(' '),
    sub: subjectOf(user, client.id),
    tid: tenantId,
    ...(isSecond ? {} : { unique_name: user.email, upn: user.email }),
    ver: `${version}.0`,
  }
}

/** Claims of an ID token (Microsoft Learn, ID token claims reference), of the version of the endpoint. */
export function idClaims(tenant: Tenant, grant: Omit<TokenGrant, 'wanted' | 'scope'>, times: Times): Claims {
  const { user, tenantId, client, nonce, version } = grant
  return {
    aud: client.id,
    iss: issuerOf(tenant, tenantId, version),
    ...times,
    name: user.name,
    ...(nonce === undefined ? {} : { nonce }),
    oid: objectIdOf(user),
    ...(version === 2 ? { preferred_username: user.email } : { unique_name: user.email }),
    sub: subjectOf(user, client.id),
    tid: tenantId,
    // Optional in version 2; Windows has it in both.
    upn: user.email,
    ver: `${version}.0`,
    // A join makes those who have it local administrators: how a device learns of it later is assumed.
    ...(user.isGlobalAdministrator ? { wids: [DIRECTORY_ROLES.globalAdministrator] } : {}),
    ...(tenantId === tenant.definition.tenantId && isInMdmScope(tenant, user.email) ? mdmClaims(tenant) : {}),
  }
}

/** The MDM user scope: whose devices a join enrols. */
export function isInMdmScope(tenant: Tenant, email: string): boolean {
  const { mdmUserScope = 'all' } = tenant.enrolmentRules
  if (mdmUserScope === 'all' || mdmUserScope === 'none') return mdmUserScope === 'all'
  const { groups } = tenant.directory.now
  const { tenantId } = tenant.definition
  return mdmUserScope.some((id) => groups.get(objectId(tenantId, 'group', id))?.members.includes(email.toLowerCase()))
}

/** Where the tenant's device management is: restricted claims that the documentation of claims mapping names. */
const mdmClaims = ({ definition, endpoints }: Tenant) => ({
  mdm_enrollment_url: endpoints.discovery,
  ...(definition.enrollment.termsOfUse ? { mdm_terms_of_use_url: termsOfUseUrl(endpoints.discovery) } : {}),
})

/** Beside the discovery service, on the management service's own host. */
export const termsOfUseUrl = (discovery: string): string => new URL('/TermsOfUse', discovery).href

/** Pairwise (OpenID Connect Core 1.0, 8.1): each application knows a user by another name. */
const subjectOf = (user: UserDefinition, clientId: string): string =>
  createHash('sha256').update(`${clientId}\n${user.email.toLowerCase()}`).digest('base64url')

/** The object id of a user: from the address, so that it is the same in every run. */
export const objectIdOf = (user: UserDefinition): string => stableGuid(user.email.toLowerCase())

/** Of an application in the tenant: its service principal. */
export const principalIdOf = (tenant: Tenant, applicationId: string): string =>
  stableGuid(`${tenant.definition.tenantId}\n${applicationId.toLowerCase()}`)
