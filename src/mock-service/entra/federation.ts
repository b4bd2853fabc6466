import { escapeHtml } from '../../domain/html-text.ts'
import type { Handler } from '../handler.ts'
import { formOf, reply } from '../responses.ts'
import type { Tenant } from '../tenant.ts'

const HTML = 'text/html; charset=utf-8'

/** The school's own sign-in page, as an AD FS shows it (WS-Federation 1.2, 13.2.1): a form, and after it an assertion. */
export const handleFederationPage: Handler = (request, tenant) => {
  const { searchParams } = new URL(request.url)
  const isAsked =
    tenant.definition.signIn === 'federated' &&
    searchParams.get('wa') === 'wsignin1.0' &&
    searchParams.get('wtrealm') === 'urn:federation:MicrosoftOnline'
  if (!isAsked) return reply(400, HTML, '<!DOCTYPE html><html><body><p>The request is not supported.</p></body></html>')
  return reply(200, HTML, formPage(tenant, searchParams.get('username') ?? '', searchParams.get('wctx') ?? ''))
}

export const handleFederationForm: Handler = (request, tenant) => {
  const form = formOf(request)
  const [email, context] = [form.get('UserName') ?? '', form.get('wctx') ?? '']
  const found = tenant.findUser(email)
  const isOurs = found?.tenantId === tenant.definition.tenantId
  if (!isOurs || found?.user.password !== form.get('Password'))
    return reply(200, HTML, formPage(tenant, email, context))
  const assertion = `_${tenant.ids.guid()}`
  tenant.state.entra.assertions.set(assertion, found!.user)
  const upn = escapeHtml(found!.user.email)
  // The assertion is known by its id: what is simulated is the way of it, not a signature of the school.
  const result = `<t:RequestSecurityTokenResponse xmlns:t="http://schemas.xmlsoap.org/ws/2005/02/trust"><t:RequestedSecurityToken><saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:1.0:assertion" AssertionID="${assertion}"><saml:AttributeValue>${upn}</saml:AttributeValue></saml:Assertion></t:RequestedSecurityToken></t:RequestSecurityTokenResponse>`
  const fields = { wa: 'wsignin1.0', wresult: result, wctx: context }
  const inputs = Object.entries(fields).map(([name, value]) => hidden(name, value))
  return reply(
    200,
    HTML,
    `<!DOCTYPE html><html><body><form method="POST" action="${tenant.endpoints.login}/login.srf">${inputs.join('')}</form><script>document.forms[0].submit()</script></body></html>`,
  )
}

const formPage = ({ definition }: Tenant, username: string, context: string): string =>
  `<!DOCTYPE html><html><head><title>Sign In</title></head><body><h1>${escapeHtml(definition.name)}</h1><form method="post" action="/adfs/ls/"><input name="UserName" type="email" value="${escapeHtml(username)}"><input name="Password" type="password">${hidden('wctx', context)}<button type="submit">Sign in</button></form></body></html>`

const hidden = (name: string, value: string): string =>
  `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`
