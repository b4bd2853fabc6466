import type { AadstsNumber } from '../../domain/explanations/aadsts.ts'
import type { HttpRequest, HttpResponse } from '../../domain/http.ts'
import type { Whereabouts } from '../../domain/named-locations.ts'
import type { UserDefinition } from '../../domain/tenant.ts'
import { encodeLoginPage } from '../../protocols/entra/login-page.ts'
import { assertionFault, decodeAssertion } from '../../protocols/webauthn/assertion.ts'
import type { Handler } from '../handler.ts'
import { formOf, reply } from '../responses.ts'
import type { Tenant } from '../tenant.ts'
import { accountRefusal, isStrong, mustChange, withoutPassword } from './account-state.ts'
import { directoryOf, mayEnter, unknownAuthority } from './authority.ts'
import { answerClient } from './authorization-answer.ts'
import { FIRST_VERSION, readAuthorization, type Unanswerable } from './authorization-request.ts'
import { CONSUMERS_TENANT } from './claims.ts'
import { accessRefusal, asksForProof } from './conditional-access.ts'
import { grantedScopes } from './consent.ts'
import { clientInfo, issueIdToken } from './issue-tokens.ts'
import { codeHash, keepCode } from './pending-codes.ts'
import { Refusal, refusalBody, refuse } from './refusal.ts'
import { challengeOf, registeredKeyOf } from './security-key.ts'
import type { SignedInUser } from './signed-in-user.ts'

const HTML = 'text/html; charset=utf-8'

/** AADSTS numbers, as the login page has them. */
const UNKNOWN_USER = '50034'
const WRONG_PASSWORD = '50126'
const NO_METHOD = '50072'
const OF_ANOTHER_TENANT = '50020'
const WRONG_ACCESS_PASS = '130503'
const UNKNOWN_KEY = '135010'
const KEY_NOT_ALLOWED = '135016'

/** Authorization endpoint (OpenID Connect Core 1.0, 3.1.2; PKCE by RFC 7636): answers with the sign-in page. */
export const handleAuthorize: Handler = (request, tenant) => {
  const { pathname, search } = new URL(request.url)
  const [, authority = 'common'] = pathname.split('/')
  if (directoryOf(tenant, authority) === undefined) return refuse(request, tenant, unknownAuthority(authority))
  const isSecond = pathname.includes('/v2.0/')
  const query = `${search.slice(1)}${isSecond ? '' : `&${FIRST_VERSION}=1`}`
  const read = readAuthorization(tenant, new URLSearchParams(query))
  return 'refusal' in read ? answerRefusal(request, tenant, read) : reply(200, HTML, pageOf(authority, query))
}

/** Where the sign-in page posts. The context carries the authorization request along. */
export const handleLogin: Handler = (request, tenant, { from }) => {
  const form = formOf(request)
  const [, authority = 'common'] = new URL(request.url).pathname.split('/')
  const context = form.get('ctx') ?? ''
  if (form.get('flowToken') !== flowTokenOf(context)) return badFlow(request, tenant)
  const assertion = form.get('assertion')
  if (assertion !== null) return afterSecurityKey(request, tenant, { authority, context, from }, assertion)
  const email = form.get('login') ?? ''
  const personal = tenant.findPersonalAccount(email)
  const found =
    authority === 'consumers' ? personal && { user: personal, tenantId: CONSUMERS_TENANT } : tenant.findUser(email)
  if (!found) return refused(authority, context, UNKNOWN_USER)
  const isFederated = tenant.definition.signIn === 'federated' && found.tenantId === tenant.definition.tenantId
  // A lock counts before the password does.
  if (found.user.locked) return refused(authority, context, '50053')
  const pass = form.get('accesspass')
  if (pass !== null && !isFederated)
    return afterAccessPass(request, tenant, { ...found, authority, context, from }, pass)
  // A federated domain keeps its passwords to itself.
  if (isFederated || found.user.password !== form.get('passwd')) return refused(authority, context, WRONG_PASSWORD)
  if (!mayEnter(tenant, authority, found.tenantId)) return refused(authority, context, OF_ANOTHER_TENANT)
  const { user } = found
  if (mustChange(user)) return reply(200, HTML, changePage(authority, context))
  return afterPassword(request, tenant, { ...found, authority, context, from })
}

/** Where the school's own page posts its assertion (WS-Federation 1.2, 13.2.2). */
export const handleFederatedLogin: Handler = (request, tenant, { from }) => {
  const form = formOf(request)
  const context = new URLSearchParams(form.get('wctx') ?? '').get('estsrequest') ?? ''
  const assertion = /AssertionID="([\w-]+)"/.exec(form.get('wresult') ?? '')?.[1] ?? ''
  const user = tenant.state.entra.assertions.get(assertion)
  tenant.state.entra.assertions.delete(assertion)
  if (form.get('wa') !== 'wsignin1.0' || !user) {
    const refusal = new Refusal(
      'invalid_request',
      50008,
      'The SAML token is invalid: the assertion is unknown or was used.',
    )
    return refuse(request, tenant, refusal)
  }
  const { tenantId } = tenant.definition
  return afterPassword(request, tenant, { user, tenantId, authority: 'organizations', context, from })
}

/** Where the page for a new password posts: the old one once more, and the new one. The wire of that page is not published [U]. */
export const handleNewPassword: Handler = (request, tenant, { from }) => {
  const form = formOf(request)
  const [, authority = 'common'] = new URL(request.url).pathname.split('/')
  const context = form.get('ctx') ?? ''
  if (form.get('flowToken') !== flowTokenOf(context)) return badFlow(request, tenant)
  const found = tenant.findUser(form.get('login') ?? '')
  if (!found || found.user.password !== form.get('oldpasswd')) return refused(authority, context, WRONG_PASSWORD)
  const password = form.get('newpasswd') ?? ''
  if (!isStrong(password, found.user)) return reply(200, HTML, changePage(authority, context, '120002'))
  const { mustChangePassword: _, passwordExpired: __, ...rest } = found.user
  const user = { ...rest, password }
  tenant.directory.change(tenant.now(), ({ users }) => ({ users: new Map(users).set(user.email.toLowerCase(), user) }))
  return afterPassword(request, tenant, { user, tenantId: found.tenantId, authority, context, from })
}

interface Entering {
  user: UserDefinition
  tenantId: string
  authority: string
  context: string
  from: Whereabouts | undefined
  hasProof?: boolean
}

/** A Temporary Access Pass: good once, and as good as a second proof (Microsoft Learn, Temporary Access Pass [L]; the wire is assumed). */
function afterAccessPass(request: HttpRequest, tenant: Tenant, entering: Entering, pass: string): HttpResponse {
  const { user, tenantId, authority, context } = entering
  if (user.temporaryAccessPass !== pass) return refused(authority, context, WRONG_ACCESS_PASS)
  if (!mayEnter(tenant, authority, tenantId)) return refused(authority, context, OF_ANOTHER_TENANT)
  const { temporaryAccessPass: _, ...rest } = user
  tenant.directory.change(tenant.now(), ({ users }) => ({ users: new Map(users).set(user.email.toLowerCase(), rest) }))
  return afterPassword(request, tenant, { ...entering, user: rest, hasProof: true })
}

/**
 * A security key: as good as a second proof. The fields are those of the real page [F]; the numbers of its refusals are in Microsoft's list
 * or in its script.
 */
function afterSecurityKey(
  request: HttpRequest,
  tenant: Tenant,
  { authority, context, from }: Pick<Entering, 'authority' | 'context' | 'from'>,
  json: string,
): HttpResponse {
  const assertion = decodeAssertion(json)
  const found = registeredKeyOf(tenant, assertion)
  if (!found) return refused(authority, context, UNKNOWN_KEY)
  const { origin } = new URL(request.url)
  const fault = assertionFault(assertion, { challenge: challengeOf(context), origin, publicKey: found.publicKey })
  if (fault !== undefined) {
    return refuse(request, tenant, new Refusal('invalid_request', 90014, `The assertion is not accepted: ${fault}.`))
  }
  const { user } = found
  if (tenant.definition.securityKeys === 'disabled') return refused(authority, context, KEY_NOT_ALLOWED)
  const { tenantId } = tenant.definition
  if (user.locked) return refused(authority, context, '50053')
  if (!mayEnter(tenant, authority, tenantId)) return refused(authority, context, OF_ANOTHER_TENANT)
  return afterPassword(request, tenant, { user, tenantId, authority, context, from, hasProof: true })
}

/** The password was right: a code, or the page of the second factor. Who joins a device is asked for that, and who sets up Windows Hello. */
function afterPassword(request: HttpRequest, tenant: Tenant, entering: Entering): HttpResponse {
  const { user, tenantId, authority, context, from, hasProof = false } = entering
  const { definition } = tenant
  const read = readAuthorization(tenant, queryIn(context))
  if ('refusal' in read) return badFlow(request, tenant)
  const refusal =
    accountRefusal(hasProof ? withoutPassword(user) : user) ??
    accessRefusal(tenant, { user, tenantId, from }, read.wanted)
  if (refusal) return refused(authority, context, `${refusal}`)
  const isJoining = read.wanted.resource.name === 'registration'
  const needsProof =
    read.asksForProof ||
    (isJoining && definition.enrollment.multifactor) ||
    asksForProof(tenant, { user, tenantId, from }, read.wanted)
  if (!needsProof || hasProof || tenantId !== definition.tenantId)
    return admit(request, tenant, { user, tenantId, context, ...(hasProof ? { hasProof } : {}) })
  if (user.authenticator === 'none') return refused(authority, context, NO_METHOD)
  const page = {
    urlPost: '/common/SAS/ProcessAuth',
    flowToken: flowTokenOf(`${context}${user.email}`),
    context,
    proof: { methods: ['PhoneAppNotification'], urlBegin: '/common/SAS/BeginAuth', urlEnd: '/common/SAS/EndAuth' },
  }
  // A client that asks for the notification has been here before.
  tenant.state.entra.proofs.set(page.flowToken, { email: user.email, context, sentAt: Number.NaN, isApproved: false })
  return reply(200, HTML, encodeLoginPage(page))
}

/** Back to the client, with what it asked for. */
export function admit(
  request: HttpRequest,
  tenant: Tenant,
  { context, ...person }: SignedInUser & { context: string },
): HttpResponse {
  const query = queryIn(context)
  const read = readAuthorization(tenant, query)
  if ('refusal' in read) return badFlow(request, tenant)
  const { client, wanted, target, nonce, scope, resource, version } = read
  if (wanted.resource.name === 'graph') {
    const scopes = grantedScopes(tenant, client, person, wanted)
    if (scopes instanceof Refusal) return answerRefusal(request, tenant, { refusal: asked(scopes), target })
  }
  const { codeChallenge, codeChallengeMethod } = read
  const pending = { ...person, codeChallenge, redirectUri: target.redirectUri, clientId: client.id, scope, nonce }
  const code = read.hasCode ? keepCode(tenant, { ...pending, resource, codeChallengeMethod }) : undefined
  const idToken = (): string => {
    const binding = code === undefined ? {} : { c_hash: codeHash(code) }
    return issueIdToken(tenant, { ...person, client, nonce, version }, binding)
  }
  return answerClient(target, {
    ...(code === undefined ? {} : { code }),
    ...(read.hasIdToken ? { id_token: idToken() } : {}),
    ...(query.get('client_info') === '1' ? { client_info: clientInfo(person) } : {}),
  })
}

/** What the token endpoint calls a missing consent: a person may be asked for it here, and an administrator has to give it. */
const asked = (refusal: Refusal): Refusal =>
  refusal.number === 65001
    ? new Refusal('access_denied', 90094, `The grant requires admin permission. ${refusal.text}`)
    : refusal

function answerRefusal(request: HttpRequest, tenant: Tenant, { refusal, target }: Unanswerable): HttpResponse {
  if (!target) return refuse(request, tenant, refusal)
  const { error, error_description, error_uri } = refusalBody(request, tenant, refusal)
  return answerClient(target, { error, error_description, error_uri })
}

const badFlow = (request: HttpRequest, tenant: Tenant): HttpResponse =>
  refuse(request, tenant, new Refusal('invalid_request', 90014, 'The flow token of the sign-in page does not fit.'))

const queryIn = (context: string): URLSearchParams =>
  new URLSearchParams(Buffer.from(context, 'base64url').toString('utf8'))

const refused = (authority: string, context: string, errorCode: `${AadstsNumber}`): HttpResponse =>
  reply(200, HTML, pageOf(authority, queryIn(context).toString(), errorCode))

function pageOf(authority: string, query: string, errorCode?: string): string {
  const context = Buffer.from(query).toString('base64url')
  return encodeLoginPage({
    urlPost: `/${authority}/login`,
    flowToken: flowTokenOf(context),
    context,
    challenge: challengeOf(context),
    ...(errorCode ? { errorCode } : {}),
  })
}

/** The page for a new password, which AADSTS50055 leads to. @param errorCode what was wrong with the new one */
function changePage(authority: string, context: string, errorCode: `${AadstsNumber}` = '50055'): string {
  const urlPost = `/${authority}/newpassword`
  return encodeLoginPage({ urlPost, flowToken: flowTokenOf(context), context, errorCode, changesPassword: true })
}

/** Ties the form to its page. A toy next to the real one, but a form of another page is refused. */
const flowTokenOf = (context: string): string => `ft.${Buffer.from(context).length}.${context.slice(-8)}`
