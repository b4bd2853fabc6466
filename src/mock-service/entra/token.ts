import { createHash } from 'node:crypto'
import type { HttpResponse } from '../../domain/http.ts'
import { JWT_BEARER, NONCE_GRANT } from '../../protocols/entra/device-bound-token.ts'
import { encodeJwt } from '../../protocols/jwt/jwt.ts'
import type { Handler } from '../handler.ts'
import { formOf, json } from '../responses.ts'
import type { Tenant } from '../tenant.ts'
import { DEVICE_CODE_GRANT, redeemDeviceCode } from './device-code.ts'
import { answerDevice, issueNonce } from './device-session.ts'
import { issuerOf, issueTokens, KEY_ID, resourceIn, TOKEN_LIFETIME_S } from './issue-tokens.ts'

export { objectIdOf } from './issue-tokens.ts'

/** Token endpoint (RFC 6749, 4.1.3 and 6; RFC 7636, 4.6; [MS-OAPXBC] 3.2.5.1). */
export const handleToken: Handler = (request, tenant) => {
  const form = formOf(request)
  switch (form.get('grant_type')) {
    case 'authorization_code':
      return redeemCode(tenant, form)
    case 'refresh_token':
      return refresh(tenant, form)
    case NONCE_GRANT:
      return issueNonce(tenant)
    case JWT_BEARER:
      return answerDevice(tenant, form.get('request') ?? '')
    case DEVICE_CODE_GRANT:
      return redeemDeviceCode(tenant, form)
    case 'client_credentials':
      return issueToApplication(tenant, form, new URL(request.url).pathname.split('/')[1] ?? '')
    default:
      return refuse('unsupported_grant_type', 'AADSTS70003: the grant type is not supported')
  }
}

function redeemCode(tenant: Tenant, form: URLSearchParams): HttpResponse {
  const code = form.get('code') ?? ''
  const pending = tenant.state.entra.codes.get(code)
  tenant.state.entra.codes.delete(code)
  if (!pending) return refuse('invalid_grant', 'AADSTS70008: the code is unknown or was used')
  const challenge = createHash('sha256')
    .update(form.get('code_verifier') ?? '')
    .digest('base64url')
  if (challenge !== pending.codeChallenge)
    return refuse('invalid_grant', 'AADSTS501481: the code verifier does not match')
  if (form.get('redirect_uri') !== pending.redirectUri || form.get('client_id') !== pending.clientId) {
    return refuse('invalid_grant', 'AADSTS50011: client or redirect URI differ')
  }
  const { user, tenantId, clientId, nonce, scope } = pending
  return json(200, issueTokens(tenant, { user, tenantId, clientId, nonce, resource: resourceIn(scope) }))
}

function refresh(tenant: Tenant, form: URLSearchParams): HttpResponse {
  const clientId = form.get('client_id') ?? ''
  if (clientId === '') return refuse('invalid_request', 'AADSTS900144: the request must contain client_id')
  const grant = tenant.state.entra.refreshTokens.get(form.get('refresh_token') ?? '')
  if (!grant) return refuse('invalid_grant', 'AADSTS70043: the refresh token is unknown or has expired')
  if (grant.clientId !== clientId) {
    return refuse('invalid_grant', 'AADSTS700007: the grant was issued for a different client id')
  }
  return json(200, issueTokens(tenant, { ...grant, resource: resourceIn(form.get('scope') ?? '') }))
}

/** An application without a user (RFC 6749, 4.4): it has the permissions that an administrator granted. */
function issueToApplication(tenant: Tenant, form: URLSearchParams, authority: string): HttpResponse {
  const { tenantId, domain } = tenant.definition
  if (authority.toLowerCase() !== tenantId && authority.toLowerCase() !== domain.toLowerCase()) {
    return refuse(
      'invalid_request',
      `AADSTS90002: an application signs in to its own tenant, and not to "${authority}"`,
    )
  }
  const application = tenant.definition.applications.find(({ id }) => id === form.get('client_id'))
  if (!application) return refuse('unauthorized_client', 'AADSTS700016: the application was not found in the directory')
  if (application.secret !== form.get('client_secret')) {
    return json(401, { error: 'invalid_client', error_description: 'AADSTS7000215: the client secret is wrong' })
  }
  const scope = form.get('scope') ?? ''
  if (!scope.endsWith('/.default')) return refuse('invalid_scope', 'AADSTS1002012: the scope has to end in /.default')
  const now = Math.floor(tenant.now() / 1000)
  const claims = {
    iss: issuerOf(tenant, tenant.definition.tenantId, 2),
    iat: now,
    nbf: now - 300,
    exp: now + TOKEN_LIFETIME_S,
    aud: scope.replace(/\/\.default$/, ''),
    tid: tenant.definition.tenantId,
    appid: application.id,
    app_displayname: application.name,
    idtyp: 'app',
    roles: application.permissions,
  }
  const token = encodeJwt(claims, tenant.tokenKey(), KEY_ID)
  return json(200, { token_type: 'Bearer', expires_in: TOKEN_LIFETIME_S, access_token: token })
}

const refuse = (error: string, description: string): HttpResponse =>
  json(400, { error, error_description: description })
