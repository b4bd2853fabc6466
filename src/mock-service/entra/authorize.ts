import type { HttpResponse } from '../../domain/http.ts'
import type { UserDefinition } from '../../domain/tenant.ts'
import { encodeLoginPage } from '../../protocols/entra/login-page.ts'
import type { Handler } from '../handler.ts'
import { formOf, json, redirect, reply } from '../responses.ts'
import type { Tenant } from '../tenant.ts'

const HTML = 'text/html; charset=utf-8'

/** Resource of the device registration service. */
export const DRS_RESOURCE = 'urn:ms-drs:enterpriseregistration.windows.net'

/** AADSTS numbers, as the login page has them. */
const UNKNOWN_USER = '50034'
const WRONG_PASSWORD = '50126'
const NO_METHOD = '50072'

/** Authorization endpoint (OpenID Connect Core 1.0, 3.1.2; PKCE by RFC 7636): answers with the sign-in page. */
export const handleAuthorize: Handler = (request) => {
  const url = new URL(request.url)
  const query = url.searchParams
  const refuse = (number: number, text: string) =>
    json(400, { error: 'invalid_request', error_description: `AADSTS${number}: ${text}` })
  if (query.get('response_type') !== 'code' || query.get('code_challenge_method') !== 'S256') {
    return refuse(900144, 'code flow with S256 is required')
  }
  for (const name of ['client_id', 'redirect_uri', 'state', 'code_challenge']) {
    if (!query.get(name)) return refuse(900144, `the request must contain ${name}`)
  }
  if (!(query.get('scope') ?? '').split(' ').includes('openid')) return refuse(70011, 'the scope has to contain openid')
  if (!/^[\w-]{43}$/.test(query.get('code_challenge') ?? '')) return refuse(50149, 'the code challenge is no SHA-256')
  const [, authority = 'common'] = url.pathname.split('/')
  return reply(200, HTML, pageOf(authority, url.search.slice(1)))
}

/** Where the sign-in page posts. The context carries the authorization request along. */
export const handleLogin: Handler = (request, tenant) => {
  const form = formOf(request)
  const [, authority = 'common'] = new URL(request.url).pathname.split('/')
  const context = form.get('ctx') ?? ''
  if (form.get('flowToken') !== flowTokenOf(context)) return badFlow()
  const email = form.get('login') ?? ''
  const personal = tenant.findPersonalAccount(email)
  const found =
    authority === 'consumers' ? personal && { user: personal, tenantId: CONSUMERS_TENANT } : tenant.findUser(email)
  if (!found) return refused(authority, context, UNKNOWN_USER)
  const isFederated = tenant.definition.signIn === 'federated' && found.tenantId === tenant.definition.tenantId
  // A federated domain keeps its passwords to itself.
  if (isFederated || found.user.password !== form.get('passwd')) return refused(authority, context, WRONG_PASSWORD)
  return afterPassword(tenant, { ...found, authority, context })
}

/** Where the school's own page posts its assertion (WS-Federation 1.2, 13.2.2). */
export const handleFederatedLogin: Handler = (request, tenant) => {
  const form = formOf(request)
  const context = new URLSearchParams(form.get('wctx') ?? '').get('estsrequest') ?? ''
  const assertion = /AssertionID="([\w-]+)"/.exec(form.get('wresult') ?? '')?.[1] ?? ''
  const user = tenant.state.entra.assertions.get(assertion)
  tenant.state.entra.assertions.delete(assertion)
  if (form.get('wa') !== 'wsignin1.0' || !user) {
    return json(400, {
      error: 'invalid_request',
      error_description: 'AADSTS50008: the assertion is unknown or was used',
    })
  }
  return afterPassword(tenant, { user, tenantId: tenant.definition.tenantId, authority: 'organizations', context })
}

interface Entering {
  user: UserDefinition
  tenantId: string
  authority: string
  context: string
}

/** The password was right: a code, or the page of the second factor. Only who joins a device is asked for that. */
function afterPassword(tenant: Tenant, entering: Entering): HttpResponse {
  const { user, tenantId, authority, context } = entering
  const scopes = (queryIn(context).get('scope') ?? '').split(' ')
  const isJoining = scopes.includes(`${DRS_RESOURCE}/.default`)
  const { definition } = tenant
  if (!isJoining || !definition.enrollment.multifactor || tenantId !== definition.tenantId)
    return admit(tenant, entering)
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

/** Back to the client, with a code. */
export function admit(tenant: Tenant, { user, tenantId, context }: Entering): HttpResponse {
  const query = queryIn(context)
  const redirectUri = query.get('redirect_uri') ?? ''
  const codeChallenge = query.get('code_challenge') ?? ''
  if (redirectUri === '' || codeChallenge === '') return badFlow()
  const code = tenant.ids.short()
  const [clientId, scope] = ['client_id', 'scope'].map((name) => query.get(name) ?? '')
  const nonce = query.get('nonce') ?? undefined
  tenant.state.entra.codes.set(code, {
    user,
    tenantId,
    codeChallenge,
    redirectUri,
    clientId: clientId!,
    scope: scope!,
    nonce,
  })
  const answer = new URLSearchParams({ code, state: query.get('state') ?? '' })
  // A redirect URI may have its own query (RFC 6749, 3.1.2).
  return redirect(`${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${answer.toString()}`)
}

/** The tenant of personal Microsoft accounts. */
export const CONSUMERS_TENANT = '9188040d-6c67-4c5b-b112-36a304b66dad'

const badFlow = () =>
  json(400, { error: 'invalid_request', error_description: 'AADSTS90014: the flow token does not fit' })

const queryIn = (context: string): URLSearchParams =>
  new URLSearchParams(Buffer.from(context, 'base64url').toString('utf8'))

const refused = (authority: string, context: string, errorCode: string): HttpResponse =>
  reply(200, HTML, pageOf(authority, queryIn(context).toString(), errorCode))

function pageOf(authority: string, query: string, errorCode?: string): string {
  const context = Buffer.from(query).toString('base64url')
  return encodeLoginPage({
    urlPost: `/${authority}/login`,
    flowToken: flowTokenOf(context),
    context,
    ...(errorCode ? { errorCode } : {}),
  })
}

/** Ties the form to its page. A toy next to the real one, but a form of another page is refused. */
const flowTokenOf = (context: string): string => `ft.${Buffer.from(context).length}.${context.slice(-8)}`
