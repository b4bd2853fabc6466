import { createHash } from 'node:crypto'
import { encodeJwt } from '../../protocols/jwt/jwt.ts'
import type { Tenant } from '../tenant.ts'
import { ACCOUNT_SENTENCES, accountRefusal, withoutPassword } from './account-state.ts'
import { accessClaims, CONSUMERS_TENANT, idClaims, objectIdOf } from './claims.ts'
import { ACCESS_SENTENCES, accessRefusal, asksForProof } from './conditional-access.ts'
import { grantedScopes } from './consent.ts'
import { Refusal } from './refusal.ts'
import type { Wanted } from './scopes.ts'
import type { SignedInUser } from './signed-in-user.ts'
import type { TokenGrant } from './token-grant.ts'

/** Names the tenant's signing key in the header of its tokens. */
export const KEY_ID = 'oobe-sim-1'

/** Seconds. */
export const TOKEN_LIFETIME_S = 3_600

/** Bytes of a refresh token. Entra's are some hundred characters long, and opaque. */
const REFRESH_TOKEN_BYTES = 480

/** An opaque token, as long as Entra's: base64url, and of one of the tenant's ids. */
export const longToken = (tenant: Tenant): string =>
  createHash('shake256', { outputLength: REFRESH_TOKEN_BYTES }).update(tenant.ids.short()).digest('base64url')

/** The answer of the token endpoint (RFC 6749, 5.1), before it is written. */
export function issueTokens(tenant: Tenant, grant: TokenGrant): Record<string, unknown> | Refusal {
  const refusal = whyNot(tenant, grant)
  if (refusal) return refusal
  const scopes = scopesOf(tenant, grant)
  if (scopes instanceof Refusal) return scopes
  const { wanted, client, version, user, tenantId, hasProof } = grant
  const now = Math.floor(tenant.now() / 1000)
  const accessToken = encodeJwt(accessClaims(tenant, { ...grant, scopes }, times(now)), tenant.tokenKey(), KEY_ID)
  const hasIdToken = version === 1 || wanted.openid.includes('openid')
  const hasRefreshToken = version === 1 || grant.isRefreshed || wanted.openid.includes('offline_access')
  const refreshToken = hasRefreshToken ? longToken(tenant) : undefined
  if (refreshToken !== undefined) {
    const { scope, resource } = grant
    const kept = { user, tenantId, clientId: client.id, scope, resource, ...(hasProof ? { hasProof } : {}) }
    tenant.state.entra.refreshTokens.set(refreshToken, kept)
  }
  return {
    token_type: 'Bearer',
    ...(version === 1
      ? firstVersion(wanted, scopes, now)
      : { scope: scopeText(wanted, scopes), expires_in: TOKEN_LIFETIME_S, ext_expires_in: TOKEN_LIFETIME_S }),
    access_token: accessToken,
    ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
    ...(hasIdToken ? { id_token: issueIdToken(tenant, grant) } : {}),
    ...(grant.hasClientInfo ? { client_info: clientInfo(grant) } : {}),
  }
}

/** @param more claims that tie it to what comes with it */
export const issueIdToken = (tenant: Tenant, grant: Omit<TokenGrant, 'wanted' | 'scope'>, more: object = {}): string =>
  encodeJwt({ ...idClaims(tenant, grant, times(Math.floor(tenant.now() / 1000))), ...more }, tenant.tokenKey(), KEY_ID)

/** Who has signed in, as Microsoft's libraries name an account in their caches. */
export const clientInfo = ({ user, tenantId }: SignedInUser): string =>
  Buffer.from(JSON.stringify({ uid: objectIdOf(user), utid: tenantId })).toString('base64url')

/** Unix seconds. Entra's clocks differ by up to five minutes. */
export const times = (now: number) => ({ iat: now, nbf: now - 300, exp: now + TOKEN_LIFETIME_S })

/** Why a sign-in is of no use any more, or of none for this. */
function whyNot(tenant: Tenant, { user, tenantId, hasProof, wanted, from }: TokenGrant): Refusal | undefined {
  const found =
    tenantId === CONSUMERS_TENANT ? tenant.findPersonalAccount(user.email) : tenant.findUser(user.email)?.user
  if (!found) {
    return new Refusal(
      'invalid_grant',
      500341,
      `The user account ${objectIdOf(user)} has been deleted from the ${tenantId} directory.`,
    )
  }
  if (found.password !== user.password) {
    return new Refusal(
      'invalid_grant',
      50173,
      'The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password.',
      { suberror: 'bad_token' },
    )
  }
  // Who has proven more than a password may have an old one.
  const account = accountRefusal(hasProof ? withoutPassword(found) : found)
  // A lock is for passwords: what was given before it stays good.
  if (account && account !== 50053) return new Refusal('invalid_grant', account, ACCOUNT_SENTENCES[account])
  const entering = { user: found, tenantId, from }
  const access = accessRefusal(tenant, entering, wanted)
  if (access) return new Refusal('invalid_grant', access, ACCESS_SENTENCES[access], { suberror: 'message_only' })
  const { definition } = tenant
  const isJoining = wanted.resource.name === 'registration' && tenantId === definition.tenantId
  const needsProof = (isJoining && definition.enrollment.multifactor) || asksForProof(tenant, entering, wanted)
  if (!needsProof || hasProof) return undefined
  return new Refusal(
    'invalid_grant',
    50076,
    `Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access '${wanted.resource.audience}'.`,
    { suberror: 'basic_action' },
  )
}

function scopesOf(tenant: Tenant, grant: TokenGrant): string[] | Refusal {
  const { wanted, client } = grant
  switch (wanted.resource.name) {
    case 'graph':
      return grantedScopes(tenant, client, grant, wanted)
    case 'enrolment':
      return ['mdm_delegation']
    default:
      return ['user_impersonation']
  }
}

/** As a client asked for them: its cache finds a token by what it asked. What comes without a resource is what OpenID Connect gives. */
const scopeText = ({ texts, openid }: Wanted, scopes: string[]): string =>
  [...new Set([...(texts.length > 0 ? texts : scopes), ...openid])].filter((one) => one !== 'offline_access').join(' ')

/** Numbers are texts in version 1, and the resource is named. */
const firstVersion = ({ resource }: Wanted, scopes: string[], now: number) => ({
  scope: scopes.join(' '),
  expires_in: String(TOKEN_LIFETIME_S),
  ext_expires_in: String(TOKEN_LIFETIME_S),
  expires_on: String(now + TOKEN_LIFETIME_S),
  not_before: String(now - 300),
  resource: resource.audience,
})
