import { createHash } from 'node:crypto'
import type { UserDefinition } from '../../domain/tenant.ts'
import { encodeJwt } from '../../protocols/jwt/jwt.ts'
import type { Tenant } from '../tenant.ts'
import { CONSUMERS_TENANT, DRS_RESOURCE } from './authorize.ts'

/** Names the tenant's signing key in the header of its tokens. */
export const KEY_ID = 'oobe-sim-1'

/** Seconds. */
export const TOKEN_LIFETIME_S = 3_600

/** Windows' broker: access tokens name it as the application that asked. */
const BROKER = '29d9ed98-a469-4536-ade2-f981bc1d605e'

/** Intune's enrolment, as an application: the audience of version 2 tokens (reference: mdm-protocols.md, 1.5). */
export const MDM_APPLICATION = 'd4ebce55-015a-49b5-a083-c84d1797ae8c'

/** Who issues the tokens of a tenant: the two versions have two names for it. */
export const issuerOf = (tenant: Tenant, tenantId: string, version: number): string =>
  version === 1 ? `https://sts.windows.test/${tenantId}/` : `${tenant.endpoints.login}/${tenantId}/v2.0`

export interface TokenGrant {
  user: UserDefinition
  tenantId: string
  resource: string
  /** Of a device that has joined. */
  deviceId?: string | undefined
  /** Who asked: the ID token is for it, and the refresh token serves it alone. */
  clientId: string
  nonce?: string | undefined
}

/** The answer of the token endpoint (RFC 6749, 5.1), before it is written. */
export function issueTokens(tenant: Tenant, { user, tenantId, resource, deviceId, clientId, nonce }: TokenGrant) {
  const { definition, endpoints } = tenant
  const now = Math.floor(tenant.now() / 1000)
  const isManagement = resource === endpoints.managementResource.replace(/\/$/, '')
  const version = isManagement ? definition.enrollment.tokenVersion : 1
  const isSecond = version === 2
  const key = tenant.tokenKey()
  const common = {
    iat: now,
    nbf: now - 300,
    exp: now + TOKEN_LIFETIME_S,
    tid: tenantId,
    oid: objectIdOf(user),
    name: user.name,
    sub: subjectOf(user, clientId),
  }
  const accessToken = encodeJwt(
    {
      ...common,
      iss: issuerOf(tenant, tenantId, version),
      ver: `${version}.0`,
      aud: isManagement ? (isSecond ? MDM_APPLICATION : endpoints.managementResource) : resource,
      ...(isSecond ? { preferred_username: user.email, azp: BROKER } : { upn: user.email, appid: BROKER }),
      scp: isManagement ? 'mdm_delegation' : 'user_impersonation',
      ...(deviceId ? { deviceid: deviceId } : {}),
    },
    key,
    KEY_ID,
  )
  const refreshToken = tenant.ids.short()
  tenant.state.entra.refreshTokens.set(refreshToken, { user, tenantId, clientId })
  const isOurs = tenantId === definition.tenantId
  const idClaims = {
    ...common,
    iss: issuerOf(tenant, tenantId, 2),
    ver: '2.0',
    aud: clientId,
    ...(nonce === undefined ? {} : { nonce }),
    preferred_username: user.email,
    upn: user.email,
    ...(isOurs ? mdmClaims(tenant) : {}),
  }
  return {
    token_type: 'Bearer',
    scope: tenantId === CONSUMERS_TENANT ? 'openid profile' : resource,
    expires_in: TOKEN_LIFETIME_S,
    access_token: accessToken,
    refresh_token: refreshToken,
    id_token: encodeJwt(idClaims, key, KEY_ID),
  }
}

/** Where the tenant's device management is: restricted claims that the documentation of claims mapping names. */
const mdmClaims = ({ definition, endpoints }: Tenant) => ({
  mdm_enrollment_url: endpoints.discovery,
  ...(definition.enrollment.termsOfUse ? { mdm_terms_of_use_url: termsOfUseUrl(endpoints.discovery) } : {}),
})

/** Beside the discovery service, on the management service's own host. */
export const termsOfUseUrl = (discovery: string): string => new URL('/TermsOfUse', discovery).href

/** What a scope asks for: the resource in front of `/.default`; device registration where none is named. */
export function resourceIn(scope: string): string {
  const wanted = scope.split(' ').find((one) => one.endsWith('.default'))
  return wanted ? wanted.replace(/\/?\.default$/, '') : DRS_RESOURCE
}

/** Pairwise (OpenID Connect Core 1.0, 8.1): each application knows a user by another name. */
const subjectOf = (user: UserDefinition, clientId: string): string =>
  createHash('sha256').update(`${clientId}\n${user.email.toLowerCase()}`).digest('base64url')

/** A user's object id: from the address, so that it is the same in every run. */
export const objectIdOf = (user: UserDefinition): string => {
  const hex = createHash('sha256').update(user.email.toLowerCase()).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
