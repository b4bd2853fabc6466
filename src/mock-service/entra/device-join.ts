import { DecodeError } from '../../domain/trouble.ts'
import { decodeJson } from '../../protocols/json.ts'
import { type Claims, textClaim } from '../../protocols/jwt/jwt.ts'
import { thumbprint } from '../../protocols/x509/certificate.ts'
import { decodeCertificationRequest, verifyCertificationRequest } from '../../protocols/x509/certification-request.ts'
import { bearerOf, json } from '../responses.ts'
import type { Handler } from '../router.ts'
import { verifyToken } from './tokens.ts'

const MALFORMED = 'ERR_DEVICE_JOIN_MALFORMED'

/** Device registration ([MS-DVRJ] 3.1.5.1, with the cloud's members): a certificate for a proven key. */
export const handleDeviceJoin: Handler = (request, tenant) => {
  const refuse = (status: number, subcode: string, message: string) =>
    json(status, {
      code: status === 401 ? 'invalid_token' : 'authorization_error',
      subcode,
      message,
      operation: 'DeviceJoin',
      requestid: tenant.ids.guid(),
      time: new Date(tenant.now()).toISOString(),
    })
  let claims: Claims
  try {
    claims = verifyToken(tenant, bearerOf(request) ?? '')
  } catch (error) {
    if (error instanceof DecodeError) return refuse(401, 'error_invalid_token', `${error.code}: ${error.message}`)
    throw error
  }
  if (claims.tid !== tenant.definition.tenantId)
    return refuse(403, 'error_unauthorized', 'the account is of another tenant')
  const isDevice = claims.idtyp === 'device'
  if (!isDevice && tenant.definition.enrollment.join === 'none') {
    return refuse(403, 'error_unauthorized', 'users may not join devices to this organization')
  }
  const body = decodeJson(request.body, MALFORMED)
  const certificateRequest = decodeCertificationRequest(
    new Uint8Array(Buffer.from(body.object('CertificateRequest').string('Data'), 'base64')),
  )
  if (!verifyCertificationRequest(certificateRequest)) {
    return refuse(400, 'error_invalid_request', 'the certificate request is not signed by its own key')
  }
  const deviceId = tenant.ids.guid()
  const certificate = tenant
    .authority('organization-access')
    .issue([{ type: 'CN', value: deviceId }], certificateRequest.spki, tenant.now())
  tenant.joined.set(thumbprint(certificate), { deviceId, displayName: body.string('DeviceDisplayName') })
  return json(200, {
    Certificate: { Thumbprint: thumbprint(certificate), RawBody: Buffer.from(certificate).toString('base64') },
    User: { Upn: isDevice ? '' : textClaim(claims, 'upn') },
    MembershipChanges: [{ LocalSID: 'S-1-5-32-544', AddSIDs: [] }],
  })
}
