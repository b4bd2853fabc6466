import { type HttpRequest, type HttpResponse, NO_BODY } from '../domain/http.ts'

const encoder = new TextEncoder()

export const reply = (status: number, contentType: string, body: string | Uint8Array): HttpResponse => {
  const bytes = typeof body === 'string' ? encoder.encode(body) : body
  // Real Windows does not like chunked answers: each has its length.
  return { status, headers: { 'content-type': contentType, 'content-length': String(bytes.length) }, body: bytes }
}

export const json = (status: number, body: unknown): HttpResponse =>
  reply(status, 'application/json; charset=utf-8', JSON.stringify(body))

export const empty = (status: number): HttpResponse => ({ status, headers: { 'content-length': '0' }, body: NO_BODY })

/** @param location With what a header cannot hold escaped: a part of it may be the client's. */
export const redirect = (location: string): HttpResponse => ({
  status: 302,
  headers: { location: location.replace(/[^\x21-\x7e]/gu, encodeURIComponent), 'content-length': '0' },
  body: NO_BODY,
})

export const textOf = (request: HttpRequest): string => new TextDecoder().decode(request.body)

export const formOf = (request: HttpRequest): URLSearchParams => new URLSearchParams(textOf(request))

export const bearerOf = (request: HttpRequest): string | undefined =>
  /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
