import { createHash } from 'node:crypto'
import type { HttpResponse, Peer } from '../../domain/http.ts'
import type { UserDefinition } from '../../domain/tenant.ts'
import { encodeJwt } from '../../protocols/jwt/jwt.ts'
import { thumbprint } from '../../protocols/x509/certificate.ts'
import { formOf, json } from '../responses.ts'
import type { Handler } from '../router.ts'
import type { Tenant } from '../tenant.ts'
import { CONSUMERS_TENANT } from './authorize.ts'

/** Resource of the device registration service. */
const DRS_RESOURCE = 'urn:ms-drs:enterpriseregistration.windows.net'
const LIFETIME_S = 3_600

/** Token endpoint (RFC 6749, 4.1.3 and 6; RFC 7636, 4.6). */
export const handleToken: Handler = (request, tenant, peer) => {
  const form = formOf(request)
  switch (form.get('grant_type')) {
    case 'authorization_code':
      return redeemCode(tenant, form)
    case 'refresh_token':
      return refresh(tenant, form, peer)
    case 'client_credentials':
      return issueToApplication(tenant, form, new URL(request.url).pathname.split('/')[1] ?? '')
    default:
      return refuse('unsupported_grant_type', 'AADSTS70003: the grant type is not supported')
  }
}

function redeemCode(tenant: Tenant, form: URLSearchParams): HttpResponse {
  const code = form.get('code') ?? ''
  const pending = tenant.codes.get(code)
  tenant.codes.delete(code)
  if (!pending) return refuse('invalid_grant', 'AADSTS70008: the code is unknown or was used')
  const challenge = createHash('sha256')
    .update(form.get('code_verifier') ?? '')
    .digest('base64url')
  if (challenge !== pending.codeChallenge)
    return refuse('invalid_grant', 'AADSTS501481: the code verifier does not match')
  if (form.get('redirect_uri') !== pending.redirectUri || form.get('client_id') !== pending.clientId) {
    return refuse('invalid_grant', 'AADSTS50011: client or redirect URI differ')
  }
  return issue(tenant, pending.user, pending.tenantId, DRS_RESOURCE, undefined)
}

function refresh(tenant: Tenant, form: URLSearchParams, peer: Peer): HttpResponse {
  const token = form.get('refresh_token') ?? ''
  const grant = tenant.refreshTokens.get(token)
  if (!grant) return refuse('invalid_grant', 'AADSTS70043: the refresh token is unknown or has expired')
  const device = peer.certificate ? tenant.joined.get(thumbprint(peer.certificate)) : undefined
  const resource = (form.get('scope') ?? '').replace(/\/?\.default.*$/, '')
  return issue(tenant, grant.user, grant.tenantId, resource, device?.deviceId)
}

function issue(
  tenant: Tenant,
  user: UserDefinition,
  tenantId: string,
  resource: string,
  deviceId: string | undefined,
): HttpResponse {
  const now = Math.floor(tenant.now() / 1000)
  const key = tenant.tokenKey()
  const who = {
    iss: `https://login.microsoftonline.test/${tenantId}/v2.0`,
    iat: now,
    nbf: now - 300,
    exp: now + LIFETIME_S,
    tid: tenantId,
    oid: objectIdOf(user),
    name: user.name,
    preferred_username: user.email,
    upn: user.email,
    ver: '2.0',
  }
  const accessToken = encodeJwt(
    {
      ...who,
      aud: resource,
      scp: resource === DRS_RESOURCE ? 'user_impersonation' : 'mdm_delegation',
      ...(deviceId ? { deviceid: deviceId } : {}),
    },
    key,
    KEY_ID,
  )
  const refreshToken = tenant.ids.short()
  tenant.refreshTokens.set(refreshToken, { user, tenantId })
  return json(200, {
    token_type: 'Bearer',
    scope: tenantId === CONSUMERS_TENANT ? 'openid profile' : resource,
    expires_in: LIFETIME_S,
    access_token: accessToken,
    refresh_token: refreshToken,
    id_token: encodeJwt({ ...who, aud: '29d9ed98-a469-4536-ade2-f981bc1d605e' }, key, KEY_ID),
  })
}

/** An application by itself (RFC 6749, 4.4): it has the permissions that an administrator granted, and no user. */
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
    iss: `https://login.microsoftonline.test/${tenant.definition.tenantId}/v2.0`,
    iat: now,
    nbf: now - 300,
    exp: now + LIFETIME_S,
    aud: scope.replace(/\/\.default$/, ''),
    tid: tenant.definition.tenantId,
    appid: application.id,
    app_displayname: application.name,
    idtyp: 'app',
    roles: application.permissions,
  }
  const token = encodeJwt(claims, tenant.tokenKey(), KEY_ID)
  return json(200, { token_type: 'Bearer', expires_in: LIFETIME_S, access_token: token })
}

/** Names the tenant's signing key in the header of its tokens. */
export const KEY_ID = 'oobe-sim-1'

/** A user's object id: from the address, so that it is the same in every run. */
export const objectIdOf = (user: UserDefinition): string => {
  const hex = createHash('sha256').update(user.email.toLowerCase()).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

const refuse = (error: string, description: string): HttpResponse =>
  json(400, { error, error_description: description })
