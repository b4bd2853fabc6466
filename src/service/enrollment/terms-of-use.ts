import type { HttpRequest } from '../../domain/http.ts'
import type { Secret } from '../../domain/secret.ts'
import { failure, type Result, success } from '../../domain/trouble.ts'
import type { HtmlForm } from '../../protocols/entra/html-form.ts'
import { ask, get, postForm, type Service, unexpectedStatus } from '../service.ts'

/** Where the page sends the answer: no server has it (reference: mdm-protocols.md, 1.5). */
const REDIRECT_URI = 'ms-aadj-redir://auth/mdm'

const OPERATION = 'MDM terms of use'

/** Results of the page that is redirected with an error (reference: 1.5); none of them has a Windows code. */
const ERRORS: Record<string, string> = {
  invalid_request: 'ERR_TERMS_OF_USE_INVALID_REQUEST',
  unauthorized_client: 'ERR_TERMS_OF_USE_UNAUTHORIZED',
  server_error: 'ERR_TERMS_OF_USE_SERVER',
  access_denied: 'ERR_TERMS_OF_USE_ACCESS_DENIED',
}

/** The page as it was opened. */
export interface TermsPage {
  /** What it says, as it was sent: make it inert before it is shown. */
  lines: string[]
  url: string
  form: HtmlForm
}

/** Opens the terms of use of the tenant's device management as the OOBE web host does. */
export async function openTerms(
  service: Service,
  { url, token }: { url: string; token: Secret },
  signal?: AbortSignal,
): Promise<Result<TermsPage>> {
  if (!URL.canParse(url)) return failure('ERR_TERMS_OF_USE_MALFORMED', 'the terms of use have no address', url)
  const page = new URL(url)
  page.searchParams.set('redirect_uri', REDIRECT_URI)
  page.searchParams.set('client-request-id', service.ids.guid())
  page.searchParams.set('api-version', '1.0')
  page.searchParams.set('mode', 'azureadjoin')
  const headers = { authorization: `Bearer ${token.reveal()}`, 'cxh-host': 'FRX' }
  const options = { operation: OPERATION, ...(signal ? { signal } : {}) }
  // The parser is loaded by the runs that meet a page.
  const { decodeForms, decodePageText } = await import('../../protocols/entra/html-form.ts')
  return ask<TermsPage>(service, get(page.href, headers), options, (response) => {
    if (response.status === 302) return refusalOf(response.headers.location ?? '', url)
    if (response.status !== 200) return unexpectedStatus(OPERATION, response, url)
    const [form] = decodeForms(response.body)
    if (!form) return failure('ERR_TERMS_OF_USE_MALFORMED', 'the page has no form to accept it with', url)
    return success({ lines: decodePageText(response.body), url: page.href, form })
  })
}

/** Accepts the terms. The value is the service's `OpaqueBlob`, which the enrolment gives back to it. */
export async function acceptTerms(service: Service, page: TermsPage, signal?: AbortSignal): Promise<Result<string>> {
  const { form, url } = page
  const target = URL.canParse(form.action, url) ? new URL(form.action, url) : undefined
  if (target?.origin !== new URL(url).origin) {
    return failure('ERR_TERMS_OF_USE_MALFORMED', 'the terms of use are answered at another origin', url)
  }
  const options = { operation: OPERATION, ...(signal ? { signal } : {}) }
  return ask<string>(service, accepting(form, target.href), options, (response) => {
    if (response.status !== 302) return unexpectedStatus(OPERATION, response, target.href)
    const location = response.headers.location ?? ''
    const answer = answerIn(location)
    if (answer?.get('IsAccepted')?.toLowerCase() !== 'true') return refusalOf(location, target.href)
    return success(answer.get('OpaqueBlob') ?? '')
  })
}

/** The form with the button that accepts: by its name or value, and else the first that is not plainly another. */
function accepting({ method, fields }: HtmlForm, url: string): HttpRequest {
  const buttons = fields.filter(
    ({ type, name, value }) => type === 'submit' && !/declin|disagree|cancel|false/i.test(`${name} ${value}`),
  )
  const button = buttons.find(({ name, value }) => /accept|agree/i.test(`${name} ${value}`)) ?? buttons[0]
  const sent = fields.filter((field) => field.name !== '' && (field.type !== 'submit' || field === button))
  const values = Object.fromEntries(sent.map(({ name, value }) => [name, value]))
  if (method === 'POST') return postForm(url, values)
  return get(`${url.split('?')[0]}?${new URLSearchParams(values).toString()}`)
}

const answerIn = (location: string): URLSearchParams | undefined =>
  location.startsWith(`${REDIRECT_URI}?`) ? new URLSearchParams(location.slice(REDIRECT_URI.length + 1)) : undefined

function refusalOf(location: string, url: string) {
  const answer = answerIn(location)
  if (!answer) return failure('ERR_TERMS_OF_USE_MALFORMED', 'the page redirects to somewhere else', url)
  const error = answer.get('error') ?? ''
  const text = answer.get('error_description') || error || 'the terms of use were not accepted'
  return failure(ERRORS[error] ?? 'ERR_TERMS_OF_USE_NOT_ACCEPTED', text, url)
}
