import { createHash } from 'node:crypto'
import type { Account } from '../../domain/autopilot.ts'
import type { Secret } from '../../domain/secret.ts'
import { failure, type Result, success } from '../../domain/trouble.ts'
import { decodeLoginPage, type LoginPage, type ProofRequest } from '../../protocols/entra/login-page.ts'
import type { Assertion, AssertionRequest } from '../../protocols/webauthn/assertion.ts'
import { followForms, WEB_PASSWORD_REFUSED } from '../enrollment/web-sign-in.ts'
import { ask, type FormFields, get, postForm, type Service, unexpectedStatus } from '../service.ts'
import { askForTokens, CLIENT_ID, openIdMetadata, type SignInSession, type Tokens, tokensOf } from './tokens.ts'

const REDIRECT_URI = 'ms-aadj-redir://auth/drs'

/** The device registration service, as a resource: who signs in to join a device asks for it. */
export const REGISTRATION_SCOPE = 'urn:ms-drs:enterpriseregistration.windows.net/.default'
const SCOPE = 'openid profile offline_access'

/** AADSTS numbers that a person can do something about. */
const WRONG_PASSWORD = '50126'
const UNKNOWN_USER = '50034'
const EXPIRED_PASSWORD = '50055'

export interface SignInRequest {
  email: string
  password: Secret
  /** The password is a Temporary Access Pass. */
  isAccessPass?: boolean | undefined
  usage: Account['kind']
  /** To join the device, to sign in to one that is joined, or to set up Windows Hello on it. */
  purpose: 'join' | 'logon' | 'hello'
  /** The organization's own sign-in page, of a federated domain. */
  federation?: string | undefined
  /** Signs in the place of a password: a security key, once its PIN was good. */
  securityKey?: ((request: AssertionRequest) => Assertion) | undefined
}

export interface SignedIn {
  account: Account
  tokens: Tokens
  session: SignInSession
}

/** A sign-in under way: what its code will be exchanged with. */
interface Attempt {
  request: SignInRequest
  tokenEndpoint: string
  verifier: string
  state: string
  nonce: string
}

/** A sign-in that requires a second proof. */
export interface PendingProof {
  attempt: Attempt
  page: LoginPage & { proof: ProofRequest }
  /** Of the page, for its relative addresses. */
  url: string
}

/** A sign-in that requires a new password first. */
export interface PendingPassword {
  attempt: Attempt
  page: LoginPage
  url: string
}

export type SignInStep =
  | { kind: 'signedIn'; signedIn: SignedIn }
  | { kind: 'proof'; pending: PendingProof }
  | { kind: 'newPassword'; pending: PendingPassword }

const authorityOf = (usage: Account['kind']) => (usage === 'personal' ? 'consumers' : 'organizations')

const abortable = (signal: AbortSignal | undefined) => (signal ? { signal } : {})

/**
 * Signs in as the OOBE web host does: the authority's metadata, authorization code with PKCE (RFC 7636), the form of the
 * sign-in page or that of the organization's own, the token.
 */
export async function signIn(
  service: Service,
  request: SignInRequest,
  signal?: AbortSignal,
): Promise<Result<SignInStep>> {
  const authority = `${service.endpoints.login}/${authorityOf(request.usage)}`
  const metadata = await openIdMetadata(service, authority, signal)
  if (!metadata.ok) return metadata
  const { authorizationEndpoint, tokenEndpoint } = metadata.value
  const verifier = `${service.ids.short()}${service.ids.short()}${service.ids.short()}`
  const [state, nonce] = [service.ids.short(), service.ids.guid()]
  const attempt: Attempt = { request, tokenEndpoint, verifier, state, nonce }
  const url = authorizeUrl(authorizationEndpoint, attempt)
  const page = await ask<LoginPage>(
    service,
    get(url),
    { operation: 'OIDC authorize', ...abortable(signal) },
    (response) =>
      response.status === 200
        ? success(decodeLoginPage(response.body))
        : unexpectedStatus('OIDC authorize', response, url),
  )
  if (!page.ok) return page
  const { urlPost, flowToken, context } = page.value
  if (request.securityKey) {
    const { origin } = new URL(url)
    if (page.value.challenge === undefined) {
      return failure('ERR_ENTRA_LOGIN_PAGE_MALFORMED', 'the sign-in page has no challenge for a security key', url)
    }
    const assertion = JSON.stringify(request.securityKey({ challenge: page.value.challenge, origin }))
    const form: FormFields = { type: '23', ps: '23', assertion, flowToken, ctx: context }
    return submit(service, attempt, { url, target: urlPost, form }, signal)
  }
  if (request.federation !== undefined) return signInAtOwnPage(service, attempt, { url, context }, signal)
  const proof = request.isAccessPass ? { accesspass: request.password } : { passwd: request.password }
  const form: FormFields = { login: request.email, ...proof, flowToken, ctx: context, type: '11' }
  return submit(service, attempt, { url, target: urlPost, form }, signal)
}

function authorizeUrl(endpoint: string, { request, verifier, state, nonce }: Attempt): string {
  const url = new URL(endpoint)
  const query = {
    client_id: CLIENT_ID,
    response_type: 'code',
    redirect_uri: REDIRECT_URI,
    scope: request.purpose === 'logon' ? SCOPE : `${REGISTRATION_SCOPE} ${SCOPE}`,
    // Asks for a second proof, whatever the policies say.
    ...(request.purpose === 'hello' ? { amr_values: 'ngcmfa' } : {}),
    ...(request.email === '' ? {} : { login_hint: request.email }),
    state,
    nonce,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url.href
}

/** WS-Federation (reference: oobe-autopilot-esp.md, section 9): the organization's page, and its result to Entra. */
async function signInAtOwnPage(
  service: Service,
  attempt: Attempt,
  { url, context }: { url: string; context: string },
  signal: AbortSignal | undefined,
): Promise<Result<SignInStep>> {
  const { email, password, federation } = attempt.request
  const page = new URL(federation!)
  page.searchParams.set('username', email)
  page.searchParams.set('wa', 'wsignin1.0')
  page.searchParams.set('wtrealm', 'urn:federation:MicrosoftOnline')
  page.searchParams.set('wctx', `estsredirect=2&estsrequest=${context}`)
  const { origin } = new URL(url)
  const form = await followForms(service, get(page.href), {
    isLast: ({ action, fields }) =>
      fields.some(({ name }) => name === 'wresult') && URL.canParse(action) && new URL(action).origin === origin,
    username: email,
    password,
    ...abortable(signal),
  })
  if (!form.ok) {
    return form.trouble.code === WEB_PASSWORD_REFUSED
      ? { ...form, trouble: { ...form.trouble, code: `AADSTS${WRONG_PASSWORD}` } }
      : form
  }
  const fields = Object.fromEntries(form.value.fields.map(({ name, value }) => [name, value]))
  return submit(service, attempt, { url, target: form.value.action, form: fields }, signal)
}

/** Posts a form of the sign-in, and continues with the code or the page of the answer. */
export async function submit(
  service: Service,
  attempt: Attempt,
  { url, target, form }: { url: string; target: string; form: FormFields },
  signal: AbortSignal | undefined,
): Promise<Result<SignInStep>> {
  const loginUrl = URL.canParse(target, url) ? new URL(target, url) : undefined
  if (loginUrl?.origin !== new URL(url).origin) {
    const where = loginUrl?.origin ?? 'which is none'
    return failure('ERR_ENTRA_LOGIN_PAGE_MALFORMED', `the sign-in page posts to another origin, ${where}`, url)
  }
  const { href } = loginUrl
  const options = { operation: 'Entra login', ...abortable(signal) }
  const answer = await ask<{ code: string } | Exclude<SignInStep, { kind: 'signedIn' }>>(
    service,
    postForm(href, form),
    options,
    (response) => {
      if (response.status === 302) return codeOf(response.headers.location ?? '', attempt.state, href)
      if (response.status !== 200) return unexpectedStatus('Entra login', response, href)
      const page = decodeLoginPage(response.body)
      const { errorCode, proof } = page
      if (page.changesPassword && errorCode === EXPIRED_PASSWORD) {
        return success({ kind: 'newPassword', pending: { attempt, page, url: href } })
      }
      if (errorCode !== undefined) {
        return failure(`AADSTS${errorCode}`, `the sign-in was refused with AADSTS${errorCode}`, href)
      }
      if (!proof) return failure('ERR_ENTRA_LOGIN_PAGE_MALFORMED', 'a page that asks for nothing', href)
      return success({ kind: 'proof', pending: { attempt, page: { ...page, proof }, url: href } })
    },
  )
  if (!answer.ok) return answer
  if ('pending' in answer.value) return success(answer.value)
  return redeem(service, attempt, answer.value.code, signal)
}

async function redeem(
  service: Service,
  { request, tokenEndpoint, verifier, nonce }: Attempt,
  code: string,
  signal: AbortSignal | undefined,
): Promise<Result<SignInStep>> {
  const grant = {
    client_id: CLIENT_ID,
    grant_type: 'authorization_code',
    code,
    redirect_uri: REDIRECT_URI,
    code_verifier: verifier,
  }
  return askForTokens(service, { tokenEndpoint, operation: 'OIDC token', signal }, grant, (response) => {
    const tokens = tokensOf(response.body)
    const { audience, upn, name, tenantId, ...claims } = tokens.idClaims
    // OpenID Connect Core 1.0, 3.1.3.7: a token of another sign-in, or of another application's, says nothing of this one.
    if (claims.nonce !== nonce || audience !== CLIENT_ID) {
      return failure('ERR_ENTRA_ID_TOKEN', 'the ID token is of another sign-in', tokenEndpoint)
    }
    const account: Account = {
      upn: upn || request.email,
      displayName: name || request.email,
      tenantId,
      kind: request.usage,
    }
    return success({
      kind: 'signedIn',
      signedIn: { account, tokens, session: { tokenEndpoint, refreshToken: tokens.refreshToken } },
    })
  })
}

/** True for trouble that is the person's: another password helps. */
export const isWrongPassword = (code: string): boolean =>
  code === `AADSTS${WRONG_PASSWORD}` || code === `AADSTS${UNKNOWN_USER}`

function codeOf(location: string, state: string, url: string): Result<{ code: string }> {
  const query = new URLSearchParams(location.slice(location.indexOf('?') + 1))
  const code = query.get('code')
  const isOurs = location.startsWith(`${REDIRECT_URI}?`) && query.get('state') === state
  // OpenID Connect Core 1.0, 3.1.2.6: refused after the page, with the number in the description.
  const refused = isOurs ? /AADSTS\d{4,9}/.exec(query.get('error_description') ?? '')?.[0] : undefined
  if (refused !== undefined) return failure(refused, `the sign-in was refused with ${refused}`, url)
  if (!isOurs || !code) {
    return failure('ERR_ENTRA_REDIRECT_MALFORMED', 'the sign-in did not come back with a code', url)
  }
  return success({ code })
}
