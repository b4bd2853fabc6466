import { because, either } from './windows-code.ts'

/** The update client: what it makes of an HTTP status, and of what it cannot read (Windows Update error codes, facility 0x24). */
export const UPDATE_CODES = {
  updateServiceFault: either(
    '0x8024400a',
    {
      where: 'a fault of Windows Update',
      why: 'The update service refused the request with a SOAP fault.',
      source: 'oobe-autopilot-esp.md, 1.5 [U]',
    },
    {
      where: 'an answer of Windows Update',
      why: 'The update client could not read the answer of the service.',
      source: 'Windows Update error codes, WU_E_PT_SOAPCLIENT_PARSE [L]',
    },
  ),
  updateBadRequest: because(
    '0x80244016',
    'The update service could not process the request (HTTP 400).',
    'Windows Update error codes, WU_E_PT_HTTP_STATUS_BAD_REQUEST [L]',
  ),
  updateDenied: because(
    '0x80244017',
    'The update service asks who the device is (HTTP 401).',
    'Windows Update error codes, WU_E_PT_HTTP_STATUS_DENIED [L]',
  ),
  updateForbidden: because(
    '0x80244018',
    'The update service, or a filter on the way, refuses the request (HTTP 403).',
    'Windows Update error codes, WU_E_PT_HTTP_STATUS_FORBIDDEN [L]',
  ),
  updateNotFound: because(
    '0x80244019',
    'The update service has nothing at this address (HTTP 404).',
    'Windows Update error codes, WU_E_PT_HTTP_STATUS_NOT_FOUND [L]',
  ),
  updateProxyAsks: because(
    '0x8024401b',
    'A proxy asks for a sign-in before it lets the update client through (HTTP 407).',
    'Windows Update error codes, WU_E_PT_HTTP_STATUS_PROXY_AUTH_REQ [L]',
  ),
  updateRequestTimeout: because(
    '0x8024401c',
    'The update service waited too long for the request (HTTP 408).',
    'Windows Update error codes, WU_E_PT_HTTP_STATUS_REQUEST_TIMEOUT [L]',
  ),
  updateServerError: because(
    '0x8024401f',
    'The update service failed (HTTP 500).',
    'Windows Update error codes, WU_E_PT_HTTP_STATUS_SERVER_ERROR [L]',
  ),
  updateBadGateway: because(
    '0x80244021',
    'A gateway got no good answer from the update service behind it (HTTP 502).',
    'Windows Update error codes, WU_E_PT_HTTP_STATUS_BAD_GATEWAY [L]',
  ),
  updateUnavailable: because(
    '0x80244022',
    'The update service is not available (HTTP 503).',
    'oobe-autopilot-esp.md, 4.9 [U]',
  ),
  updateGatewayTimeout: because(
    '0x80244023',
    'A gateway waited too long for the update service behind it (HTTP 504).',
    'Windows Update error codes, WU_E_PT_HTTP_STATUS_GATEWAY_TIMEOUT [L]',
  ),
  updateStatusNotMapped: because(
    '0x8024402b',
    'The update service answered with an HTTP status for which there is no other code.',
    'Windows Update error codes, WU_E_PT_HTTP_STATUS_NOT_MAPPED [L]',
  ),
} as const
