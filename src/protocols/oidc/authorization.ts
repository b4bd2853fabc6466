import { createHash } from 'node:crypto'
import { DecodeError } from '../../domain/trouble.ts'

/** An authorization request of the code flow with PKCE (RFC 6749, 4.1.1; RFC 7636, 4.3; OpenID Connect Core 1.0, 3.1.2.1). */
export interface AuthorizationRequest {
  clientId: string
  redirectUri: string
  scope: string
  state: string
  /** Of the ID token. */
  nonce: string
  codeChallenge: string
  /** RFC 8707. */
  resource?: string | undefined
  /** What some providers have in place of `resource`. */
  audience?: string | undefined
}

/** `S256` of a verifier (RFC 7636, 4.2). */
export const codeChallengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url')

/** The URL that a person opens. What the endpoint has of a query is kept (RFC 6749, 3.1). */
export function authorizationUrl(endpoint: string, request: AuthorizationRequest): string {
  const url = new URL(endpoint)
  const query: Record<string, string | undefined> = {
    response_type: 'code',
    client_id: request.clientId,
    redirect_uri: request.redirectUri,
    scope: request.scope,
    state: request.state,
    nonce: request.nonce,
    code_challenge: request.codeChallenge,
    code_challenge_method: 'S256',
    resource: request.resource,
    audience: request.audience,
  }
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, value)
  return url.href
}

/** What a provider sends a browser back with (RFC 6749, 4.1.2; RFC 9207). */
export interface AuthorizationAnswer {
  state?: string
  /** The issuer, as it names itself. */
  iss?: string
  code?: string
  error?: string
  errorDescription?: string
}

/** @throws DecodeError `ERR_OIDC_REDIRECT_MALFORMED` for a parameter that is there twice (RFC 6749, 3.1) */
export function decodeAuthorizationAnswer(query: URLSearchParams): AuthorizationAnswer {
  const only = (name: string): string | undefined => {
    const values = query.getAll(name)
    if (values.length > 1) throw new DecodeError('ERR_OIDC_REDIRECT_MALFORMED', `${name} is there twice`)
    return values[0] === '' ? undefined : values[0]
  }
  const members = {
    state: only('state'),
    iss: only('iss'),
    code: only('code'),
    error: only('error'),
    errorDescription: only('error_description'),
  }
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
}
