import { ENTRA_RESOURCES } from '../../domain/entra-resources.ts'
import type { HttpRequest } from '../../domain/http.ts'
import { DecodeError } from '../../domain/trouble.ts'
import type { Claims } from '../../protocols/jwt/jwt.ts'
import { isAudienceOf } from '../entra/resources.ts'
import { verifyToken } from '../entra/tokens.ts'
import type { Tenant } from '../tenant.ts'
import { GraphError } from './graph-error.ts'

/** How Graph words what is wrong with a token [1]. */
const TEXTS: Record<string, string> = {
  ERR_JWT_EXPIRED: 'Lifetime validation failed, the token is expired.',
  ERR_JWT_MALFORMED: 'IDX14100: JWT is not well formed, there are no dots (.).',
}

/** @throws GraphError 401 */
export function authenticate(request: HttpRequest, tenant: Tenant): Claims {
  const challenge = {
    'www-authenticate': `Bearer realm="", authorization_uri="${tenant.endpoints.login}/common/oauth2/authorize", client_id="${ENTRA_RESOURCES.graph.id}"`,
  }
  const refuse = (message: string) =>
    new GraphError(401, 'InvalidAuthenticationToken', message, challenge, { origin: 'gateway' })
  const token = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (token === undefined) throw refuse('Access token is empty.')
  try {
    const claims = verifyToken(tenant, token)
    if (!isAudienceOf(tenant, 'graph', claims.aud, new URL(request.url).origin)) {
      throw refuse('Access token validation failure. Invalid audience.')
    }
    return claims
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    throw refuse(TEXTS[error.code] ?? `Access token validation failure. ${error.message}`)
  }
}
