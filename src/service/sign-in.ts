import { createHash } from 'node:crypto'
import type { Account, Branding } from '../domain/autopilot.ts'
import { safeText } from '../domain/safe-text.ts'
import type { Secret } from '../domain/secret.ts'
import { failure, type Result, success } from '../domain/trouble.ts'
import { decodeLoginPage, type LoginPage } from '../protocols/entra/login-page.ts'
import { decodeJson } from '../protocols/json.ts'
import { decodeJwt, textClaim } from '../protocols/jwt/jwt.ts'
import { ask, get, postForm, postJson, type Service, unexpectedStatus } from './service.ts'

/** The broker of Windows' own sign-in (reference: mdm-protocols.md, 4.1). */
const CLIENT_ID = '29d9ed98-a469-4536-ade2-f981bc1d605e'
const REDIRECT_URI = 'ms-aadj-redir://auth/drs'

/** AADSTS numbers that a person can do something about. */
const WRONG_PASSWORD = '50126'
const UNKNOWN_USER = '50034'

export interface Tokens {
  idToken: string
  accessToken: string
  refreshToken: string
}

export interface SignedIn {
  account: Account
  tokens: Tokens
}

const authorityOf = (usage: Account['kind']) => (usage === 'personal' ? 'consumers' : 'organizations')

/** The tenant's name and colours, from the realm of its domain. Null when there are none to be had. */
export async function loadBranding(service: Service, domain: string, signal?: AbortSignal): Promise<Branding | null> {
  if (domain === '') return null
  const url = `${service.endpoints.login}/common/userrealm/someone@${domain}?api-version=2.0`
  const options = { operation: 'Entra user realm', ...(signal ? { signal } : {}) }
  const answer = await ask<Branding>(service, get(url), options, (response) => {
    if (response.status !== 200) return unexpectedStatus('Entra user realm', response, url)
    const json = decodeJson(response.body, 'ERR_ENTRA_REALM_MALFORMED')
    const [info] = json.list('TenantBrandingInfo')
    const branding: Branding = { name: safeText(json.string('FederationBrandName'), 60) }
    const color = info?.optionalString('BackgroundColor')
    const text = info?.optionalString('BoilerPlateText')
    const hint = info?.optionalString('UserIdLabel')
    if (color && /^#[0-9a-f]{6}$/i.test(color)) branding.color = color
    if (text) branding.signInPageText = safeText(text, 300)
    if (hint) branding.usernameHint = safeText(hint, 64)
    return success(branding)
  })
  return answer.ok ? answer.value : null
}

/** Whether an account exists: `GetCredentialType`. */
export async function lookUpAccount(
  service: Service,
  email: string,
  signal?: AbortSignal,
): Promise<Result<'found' | 'unknown'>> {
  const url = `${service.endpoints.login}/common/GetCredentialType`
  const body = { username: email, isOtherIdpSupported: true, checkPhones: false, isRemoteNGCSupported: true }
  const options = { operation: 'Entra GetCredentialType', ...(signal ? { signal } : {}) }
  return ask(service, postJson(url, body), options, (response) => {
    if (response.status !== 200) return unexpectedStatus('Entra GetCredentialType', response, url)
    const json = decodeJson(response.body, 'ERR_ENTRA_CREDENTIAL_TYPE_MALFORMED')
    return success(json.number('IfExistsResult') === 0 ? 'found' : 'unknown')
  })
}

/** Signs in as the OOBE web host does: authorization code with PKCE (RFC 7636), the form of the sign-in page, the token. */
export async function signIn(
  service: Service,
  { email, password, usage }: { email: string; password: Secret; usage: Account['kind'] },
  signal?: AbortSignal,
): Promise<Result<SignedIn>> {
  const authority = `${service.endpoints.login}/${authorityOf(usage)}`
  const verifier = `${service.ids.short()}${service.ids.short()}${service.ids.short()}`
  const challenge = createHash('sha256').update(verifier).digest('base64url')
  const abort = signal ? { signal } : {}
  const query = new URLSearchParams({
    client_id: CLIENT_ID,
    response_type: 'code',
    redirect_uri: REDIRECT_URI,
    scope: 'openid profile offline_access',
    login_hint: email,
    state: service.ids.short(),
    nonce: service.ids.guid(),
    code_challenge: challenge,
    code_challenge_method: 'S256',
  })
  const authorizeUrl = `${authority}/oauth2/v2.0/authorize?${query.toString()}`
  const page = await ask<LoginPage>(
    service,
    get(authorizeUrl),
    { operation: 'OIDC authorize', ...abort },
    (response) =>
      response.status === 200
        ? success(decodeLoginPage(response.body))
        : unexpectedStatus('OIDC authorize', response, authorizeUrl),
  )
  if (!page.ok) return page

  const { urlPost, flowToken, context } = page.value
  const loginUrl = URL.canParse(urlPost, authority) ? new URL(urlPost, authority) : undefined
  if (loginUrl?.origin !== new URL(authority).origin) {
    return failure(
      'ERR_ENTRA_LOGIN_PAGE_MALFORMED',
      `the sign-in page posts to another origin, ${loginUrl?.origin ?? 'which is none'}`,
      authorizeUrl,
    )
  }
  const form = { login: email, passwd: password.reveal(), flowToken, ctx: context, type: '11' }
  const code = await ask<string>(
    service,
    postForm(loginUrl.href, form),
    { operation: 'Entra login', ...abort },
    (response) => {
      if (response.status === 302)
        return codeOf(response.headers.location ?? '', query.get('state') ?? '', loginUrl.href)
      if (response.status !== 200) return unexpectedStatus('Entra login', response, loginUrl.href)
      const { errorCode = '' } = decodeLoginPage(response.body)
      return failure(`AADSTS${errorCode}`, `the sign-in was refused with AADSTS${errorCode}`, loginUrl.href)
    },
  )
  if (!code.ok) return code

  const tokenUrl = `${authority}/oauth2/v2.0/token`
  const grant = {
    client_id: CLIENT_ID,
    grant_type: 'authorization_code',
    code: code.value,
    redirect_uri: REDIRECT_URI,
    code_verifier: verifier,
  }
  return ask(service, postForm(tokenUrl, grant), { operation: 'OIDC token', ...abort }, (response) => {
    if (response.status !== 200) return unexpectedStatus('OIDC token', response, tokenUrl)
    const tokens = decodeTokens(response.body)
    const { claims } = decodeJwt(tokens.idToken)
    const account: Account = {
      upn: safeText(textClaim(claims, 'preferred_username') || email, 113),
      displayName: safeText(textClaim(claims, 'name') || email, 64),
      tenantId: textClaim(claims, 'tid'),
      kind: usage,
    }
    return success({ account, tokens })
  })
}

/** True for trouble that is the person's: another password helps. */
export const isWrongPassword = (code: string): boolean =>
  code === `AADSTS${WRONG_PASSWORD}` || code === `AADSTS${UNKNOWN_USER}`

/** A token for another resource; with the device's certificate it carries `deviceid`. */
export async function refreshToken(
  service: Service,
  { refreshToken: token, scope, certificate }: { refreshToken: string; scope: string; certificate: Uint8Array },
  signal?: AbortSignal,
): Promise<Result<Tokens>> {
  const url = `${service.endpoints.login}/organizations/oauth2/v2.0/token`
  const grant = { client_id: CLIENT_ID, grant_type: 'refresh_token', refresh_token: token, scope }
  const options = { operation: 'OIDC token (refresh)', certificate, ...(signal ? { signal } : {}) }
  return ask(service, postForm(url, grant), options, (response) => {
    if (response.status !== 200) return unexpectedStatus('OIDC token (refresh)', response, url)
    return success(decodeTokens(response.body))
  })
}

function decodeTokens(body: Uint8Array): Tokens {
  const json = decodeJson(body, 'ERR_ENTRA_TOKEN_MALFORMED')
  return {
    idToken: json.optionalString('id_token') ?? '',
    accessToken: json.string('access_token'),
    refreshToken: json.optionalString('refresh_token') ?? '',
  }
}

function codeOf(location: string, state: string, url: string): Result<string> {
  const query = new URLSearchParams(location.slice(location.indexOf('?') + 1))
  const code = query.get('code')
  if (!location.startsWith(REDIRECT_URI) || !code || query.get('state') !== state) {
    return failure('ERR_ENTRA_REDIRECT_MALFORMED', 'the sign-in did not come back with a code', url)
  }
  return success(code)
}
