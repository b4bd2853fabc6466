import { escapeHtml } from '../../domain/html-text.ts'
import type { HttpResponse } from '../../domain/http.ts'
import { redirect, reply } from '../responses.ts'

export type ResponseMode = 'query' | 'fragment' | 'form_post'

/** Where the answer to an authorization request goes, and how. */
export interface AnswerTarget {
  redirectUri: string
  responseMode: ResponseMode
  /** Undefined where the client sent none: then none is sent back (RFC 6749, 4.1.2). */
  state: string | undefined
}

/** Sends a browser back to the client (OAuth 2.0 Multiple Response Type Encoding Practices, 2.1; OAuth 2.0 Form Post Response Mode). */
export function answerClient(
  { redirectUri, responseMode, state }: AnswerTarget,
  members: Record<string, string>,
): HttpResponse {
  const answer = new URLSearchParams({ ...members, ...(state === undefined ? {} : { state }) })
  if (responseMode === 'form_post') return selfPosting(redirectUri, answer)
  if (responseMode === 'fragment') return redirect(`${redirectUri}#${answer.toString()}`)
  // A redirect URI may have its own query (RFC 6749, 3.1.2).
  return redirect(`${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${answer.toString()}`)
}

/** A page that posts itself. A browser without script has the button. */
function selfPosting(target: string, answer: URLSearchParams): HttpResponse {
  const fields = [...answer].map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  )
  const hint = '<noscript><p>Script is disabled. Click Submit to continue.</p></noscript>'
  const page = reply(
    200,
    'text/html; charset=utf-8',
    `<!DOCTYPE html><html><head><title>Working...</title></head><body><form method="POST" name="hiddenform" action="${escapeHtml(target)}">${fields.join('')}${hint}<input type="submit" value="Submit"></form><script>document.forms[0].submit()</script></body></html>`,
  )
  return { ...page, headers: { ...page.headers, 'cache-control': 'no-store' } }
}
