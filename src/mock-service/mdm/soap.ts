import type { HttpRequest, HttpResponse } from '../../domain/http.ts'
import { DecodeError } from '../../domain/trouble.ts'
import { type Claims, textClaim } from '../../protocols/jwt/jwt.ts'
import { decodeEnvelope, encodeEnvelope, type SoapEnvelope } from '../../protocols/soap/envelope.ts'
import { encodeFault } from '../../protocols/soap/fault.ts'
import { JWT_TOKEN_TYPE, SOAP_CONTENT_TYPE } from '../../protocols/soap/namespaces.ts'
import { textOfSecurityToken } from '../../protocols/soap/security.ts'
import { verifyToken } from '../entra/tokens.ts'
import { reply } from '../responses.ts'
import type { Tenant } from '../tenant.ts'

/** A refusal of the enrolment ([MS-MDE2] 2.2.9.4 and 3.3.1.3). */
export class EnrollmentFault extends Error {
  readonly subcode: string
  readonly errorType: string | undefined

  constructor(subcode: string, message: string, errorType?: string) {
    super(message)
    this.subcode = subcode
    this.errorType = errorType
  }
}

/** Answers a SOAP request; what is refused or cannot be read becomes a fault. */
export function answerSoap(
  request: HttpRequest,
  tenant: Tenant,
  answer: (envelope: SoapEnvelope, header: { relatesTo: string; activityId: string }) => string,
): HttpResponse {
  let relatesTo = ''
  try {
    const envelope = decodeEnvelope(request.body)
    relatesTo = envelope.messageId ?? ''
    return soap(200, answer(envelope, { relatesTo, activityId: tenant.ids.guid() }))
  } catch (error) {
    if (error instanceof EnrollmentFault) return soap(500, faultOf(error, relatesTo, tenant))
    if (error instanceof DecodeError) {
      const fault = new EnrollmentFault('s:MessageFormat', `${error.code}: ${error.message}`)
      return soap(500, faultOf(fault, relatesTo, tenant))
    }
    throw error
  }
}

/** Checks the JWT of a request's security header. */
export function authorize(envelope: SoapEnvelope, tenant: Tenant, audience: string): Claims {
  const token = envelope.security?.binarySecurityToken
  if (!token || token.valueType !== JWT_TOKEN_TYPE) throw new EnrollmentFault('s:Authentication', 'a JWT is required')
  let claims: Claims
  try {
    claims = verifyToken(tenant, textOfSecurityToken(token))
  } catch (error) {
    if (error instanceof DecodeError) throw new EnrollmentFault('s:Authentication', `${error.code}: ${error.message}`)
    throw error
  }
  if (claims.tid !== tenant.definition.tenantId)
    throw new EnrollmentFault('s:Authorization', 'a token of another tenant')
  if (claims.scp !== 'mdm_delegation')
    throw new EnrollmentFault('s:Authorization', 'the token is not for device management')
  // A self-deploying device has one token for join and management: its request is unpublished, and ours.
  const isDevice = claims.idtyp === 'device'
  if (!isDevice && textClaim(claims, 'aud').replace(/\/$/, '') !== audience.replace(/\/$/, '')) {
    throw new EnrollmentFault('s:Authorization', `the token is for ${textClaim(claims, 'aud')}`)
  }
  return claims
}

const soap = (status: number, body: string): HttpResponse => reply(status, SOAP_CONTENT_TYPE, body)

const faultOf = (fault: EnrollmentFault, relatesTo: string, tenant: Tenant): string =>
  encodeEnvelope({
    action: 'http://schemas.microsoft.com/windows/pki/2009/01/enrollment/rstr/wstep',
    relatesTo,
    body: encodeFault({
      code: 's:Receiver',
      subcode: fault.subcode,
      reason: fault.message,
      ...(fault.errorType
        ? { detail: { errorType: fault.errorType, message: fault.message, traceId: tenant.ids.guid() } }
        : {}),
    }),
  })
