import { type HttpRequest, shownUrl } from '../../domain/http.ts'
import { Secret } from '../../domain/secret.ts'
import { failure, type Result, success } from '../../domain/trouble.ts'
import type { HtmlForm } from '../../protocols/entra/html-form.ts'
import { Cookies } from '../entra/cookies.ts'
import { ask, get, getForm, postForm, type Service, unexpectedStatus } from '../service.ts'

/** Where the page of a web sign-in sends its result: an address of the broker, which no server has (reference: 1.4). */
const APPLICATION = 'ms-app://windows.immersivecontrolpanel'

/** Pages and redirects of one sign-in. More of them are a loop. */
const STEPS_MAX = 10

const OPERATION = 'Web sign-in'

export interface WebSignIn {
  /** `AuthenticationServiceUrl` of the discovery answer. */
  url: string
  username: string
  password: Secret
}

/**
 * The authentication policy Federated without Entra ([MS-MDE2] 3.1.1.2): opens the page, fills in its form, and takes
 * the opaque `wresult` of the one that posts to the broker.
 */
export async function signInOnWeb(
  service: Service,
  { url, username, password }: WebSignIn,
  signal?: AbortSignal,
): Promise<Result<Secret>> {
  if (!URL.canParse(url)) return failure('ERR_WEB_SIGN_IN', 'the page has no address', url)
  const start = new URL(url)
  start.searchParams.set('appru', APPLICATION)
  start.searchParams.set('login_hint', username)
  const filled = await followForms(service, get(start.href), {
    isLast: ({ action, fields }) => action === APPLICATION && fields.some(({ name }) => name === 'wresult'),
    username,
    password,
    ...(signal ? { signal } : {}),
  })
  if (!filled.ok) return filled
  return success(new Secret(filled.value.fields.find(({ name }) => name === 'wresult')!.value))
}

export interface FormWalk {
  /** The form that the walk was for. */
  isLast: (form: HtmlForm) => boolean
  username: string
  password: Secret
  signal?: AbortSignal
}

/**
 * Walks through the pages of a sign-in as a browser does without running their scripts: redirects are followed and
 * forms are sent, always on one origin, the credentials once, until the form comes up that was looked for.
 */
export async function followForms(service: Service, first: HttpRequest, walk: FormWalk): Promise<Result<HtmlForm>> {
  const { origin } = new URL(first.url)
  const options = { operation: OPERATION, ...(walk.signal ? { signal: walk.signal } : {}) }
  const cookies = new Cookies()
  // The parser is loaded by the runs that meet a page.
  const { decodeForms } = await import('../../protocols/entra/html-form.ts')
  let isPasswordGiven = false
  let request = first
  for (let step = 0; step < STEPS_MAX; step++) {
    const { url } = request
    const shown = shownUrl(request)
    request.headers = { ...request.headers, ...cookies.headerFor(url) }
    const answer = await ask<{ form?: HtmlForm; location?: string }>(service, request, options, (response) => {
      const { status, headers } = response
      cookies.take(headers['set-cookie'], url)
      if (status >= 300 && status < 400 && headers.location) return success({ location: headers.location })
      const forms = status === 200 || isRefusal(status) ? decodeForms(response.body) : []
      // A page that asks once more may say with its status that the password was wrong.
      if (status !== 200 && !forms.some(asksForPassword)) return unexpectedStatus(OPERATION, response, shown)
      const form = forms.find(walk.isLast) ?? forms[0]
      return form ? success({ form }) : failure('ERR_WEB_SIGN_IN', 'the page has no form', shown)
    })
    if (!answer.ok) return answer
    const { form, location } = answer.value
    if (form && walk.isLast(form)) return success(form)
    const target = location ?? form!.action
    const next = URL.canParse(target, url) ? new URL(target, url) : undefined
    if (next?.origin !== origin) {
      return failure(
        'ERR_WEB_SIGN_IN',
        `the sign-in continues at another origin, ${next?.origin ?? 'which is none'}`,
        shown,
      )
    }
    if (!form) {
      request = get(next.href)
      continue
    }
    if (asksForPassword(form) && isPasswordGiven)
      return failure(WEB_PASSWORD_REFUSED, 'the password is incorrect', shown)
    isPasswordGiven ||= asksForPassword(form)
    request = sending(form, next.href, walk)
  }
  return failure('ERR_WEB_SIGN_IN', 'the sign-in never ends', shownUrl(first))
}

const isRefusal = (status: number): boolean => status === 400 || status === 401 || status === 403

const asksForPassword = ({ fields }: HtmlForm): boolean => fields.some(({ type }) => type === 'password')

/** The page asks for the password that it has just had. */
export const WEB_PASSWORD_REFUSED = 'ERR_WEB_SIGN_IN_PASSWORD'

function sending({ method, fields }: HtmlForm, url: string, { username, password }: FormWalk): HttpRequest {
  const filled: Record<string, string | Secret> = {}
  for (const { name, type, value } of fields) {
    if (name === '') continue
    if (type === 'password') filled[name] = password
    else filled[name] = value === '' && (type === 'text' || type === 'email') ? username : value
  }
  if (method === 'POST') return postForm(url, filled)
  return getForm(url.split('?')[0]!, filled)
}
