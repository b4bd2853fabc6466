import { createPublicKey } from 'node:crypto'
import { DecodeError } from '../../domain/trouble.ts'
import { type Claims, decodeJwt, textClaim, verifyJwt } from '../../protocols/jwt/jwt.ts'
import type { Tenant } from '../tenant.ts'
import { issuerOf } from './claims.ts'
import { KEY_ID } from './issue-tokens.ts'

/**
 * Checks an access token of this tenant: key, signature, times and purpose. An ID token is none, whatever its audience: it says who
 * a person is, and not what a client may do.
 *
 * @throws DecodeError `ERR_JWT_…`, `ERR_JWT_PURPOSE`
 */
export function verifyToken(tenant: Tenant, token: string): Claims {
  const claims = verifyJwt(token, createPublicKey(tenant.tokenKey()), Math.floor(tenant.now() / 1000))
  if (['scp', 'roles', 'idtyp'].some((name) => claims[name] !== undefined)) return claims
  throw new DecodeError('ERR_JWT_PURPOSE', 'the token is no access token: it has neither scp nor roles')
}

/**
 * As `verifyToken`, and the key it names and who issued it.
 *
 * @throws DecodeError `ERR_JWT_…`, `ERR_JWT_KEY`, `ERR_JWT_ISSUER`
 */
export function verifyIssuedToken(tenant: Tenant, token: string): Claims {
  const claims = verifyToken(tenant, token)
  const { kid } = decodeJwt(token).header
  if (kid !== KEY_ID) throw new DecodeError('ERR_JWT_KEY', `signed with an unknown key, ${String(kid)}`)
  const issuers = [1, 2].map((version) => issuerOf(tenant, textClaim(claims, 'tid'), version))
  if (!issuers.includes(textClaim(claims, 'iss'))) {
    throw new DecodeError('ERR_JWT_ISSUER', `issued by ${textClaim(claims, 'iss') || 'no issuer'}`)
  }
  return claims
}
