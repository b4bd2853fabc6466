import { encodeJwt } from '../../protocols/jwt/jwt.ts'
import { issuerOf, principalIdOf } from './claims.ts'
import { unknownClient } from './clients.ts'
import { KEY_ID, TOKEN_LIFETIME_S, times } from './issue-tokens.ts'
import { missing, Refusal } from './refusal.ts'
import { type AskedResource, findResource } from './resources.ts'
import { clientIn, type TokenAnswer, type TokenRequest } from './token-request.ts'

/** An application without a user (RFC 6749, 4.4): it has the permissions that an administrator granted, at Graph alone. */
export function issueToApplication(asking: TokenRequest): TokenAnswer {
  const { tenant, authority, version } = asking
  const { tenantId, domain } = tenant.definition
  if (![tenantId, domain.toLowerCase()].includes(authority.toLowerCase())) {
    const text = `Tenant '${authority.slice(0, 60)}' not found: an application signs in to its own tenant.`
    return new Refusal('invalid_request', 90002, text)
  }
  const client = clientIn(asking)
  if (client instanceof Refusal) return client
  const { application } = client
  if (!application) return unknownClient(tenant, client.id)
  if (!client.isConfidential) {
    return new Refusal(
      'invalid_client',
      7000218,
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    )
  }
  const resource = resourceOf(asking)
  if (resource instanceof Refusal) return resource
  const now = Math.floor(tenant.now() / 1000)
  const principal = principalIdOf(tenant, application.id)
  const claims = {
    aud: resource.audience,
    iss: issuerOf(tenant, tenantId, 1),
    ...times(now),
    app_displayname: application.name,
    appid: application.id,
    appidacr: '1',
    idp: issuerOf(tenant, tenantId, 1),
    idtyp: 'app',
    oid: principal,
    ...(resource.name === 'graph' ? { roles: application.permissions } : {}),
    sub: principal,
    tid: tenantId,
    ver: '1.0',
  }
  const token = encodeJwt(claims, tenant.tokenKey(), KEY_ID)
  const seconds = version === 1 ? String(TOKEN_LIFETIME_S) : TOKEN_LIFETIME_S
  return {
    token_type: 'Bearer',
    expires_in: seconds,
    ext_expires_in: seconds,
    ...(version === 1
      ? { expires_on: String(now + TOKEN_LIFETIME_S), not_before: String(now - 300), resource: resource.audience }
      : {}),
    access_token: token,
  }
}

/** Version 1 names a resource, version 2 the scope that means all of its permissions. Version 1 with a scope is read as version 2. */
function resourceOf({ tenant, form, version }: TokenRequest): AskedResource | Refusal {
  const [scope, named] = [form.get('scope') ?? '', form.get('resource')]
  if (version === 2 && named !== null) {
    return new Refusal('invalid_request', 901002, "The 'resource' request parameter is not supported.")
  }
  if (version === 1 && named === null && scope === '') return missing('resource')
  const words = scope.trim().split(/\s+/)
  if (named === null && (words.length !== 1 || !words[0]!.endsWith('/.default'))) {
    const text = `The provided value for scope ${scope.slice(0, 100)} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`
    return new Refusal('invalid_scope', 1002012, text)
  }
  const asked = named ?? words[0]!.replace(/\/\.default$/, '')
  const text = `The resource principal named ${asked.slice(0, 100)} was not found in the tenant named ${tenant.definition.name}.`
  return findResource(tenant, asked, 'graph') ?? new Refusal('invalid_resource', 500011, text)
}
