import { CONNECTION_HINTS } from '../domain/connection-hints.ts'
import type { HttpResponse } from '../domain/http.ts'
import { ConnectionTrouble, type Transport } from '../ports/http.ts'
import { deadline } from '../ports/stopwatch.ts'
import { SOAP_CONTENT_TYPE } from '../protocols/soap/namespaces.ts'
import { ANSWER_MAX_MS, type Finding, problem } from './finding.ts'

/** One request of the enrolment client; a finding in place of an answer where there is none. */
export async function ask(
  transport: Transport,
  method: 'GET' | 'POST',
  url: string,
  body = '',
): Promise<HttpResponse | Finding> {
  const headers: Record<string, string> = method === 'POST' ? { 'content-type': SOAP_CONTENT_TYPE } : {}
  const request = {
    method,
    url,
    headers: { 'user-agent': 'ENROLLClient', ...headers },
    body: new TextEncoder().encode(body),
  }
  const signal = deadline(ANSWER_MAX_MS)
  try {
    return await transport(request, {}, signal)
  } catch (error) {
    if (signal.aborted) return problem(`${url} did not answer within ${ANSWER_MAX_MS / 1000} s`, 'Is it overloaded?')
    if (error instanceof ConnectionTrouble) {
      // OpenSSL ends its words with a new line.
      return problem(`${error.message.trim()} (${error.code})`, CONNECTION_HINTS[error.code] ?? '')
    }
    throw error
  }
}
