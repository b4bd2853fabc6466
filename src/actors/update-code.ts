import type { Trouble } from '../domain/trouble.ts'
import { CODE, httpStatusOf } from '../domain/windows-codes.ts'

/** What the update client makes of an HTTP status. */
const STATUSES: Readonly<Record<number, string>> = {
  400: CODE.updateBadRequest,
  401: CODE.updateDenied,
  403: CODE.updateForbidden,
  404: CODE.updateNotFound,
  407: CODE.updateProxyAsks,
  408: CODE.updateRequestTimeout,
  500: CODE.updateServerError,
  502: CODE.updateBadGateway,
  503: CODE.updateUnavailable,
  504: CODE.updateGatewayTimeout,
}

/** The update client has its own codes for a status and for what it cannot read; a connection that failed keeps WinHTTP's. */
export function updateCode({ code }: Trouble): string {
  const status = httpStatusOf(code)
  if (status !== undefined) return STATUSES[status] ?? CODE.updateStatusNotMapped
  return code.startsWith('0x') ? code : CODE.updateServiceFault
}
