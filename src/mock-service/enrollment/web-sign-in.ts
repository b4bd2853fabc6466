import { escapeHtml } from '../../domain/html-text.ts'
import type { Handler } from '../handler.ts'
import { formOf, reply } from '../responses.ts'

const HTML = 'text/html; charset=utf-8'

/** `AuthenticationServiceUrl`: the page of a device without a token of Entra ([MS-MDE2] 3.2). */
export const handleWebSignInPage: Handler = (request) => {
  const { searchParams } = new URL(request.url)
  const target = searchParams.get('appru') ?? ''
  if (!target.startsWith('ms-app://')) return reply(400, HTML, '<p>appru has to be an ms-app address</p>')
  return reply(200, HTML, page(target, searchParams.get('login_hint') ?? ''))
}

export const handleWebSignInForm: Handler = (request, tenant) => {
  const form = formOf(request)
  const [target, email] = [form.get('appru') ?? '', form.get('email') ?? '']
  const found = tenant.findUser(email)
  const isOurs = found?.tenantId === tenant.definition.tenantId
  if (!target.startsWith('ms-app://') || !isOurs || found?.user.password !== form.get('password')) {
    return reply(200, HTML, page(target, email))
  }
  const result = tenant.ids.short()
  tenant.state.enrolment.webSignIns.set(result, found!.user.email)
  return reply(
    200,
    HTML,
    `<!DOCTYPE html><html><body onload="document.forms[0].submit()"><form method="post" action="${escapeHtml(target)}">${hidden('wresult', result)}</form></body></html>`,
  )
}

const page = (target: string, email: string): string =>
  `<!DOCTYPE html><html><body><form method="post" action="/EnrollmentServer/SignIn"><input type="email" name="email" value="${escapeHtml(email)}"><input type="password" name="password">${hidden('appru', target)}<input type="submit" value="Sign in"></form></body></html>`

const hidden = (name: string, value: string): string =>
  `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`
