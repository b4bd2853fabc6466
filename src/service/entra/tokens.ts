import { DIRECTORY_ROLES } from '../../domain/entra-resources.ts'
import type { HttpResponse } from '../../domain/http.ts'
import { safeText } from '../../domain/safe-text.ts'
import { Secret } from '../../domain/secret.ts'
import { failure, type Result, success } from '../../domain/trouble.ts'
import { checked, decodeAnswer, object, optional, text } from '../../protocols/json-answer.ts'
import { decodeJwt, textClaim } from '../../protocols/jwt/jwt.ts'
import { ask, type FormFields, get, postForm, type Service, unexpectedStatus } from '../service.ts'

const MALFORMED = 'ERR_ENTRA_TOKEN_MALFORMED'

const METADATA = object({ authorization_endpoint: text, token_endpoint: text })
const TOKENS = object({ access_token: text, refresh_token: optional(text), id_token: optional(text) })
const REFUSAL = object({ error: optional(text), error_description: optional(text) })
const NAMED_REFUSAL = object({ error: text })

/** Template of the directory role, the same in every tenant. */
const GLOBAL_ADMINISTRATOR = DIRECTORY_ROLES.globalAdministrator

/** `aud` is left out: it may be a list (RFC 7519, 4.1.3), which is then of another application. */
const CLAIMS = object({
  nonce: optional(text),
  preferred_username: optional(text),
  upn: optional(text),
  name: optional(text),
  tid: optional(text),
  mdm_enrollment_url: optional(text),
  mdm_terms_of_use_url: optional(text),
})

/** The broker of Windows' own sign-in (reference: mdm-protocols.md, 4.1). */
export const CLIENT_ID = '29d9ed98-a469-4536-ade2-f981bc1d605e'

/** Endpoints of an authority, from its metadata (OpenID Connect Discovery 1.0, section 3). */
export interface OpenIdMetadata {
  authorizationEndpoint: string
  tokenEndpoint: string
}

/** What a sign-in leaves behind to get tokens with. */
export interface SignInSession {
  tokenEndpoint: string
  refreshToken: Secret
}

export interface Tokens {
  accessToken: Secret
  /** Empty where there is none. */
  refreshToken: Secret
  idClaims: IdClaims
}

/** Claims of an ID token that OOBE looks at. All texts are inert; what is not there is empty. */
export interface IdClaims {
  /** Whose sign-in it is of: the application's, and the one that it began with this value. */
  audience: string
  nonce: string
  upn: string
  name: string
  tenantId: string
  mdm: MdmAddresses
  /** `wids` names the directory role that a join makes a local administrator. */
  isGlobalAdministrator: boolean
}

/** Where the tenant's device management is: the claims `mdm_enrollment_url` and `mdm_terms_of_use_url`. */
export interface MdmAddresses {
  discovery?: string
  termsOfUse?: string
}

/** The metadata of an authority. Its endpoints have to be where it is itself. */
export async function openIdMetadata(
  service: Service,
  authority: string,
  signal?: AbortSignal,
): Promise<Result<OpenIdMetadata>> {
  const url = `${authority}/v2.0/.well-known/openid-configuration`
  const operation = 'OIDC metadata'
  return ask(service, get(url), { operation, ...(signal ? { signal } : {}) }, (response) => {
    if (response.status !== 200) return unexpectedStatus(operation, response, url)
    const metadata = decodeAnswer(response.body, METADATA, 'ERR_ENTRA_METADATA_MALFORMED')
    const { origin } = new URL(authority)
    const endpoints = [metadata.authorization_endpoint, metadata.token_endpoint] as const
    const stray = endpoints.find((endpoint) => !URL.canParse(endpoint) || new URL(endpoint).origin !== origin)
    if (stray !== undefined) {
      return failure('ERR_ENTRA_METADATA_MALFORMED', `an endpoint at another origin, ${safeText(stray, 100)}`, url)
    }
    return success({ authorizationEndpoint: endpoints[0], tokenEndpoint: endpoints[1] })
  })
}

/** Asks a token endpoint. What it refuses with is an `AADSTS` number (RFC 6749, 5.2). */
export const askForTokens = <Value>(
  service: Service,
  { tokenEndpoint, operation, signal }: { tokenEndpoint: string; operation: string; signal?: AbortSignal | undefined },
  form: FormFields,
  read: (response: HttpResponse) => Result<Value>,
): Promise<Result<Value>> =>
  ask(service, postForm(tokenEndpoint, form), { operation, ...(signal ? { signal } : {}) }, (response) =>
    response.status === 200 ? read(response) : refusalOf(response, operation, tokenEndpoint),
  )

/** Tokens for another resource, on what a sign-in left behind. No device is named in them. */
export const refreshTokens = (
  service: Service,
  { tokenEndpoint, refreshToken, scope }: SignInSession & { scope: string },
  signal?: AbortSignal,
): Promise<Result<Tokens>> =>
  askForTokens(
    service,
    { tokenEndpoint, operation: 'OIDC token (refresh)', signal },
    { client_id: CLIENT_ID, grant_type: 'refresh_token', refresh_token: refreshToken, scope },
    (response) => success(tokensOf(response.body)),
  )

/** @throws DecodeError `ERR_ENTRA_TOKEN_MALFORMED`, `ERR_JWT_MALFORMED` */
export function tokensOf(answer: Uint8Array | string): Tokens {
  const tokens = decodeAnswer(answer, TOKENS, MALFORMED)
  return {
    accessToken: new Secret(tokens.access_token),
    refreshToken: new Secret(tokens.refresh_token ?? ''),
    idClaims: idClaimsOf(tokens.id_token),
  }
}

function idClaimsOf(token: string | undefined): IdClaims {
  const all = token ? decodeJwt(token).claims : {}
  const claims = checked(all, CLAIMS, MALFORMED)
  const { mdm_enrollment_url: discovery, mdm_terms_of_use_url: termsOfUse } = claims
  const roles = Array.isArray(all.wids) ? all.wids : []
  return {
    audience: safeText(textClaim(all, 'aud'), 113),
    nonce: safeText(claims.nonce ?? '', 113),
    upn: safeText(claims.preferred_username ?? '', 113) || safeText(claims.upn ?? '', 113),
    name: safeText(claims.name ?? '', 64),
    tenantId: safeText(claims.tid ?? '', 64),
    isGlobalAdministrator: roles.includes(GLOBAL_ADMINISTRATOR),
    mdm: { ...(discovery ? { discovery } : {}), ...(termsOfUse ? { termsOfUse } : {}) },
  }
}

/** The number is in the description: `AADSTS50076: …`. A refusal without one keeps the name of its error. */
function refusalOf(response: HttpResponse, operation: string, url: string) {
  if (response.status < 400 || response.status >= 500) return unexpectedStatus(operation, response, url)
  const refusal = decodeAnswer(response.body, REFUSAL, MALFORMED)
  const description = safeText(refusal.error_description ?? '', 200)
  const code = /AADSTS\d{4,9}/.exec(description)?.[0]
  return failure(
    code ?? 'ERR_ENTRA_TOKEN_REFUSED',
    description || safeText(decodeAnswer(response.body, NAMED_REFUSAL, MALFORMED).error, 100),
    url,
  )
}
