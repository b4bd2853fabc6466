import { type KeyObject, sign, verify } from 'node:crypto'
import { DecodeError } from '../../domain/trouble.ts'

export type Claims = Record<string, unknown>

/** A claim that should be a text; empty when it is none. */
export const textClaim = (claims: Claims, name: string): string => {
  const value = claims[name]
  return typeof value === 'string' ? value : ''
}

export interface Jwt {
  header: Claims
  claims: Claims
}

const LENGTH_MAX = 64 * 1024

const encodePart = (part: Claims): string => Buffer.from(JSON.stringify(part)).toString('base64url')

/** A compact JWS, RS256 (RFC 7515, 7.1; RFC 7518, 3.3). */
export const encodeJwt = (claims: Claims, key: KeyObject, keyId: string): string =>
  encodeSigned({ typ: 'JWT', alg: 'RS256', kid: keyId }, claims, (input) => sign('sha256', input, key))

/** A compact JWS with its own header; the header has to say what `signed` does. */
export function encodeSigned(header: Claims, claims: Claims, signed: (input: Uint8Array) => Uint8Array): string {
  const input = `${encodePart(header)}.${encodePart(claims)}`
  return `${input}.${Buffer.from(signed(Buffer.from(input))).toString('base64url')}`
}

/** Base64url without padding (RFC 7515, 2), which the platform’s own decoder is lenient about. Of `none` the signature is empty. */
const COMPACT = /^[\w-]+\.[\w-]+\.[\w-]*$/

/** Reads header and claims without checking anything. @throws DecodeError `ERR_JWT_MALFORMED` */
export function decodeJwt(token: string): Jwt {
  if (token.length > LENGTH_MAX || !COMPACT.test(token)) throw new DecodeError('ERR_JWT_MALFORMED', 'not a compact JWT')
  const parts = token.split('.')
  return { header: decodePart(parts[0]!), claims: decodePart(parts[1]!) }
}

/**
 * Checks the signature (RS256 only, so `none` is refused) and the times.
 * @param now Unix seconds
 * @throws DecodeError `ERR_JWT_MALFORMED`, `ERR_JWT_ALGORITHM`, `ERR_JWT_SIGNATURE`, `ERR_JWT_EXPIRED`
 */
export function verifyJwt(token: string, key: KeyObject, now: number): Claims {
  const { header, claims } = decodeJwt(token)
  // RFC 7515, 4.1.11: what a header calls critical has to be understood, and nothing is here.
  if (header.crit !== undefined) throw new DecodeError('ERR_JWT_MALFORMED', 'a header calls something critical')
  if (header.alg !== 'RS256') throw new DecodeError('ERR_JWT_ALGORITHM', `algorithm ${String(header.alg)} is refused`)
  const cut = token.lastIndexOf('.')
  const signature = Buffer.from(token.slice(cut + 1), 'base64url')
  if (!verify('sha256', Buffer.from(token.slice(0, cut)), key, signature)) {
    throw new DecodeError('ERR_JWT_SIGNATURE', 'the signature does not verify')
  }
  if (typeof claims.exp === 'number' && now >= claims.exp)
    throw new DecodeError('ERR_JWT_EXPIRED', 'the token has expired')
  if (typeof claims.nbf === 'number' && now < claims.nbf)
    throw new DecodeError('ERR_JWT_EXPIRED', 'the token is not valid yet')
  return claims
}

function decodePart(part: string): Claims {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Claims
  } catch {
    // falls through: not JSON is as malformed as not an object
  }
  throw new DecodeError('ERR_JWT_MALFORMED', 'a part is not a JSON object')
}
