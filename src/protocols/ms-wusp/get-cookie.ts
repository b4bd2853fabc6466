import { child, children, filledTextOf } from '../xml/element.ts'
import { compact, required } from '../xml/schema-values.ts'
import { element, leaf, optionalLeaf } from '../xml/write.ts'
import { decodeCookie, decodeWuspEnvelope, encodeCookie, encodeWuspEnvelope, type WuspCookie } from './envelope.ts'

const MALFORMED = 'ERR_WUSP_GET_COOKIE_MALFORMED'

/** [MS-WUSP] 2.2.2.2.2, whole. */
export interface GetCookieRequest {
  /** Exactly one with a server of updates of one's own; the public service takes none. */
  authCookies: { plugInId: string; cookieData: string }[]
  oldCookie?: WuspCookie
  /** xs:dateTime, of the server's configuration. */
  lastChange: string
  /** xs:dateTime, of the client's clock. */
  currentTime: string
  /** `1.8`. */
  protocolVersion?: string
}

export const encodeGetCookieRequest = (request: GetCookieRequest): string =>
  encodeWuspEnvelope(
    'GetCookie',
    element(
      'authCookies',
      {},
      ...request.authCookies.map(({ plugInId, cookieData }) =>
        element('AuthorizationCookie', {}, leaf('PlugInId', plugInId), leaf('CookieData', cookieData)),
      ),
    ),
    request.oldCookie && encodeCookie('oldCookie', request.oldCookie),
    leaf('lastChange', request.lastChange),
    leaf('currentTime', request.currentTime),
    optionalLeaf('protocolVersion', request.protocolVersion),
  )

/** @throws DecodeError `ERR_WUSP_GET_COOKIE_MALFORMED` when it is another message or a required part is missing. */
export function decodeGetCookieRequest(input: string | Uint8Array): GetCookieRequest {
  const root = decodeWuspEnvelope(input, 'GetCookie', MALFORMED)
  const oldCookie = child(root, 'oldCookie')
  return compact({
    authCookies: children(child(root, 'authCookies'), 'AuthorizationCookie').map((cookie) => ({
      plugInId: filledTextOf(cookie, 'PlugInId') ?? '',
      cookieData: filledTextOf(cookie, 'CookieData') ?? '',
    })),
    // An empty one, as some clients send it, is none.
    oldCookie: oldCookie?.children.length ? decodeCookie(oldCookie, MALFORMED) : undefined,
    lastChange: required(filledTextOf(root, 'lastChange'), MALFORMED, 'lastChange'),
    currentTime: required(filledTextOf(root, 'currentTime'), MALFORMED, 'currentTime'),
    protocolVersion: filledTextOf(root, 'protocolVersion'),
  })
}

export const encodeGetCookieResponse = (cookie: WuspCookie): string =>
  encodeWuspEnvelope('GetCookieResponse', encodeCookie('GetCookieResult', cookie))

/** @throws DecodeError `ERR_WUSP_GET_COOKIE_MALFORMED` when it is another message or the cookie is incomplete. */
export function decodeGetCookieResponse(input: string | Uint8Array): WuspCookie {
  const result = child(decodeWuspEnvelope(input, 'GetCookieResponse', MALFORMED), 'GetCookieResult')
  return decodeCookie(required(result, MALFORMED, 'GetCookieResult'), MALFORMED)
}
