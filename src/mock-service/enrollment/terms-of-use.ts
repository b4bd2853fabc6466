import { escapeHtml } from '../../domain/html-text.ts'
import { DecodeError } from '../../domain/trouble.ts'
import { type Claims, textClaim } from '../../protocols/jwt/jwt.ts'
import { verifyIssuedToken } from '../entra/tokens.ts'
import type { Handler } from '../handler.ts'
import { bearerOf, formOf, redirect, reply } from '../responses.ts'
import { isForManagement } from './authorize.ts'

const HTML = 'text/html; charset=utf-8'

/** The page of the terms of use (reference: mdm-protocols.md, 1.5): a browser's GET, with a token of the person. */
export const handleTermsOfUse: Handler = (request, tenant) => {
  const { searchParams } = new URL(request.url)
  const redirectUri = searchParams.get('redirect_uri') ?? ''
  if (!URL.canParse(redirectUri)) return reply(400, HTML, '<p>redirect_uri is missing</p>')
  const refuse = (error: string, text: string) => back(redirectUri, { error, error_description: text })
  if (searchParams.get('api-version') !== '1.0') return refuse('invalid_request', 'api-version has to be 1.0')
  if (searchParams.get('mode') !== 'azureadjoin') return refuse('invalid_request', 'mode has to be azureadjoin')
  if (!searchParams.get('client-request-id')) return refuse('invalid_request', 'client-request-id is missing')
  if (request.headers['cxh-host'] !== 'FRX') return refuse('invalid_request', 'CXH-HOST has to be FRX during OOBE')
  let claims: Claims
  try {
    claims = verifyIssuedToken(tenant, bearerOf(request) ?? '')
  } catch (error) {
    if (error instanceof DecodeError) return refuse('unauthorized_client', `${error.code}: ${error.message}`)
    throw error
  }
  if (!isForManagement(tenant, claims))
    return refuse('unauthorized_client', `the token is for ${textClaim(claims, 'aud')}`)
  if (claims.deviceid !== undefined) return refuse('invalid_request', 'the terms of use come before the join')
  const { definition } = tenant
  const lines = definition.enrollment.termsOfUse.split('\n').map((line) => `<p>${escapeHtml(line)}</p>`)
  const button = (value: string, label: string) =>
    `<button type="submit" name="decision" value="${value}">${label}</button>`
  return reply(
    200,
    HTML,
    `<!DOCTYPE html><html><head><title>Terms of use</title></head><body><h1>${escapeHtml(definition.name)}</h1>${lines.join('')}<form method="post" action="/TermsOfUse"><input type="hidden" name="redirect_uri" value="${escapeHtml(redirectUri)}">${button('accept', 'Accept')}${button('decline', 'Decline')}</form></body></html>`,
  )
}

/** The form of the page. */
export const handleTermsAnswer: Handler = (request, tenant) => {
  const form = formOf(request)
  const redirectUri = form.get('redirect_uri') ?? ''
  if (!URL.canParse(redirectUri)) return reply(400, HTML, '<p>redirect_uri is missing</p>')
  if (form.get('decision') !== 'accept') return back(redirectUri, { IsAccepted: 'false', error: 'access_denied' })
  const blob = tenant.ids.short()
  tenant.state.enrolment.acceptedTerms.add(blob)
  return back(redirectUri, { IsAccepted: 'true', OpaqueBlob: blob })
}

const back = (redirectUri: string, answer: Record<string, string>) =>
  redirect(`${redirectUri}?${new URLSearchParams(answer).toString()}`)
