import type { Handler } from '../handler.ts'
import { json } from '../responses.ts'
import { directoryOf, unknownAuthority } from './authority.ts'
import { GRANT } from './grant-types.ts'
import { KEY_ID } from './issue-tokens.ts'
import { Refusal, refuse } from './refusal.ts'

/** `/.well-known/openid-configuration` of an authority, in both versions (OpenID Connect Discovery 1.0, section 4). */
export const handleMetadata: Handler = (request, tenant) => {
  const { origin, pathname } = new URL(request.url)
  const [, authority = 'common'] = pathname.split('/')
  const isSecond = pathname.includes('/v2.0/')
  const path = `${origin}/${authority}/oauth2${isSecond ? '/v2.0' : ''}`
  const who = directoryOf(tenant, authority)
  if (who === undefined) {
    const { number, text } = unknownAuthority(authority)
    return refuse(request, tenant, new Refusal('invalid_tenant', number, text))
  }
  return json(200, {
    issuer: isSecond ? `${origin}/${who}/v2.0` : `https://sts.windows.test/${who}/`,
    authorization_endpoint: `${path}/authorize`,
    token_endpoint: `${path}/token`,
    device_authorization_endpoint: `${path}/devicecode`,
    jwks_uri: `${origin}/${authority}/discovery${isSecond ? '/v2.0' : ''}/keys`,
    response_types_supported: ['code', 'id_token', 'code id_token'],
    response_modes_supported: ['query', 'fragment', 'form_post'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    // Entra does not list its grants and its methods of PKCE.
    grant_types_supported: Object.values(GRANT),
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    code_challenge_methods_supported: ['plain', 'S256'],
    id_token_signing_alg_values_supported: ['RS256'],
    subject_types_supported: ['pairwise'],
    request_uri_parameter_supported: false,
    ...cloudOf(origin),
  })
}

const cloudOf = (origin: string) => ({
  tenant_region_scope: null,
  cloud_instance_name: 'microsoftonline.test',
  msgraph_host: origin.endsWith('login.microsoftonline.test') ? 'graph.microsoft.test' : new URL(origin).host,
})

/** `/discovery/keys`: what the tokens are signed with (RFC 7517). */
export const handleKeys: Handler = (_, tenant) => {
  const { n, e } = tenant.tokenKey().export({ format: 'jwk' }) as { n: string; e: string }
  return json(200, { keys: [{ kty: 'RSA', use: 'sig', alg: 'RS256', kid: KEY_ID, n, e }] })
}
