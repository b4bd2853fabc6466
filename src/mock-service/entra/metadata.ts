import { json } from '../responses.ts'
import type { Handler } from '../router.ts'
import { CONSUMERS_TENANT } from './authorize.ts'
import { KEY_ID } from './issue-tokens.ts'

/** `/.well-known/openid-configuration` of an authority, in both versions (OpenID Connect Discovery 1.0, section 4). */
export const handleMetadata: Handler = (request) => {
  const { origin, pathname } = new URL(request.url)
  const [, authority = 'common'] = pathname.split('/')
  const isSecond = pathname.includes('/v2.0/')
  const path = `${origin}/${authority}/oauth2${isSecond ? '/v2.0' : ''}`
  const who = authority === 'consumers' ? CONSUMERS_TENANT : isTenantLess(authority) ? '{tenantid}' : authority
  return json(200, {
    issuer: isSecond ? `${origin}/${who}/v2.0` : `https://sts.windows.test/${who}/`,
    authorization_endpoint: `${path}/authorize`,
    token_endpoint: `${path}/token`,
    device_authorization_endpoint: `${path}/devicecode`,
    jwks_uri: `${origin}/${authority}/discovery${isSecond ? '/v2.0' : ''}/keys`,
    response_types_supported: ['code', 'id_token', 'code id_token'],
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

const isTenantLess = (authority: string): boolean => authority === 'common' || authority === 'organizations'
