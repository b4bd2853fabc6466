import type { Endpoints } from '../domain/endpoints.ts'
import { type HttpRequest, type HttpResponse, NO_BODY, shownUrl } from '../domain/http.ts'
import { MASK, Secret } from '../domain/secret.ts'
import { DecodeError, failure, type Result } from '../domain/trouble.ts'
import type { HttpClient, SendOptions } from '../ports/http.ts'
import type { Ids } from '../ports/ids.ts'
import type { EnrollmentMeans } from './enrollment/enrollment-means.ts'

/** What each operation of the client needs. */
export interface Service {
  http: HttpClient
  endpoints: Endpoints
  ids: Ids
  /** What a device may enrol with that has no token of Entra: a target profile knows it. */
  means?: EnrollmentMeans
  /** Whether something on a network that is there would stop a request, or answer it; no when left out. */
  isStopped?: (request: HttpRequest) => boolean
  /** Whether the enrolment reads answers in chunks; yes when left out. */
  takesChunkedAnswers?: () => boolean
}

/** A service that sessions are held with: a server may ask for a pause. */
export interface SessionService extends Service {
  /** Lets virtual milliseconds pass. */
  wait: (ms: number, signal?: AbortSignal) => Promise<void>
}

const encoder = new TextEncoder()

export const get = (url: string, headers: Record<string, string> = {}): HttpRequest => ({
  method: 'GET',
  url,
  headers,
  body: NO_BODY,
})

export const post = (
  url: string,
  contentType: string,
  body: string | Uint8Array,
  headers: Record<string, string> = {},
): HttpRequest => ({
  method: 'POST',
  url,
  headers: { 'content-type': contentType, ...headers },
  body: typeof body === 'string' ? encoder.encode(body) : body,
})

export const postJson = (url: string, body: unknown, headers: Record<string, string> = {}): HttpRequest =>
  post(url, 'application/json', JSON.stringify(body), headers)

/** Fields of a form; those that are secrets are revealed on the wire alone. */
export type FormFields = Readonly<Record<string, string | Secret>>

export function postForm(url: string, fields: FormFields, headers: Record<string, string> = {}): HttpRequest {
  const request = post(url, 'application/x-www-form-urlencoded', encoded(fields), headers)
  return hasSecret(fields) ? { ...request, shown: { body: encoder.encode(masked(fields)) } } : request
}

/** The same as a query, which a page may ask for. */
export function getForm(url: string, fields: FormFields): HttpRequest {
  const request = get(`${url}?${encoded(fields)}`)
  return hasSecret(fields) ? { ...request, shown: { url: `${url}?${masked(fields)}` } } : request
}

const hasSecret = (fields: FormFields): boolean => Object.values(fields).some((value) => value instanceof Secret)

const encoded = (fields: FormFields): string =>
  Object.entries(fields)
    .map(([name, value]) => pair(name, value instanceof Secret ? value.reveal() : value))
    .join('&')

const masked = (fields: FormFields): string =>
  Object.entries(fields)
    .map(([name, value]) => (value instanceof Secret ? `${pair(name, '')}${MASK}` : pair(name, value)))
    .join('&')

const pair = (name: string, value: string): string => new URLSearchParams({ [name]: value }).toString()

/**
 * Sends a request and reads the answer. An answer that cannot be read is trouble like any other, with the decoder's
 * code and the URL it came from.
 */
export async function ask<Value>(
  service: Service,
  request: HttpRequest,
  options: SendOptions,
  read: (response: HttpResponse) => Result<Value>,
): Promise<Result<Value>> {
  const answer = await service.http.send(request, options)
  if (!answer.ok) return answer
  try {
    return read(answer.value)
  } catch (error) {
    if (error instanceof DecodeError) {
      return failure(
        error.code,
        `the answer of ${options.operation} cannot be read: ${error.message}`,
        shownUrl(request),
      )
    }
    throw error
  }
}

/** An HTTP status that the operation does not foresee. */
export const unexpectedStatus = (operation: string, response: HttpResponse, url: string) =>
  failure(`ERR_HTTP_${response.status}`, `${operation} was answered with HTTP ${response.status}`, url)
