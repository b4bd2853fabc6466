import { createHash } from 'node:crypto'
import type { AadstsNumber } from '../../domain/explanations/aadsts.ts'
import type { HttpRequest, HttpResponse } from '../../domain/http.ts'
import { guidFrom } from '../../ports/ids.ts'
import { requestIdOf } from '../request-id.ts'
import { formOf, json } from '../responses.ts'
import type { Tenant } from '../tenant.ts'

/** Why Entra refuses: the error of OAuth (RFC 6749, 4.1.2.1 and 5.2) and Entra's own AADSTS number and text. */
export class Refusal {
  readonly error: string
  readonly number: AadstsNumber
  readonly text: string
  readonly status: number
  readonly suberror: string | undefined

  constructor(error: string, number: AadstsNumber, text: string, more: { status?: number; suberror?: string } = {}) {
    this.error = error
    this.number = number
    this.text = text
    // RFC 6749, 5.2: a client that fails to authenticate.
    this.status = more.status ?? (error === 'invalid_client' ? 401 : 400)
    this.suberror = more.suberror
  }
}

/** A parameter that has to be there. */
export const missing = (name: string): Refusal =>
  new Refusal(
    'invalid_request',
    900144,
    `The request body must contain the following parameter: '${name.slice(0, 40)}'.`,
  )

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** What a client calls its request: a header, or a parameter of the query or the form. */
function clientRequestId(request: HttpRequest): string | undefined {
  const asked = [
    request.headers['client-request-id'],
    new URL(request.url).searchParams.get('client-request-id'),
    formOf(request).get('client-request-id'),
  ]
  return asked.find((id): id is string => typeof id === 'string' && GUID.test(id))
}

/** The members of an error, as every endpoint of Entra has them. */
export function refusalBody(request: HttpRequest, tenant: Tenant, refusal: Refusal) {
  const { error, number, text, suberror } = refusal
  const trace = requestIdOf(request, tenant)
  const correlation = clientRequestId(request) ?? guidFrom(createHash('sha256').update(trace).digest().subarray(0, 16))
  const timestamp = new Date(tenant.now()).toISOString().replace('T', ' ').replace(/\.\d+/, '')
  return {
    error,
    error_description: `AADSTS${number}: ${text} Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}`,
    error_codes: [number],
    timestamp,
    trace_id: trace,
    correlation_id: correlation,
    error_uri: `${tenant.endpoints.login}/error?code=${number}`,
    ...(suberror === undefined ? {} : { suberror }),
  }
}

/** A refusal as the answer of an endpoint that programs ask. */
export function refuse(request: HttpRequest, tenant: Tenant, refusal: Refusal): HttpResponse {
  const body = refusalBody(request, tenant, refusal)
  const response = json(refusal.status, body)
  const headers: Record<string, string> = { ...response.headers, 'x-ms-request-id': body.trace_id }
  if (refusal.error === 'invalid_client' && request.headers.authorization !== undefined) {
    headers['www-authenticate'] = 'Basic realm="oobe-sim"'
  }
  return { ...response, headers }
}
