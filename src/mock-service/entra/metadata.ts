import type { Handler } from '../handler.ts'
import { json } from '../responses.ts'
import type { Tenant } from '../tenant.ts'
import { CONSUMERS_TENANT } from './authorize.ts'
import { DEVICE_CODE_GRANT } from './device-code.ts'
import { KEY_ID } from './issue-tokens.ts'

/** `/.well-known/openid-configuration` of an authority, in both versions (OpenID Connect Discovery 1.0, section 4). */
export const handleMetadata: Handler = (request, tenant) => {
  const { origin, pathname } = new URL(request.url)
  const [, authority = 'common'] = pathname.split('/')
  const isSecond = pathname.includes('/v2.0/')
  const path = `${origin}/${authority}/oauth2${isSecond ? '/v2.0' : ''}`
  const who = tenantOf(authority.toLowerCase(), tenant)
  if (who === undefined) {
    return json(400, {
      error: 'invalid_tenant',
      error_description: `AADSTS90002: Tenant '${authority}' not found. Check to make sure you have the correct tenant ID.`,
    })
  }
  return json(200, {
    issuer: isSecond ? `${origin}/${who}/v2.0` : `https://sts.windows.test/${who}/`,
    authorization_endpoint: `${path}/authorize`,
    token_endpoint: `${path}/token`,
    device_authorization_endpoint: `${path}/devicecode`,
    jwks_uri: `${origin}/${authority}/discovery${isSecond ? '/v2.0' : ''}/keys`,
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    scopes_supported: ['openid'],
    grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials', DEVICE_CODE_GRANT],
    token_endpoint_auth_methods_supported: ['client_secret_post'],
    code_challenge_methods_supported: ['S256'],
    id_token_signing_alg_values_supported: ['RS256'],
    subject_types_supported: ['pairwise'],
  })
}

/** `/discovery/keys`: what the tokens are signed with (RFC 7517). */
export const handleKeys: Handler = (_, tenant) => {
  const { n, e } = tenant.tokenKey().export({ format: 'jwk' }) as { n: string; e: string }
  return json(200, { keys: [{ kty: 'RSA', use: 'sig', alg: 'RS256', kid: KEY_ID, n, e }] })
}

/** Who issues the tokens of an authority; undefined when the directory knows none by that name. */
function tenantOf(authority: string, { definition }: Tenant): string | undefined {
  const { tenantId, domain, otherAccounts } = definition
  if (authority === 'common' || authority === 'organizations') return '{tenantid}'
  if (authority === 'consumers' || authority === CONSUMERS_TENANT) return CONSUMERS_TENANT
  if (authority === domain.toLowerCase()) return tenantId
  return [tenantId, ...otherAccounts.map((account) => account.tenantId)].find((id) => id === authority)
}
