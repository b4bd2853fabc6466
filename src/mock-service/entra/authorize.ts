import { encodeLoginPage } from '../../protocols/entra/login-page.ts'
import { formOf, json, redirect, reply } from '../responses.ts'
import type { Handler } from '../router.ts'

const HTML = 'text/html; charset=utf-8'

/** Authorization endpoint (OpenID Connect Core 1.0, 3.1.2; PKCE by RFC 7636): answers with the sign-in page. */
export const handleAuthorize: Handler = (request) => {
  const url = new URL(request.url)
  const query = url.searchParams
  if (query.get('response_type') !== 'code' || query.get('code_challenge_method') !== 'S256') {
    return json(400, { error: 'invalid_request', error_description: 'AADSTS900144: code flow with S256 is required' })
  }
  const [, authority = 'common'] = url.pathname.split('/')
  return reply(200, HTML, pageOf(authority, url.search.slice(1)))
}

/** Where the sign-in page posts. The context carries the authorization request along. */
export const handleLogin: Handler = (request, tenant) => {
  const form = formOf(request)
  const [, authority = 'common'] = new URL(request.url).pathname.split('/')
  const context = form.get('ctx') ?? ''
  const query = new URLSearchParams(Buffer.from(context, 'base64url').toString('utf8'))
  const redirectUri = query.get('redirect_uri') ?? ''
  const codeChallenge = query.get('code_challenge') ?? ''
  if (form.get('flowToken') !== flowTokenOf(context) || redirectUri === '' || codeChallenge === '') {
    return json(400, { error: 'invalid_request', error_description: 'AADSTS90014: the flow token does not fit' })
  }
  const email = form.get('login') ?? ''
  const personal = tenant.findPersonalAccount(email)
  const found =
    authority === 'consumers' ? personal && { user: personal, tenantId: CONSUMERS_TENANT } : tenant.findUser(email)
  if (!found) return reply(200, HTML, pageOf(authority, query.toString(), '50034'))
  if (found.user.password !== form.get('passwd')) return reply(200, HTML, pageOf(authority, query.toString(), '50126'))
  const code = tenant.ids.short()
  tenant.codes.set(code, { ...found, codeChallenge, redirectUri, clientId: query.get('client_id') ?? '' })
  const answer = new URLSearchParams({ code, state: query.get('state') ?? '' })
  return redirect(`${redirectUri}?${answer.toString()}`)
}

/** The tenant of personal Microsoft accounts. */
export const CONSUMERS_TENANT = '9188040d-6c67-4c5b-b112-36a304b66dad'

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
