import { ENTRA_RESOURCES } from '../../domain/entra-resources.ts'
import type { HttpRequest } from '../../domain/http.ts'
import { DecodeError } from '../../domain/trouble.ts'
import { type Claims, textClaim } from '../../protocols/jwt/jwt.ts'
import type { SoapEnvelope } from '../../protocols/soap/envelope.ts'
import { isSignedBy } from '../../protocols/soap/message-signature.ts'
import { BASE64_BINARY, JWT_TOKEN_TYPE, USER_TOKEN_TYPE, X509_TOKEN_TYPE } from '../../protocols/soap/namespaces.ts'
import { type BinarySecurityToken, textOfSecurityToken } from '../../protocols/soap/security.ts'
import { decodeCertificate, isInForce, thumbprint } from '../../protocols/x509/certificate.ts'
import { decodeBase64 } from '../../protocols/xml/base64.ts'
import { isAudienceOf } from '../entra/resources.ts'
import { verifyIssuedToken } from '../entra/tokens.ts'
import type { Tenant } from '../tenant.ts'
import { EnrollmentFault } from './soap.ts'

/** Who asks to enrol a device. */
export interface Enrollee {
  /** Empty for a device without a user. */
  upn: string
  /** `deviceId` of the device that has proved itself; undefined where the credential names none. */
  entraDeviceId?: string
}

const refuse = (text: string) => new EnrollmentFault('s:Authentication', text)
const forbid = (text: string) => new EnrollmentFault('s:Authorization', text)

/**
 * Checks the security header of a request ([MS-MDE2] 3.1.1). A token of Entra is always good; what else is, the
 * tenant's authentication policy says.
 */
export function authorize(request: HttpRequest, envelope: SoapEnvelope, tenant: Tenant): Enrollee {
  const { security } = envelope
  const token = security?.binarySecurityToken
  const policy = tenant.definition.enrollment.authPolicy
  try {
    if (token?.valueType === JWT_TOKEN_TYPE) return byToken(token, tenant)
    if (token?.valueType === X509_TOKEN_TYPE && policy === 'Certificate')
      return byCertificate(request, envelope, tenant)
    if (token?.valueType === USER_TOKEN_TYPE && policy === 'Federated') return byWebSignIn(token, tenant)
  } catch (error) {
    if (error instanceof DecodeError) throw refuse(`${error.code}: ${error.message}`)
    throw error
  }
  if (security?.usernameToken && policy === 'OnPremise') return byPassword(security.usernameToken, tenant)
  throw refuse(`a JWT is required, or what the policy ${policy} asks for`)
}

function byToken(token: BinarySecurityToken, tenant: Tenant): Enrollee {
  if (token.encodingType !== BASE64_BINARY) throw refuse('the EncodingType is not base64binary')
  const claims = verifyIssuedToken(tenant, textOfSecurityToken(token))
  if (claims.tid !== tenant.definition.tenantId) throw forbid('a token of another tenant')
  if (claims.scp !== 'mdm_delegation') throw forbid('the token is not for device management')
  // A self-deploying device has one token for join and management: its request is unpublished, and ours.
  if (claims.idtyp === 'device') return { upn: '', entraDeviceId: textClaim(claims, 'deviceid') }
  if (!isForManagement(tenant, claims)) throw forbid(`the token is for ${textClaim(claims, 'aud')}`)
  const deviceId = textClaim(claims, 'deviceid')
  const isJoined = tenant.directory.entra.byDeviceId(deviceId)?.trustType === 'AzureAd'
  // A hybrid join comes after the enrolment: that the token of the person is enough then is an assumption.
  if (deviceId === '' && tenant.definition.hybridJoin) {
    return { upn: textClaim(claims, 'upn') || textClaim(claims, 'preferred_username') }
  }
  if (!isJoined) throw forbid(deviceId ? 'the token names a device that has not joined' : 'the token names no device')
  return { upn: textClaim(claims, 'upn') || textClaim(claims, 'preferred_username'), entraDeviceId: deviceId }
}

/** Whether a token is for this tenant's device management: by its address or id in version 1, by its id in version 2. */
export function isForManagement(tenant: Tenant, claims: Claims): boolean {
  if (claims.scp !== 'mdm_delegation') return false
  return claims.ver === '2.0'
    ? claims.aud === ENTRA_RESOURCES.enrolment.id
    : isAudienceOf(tenant, 'enrolment', claims.aud)
}

function byPassword({ username, password }: { username: string; password: string }, tenant: Tenant): Enrollee {
  const found = tenant.findUser(username)
  if (found?.tenantId !== tenant.definition.tenantId || found.user.password !== password) {
    throw refuse('the user name or the password is wrong')
  }
  return { upn: found.user.email }
}

function byWebSignIn(token: BinarySecurityToken, tenant: Tenant): Enrollee {
  const upn = tenant.state.enrolment.webSignIns.get(textOfSecurityToken(token))
  if (upn === undefined) throw refuse('no person has signed in with this result')
  return { upn }
}

/** A device of the directory enrols on its own certificate, which has to sign the whole message. */
function byCertificate(request: HttpRequest, { security }: SoapEnvelope, tenant: Tenant): Enrollee {
  const der = decodeBase64(
    security?.binarySecurityToken?.value ?? '',
    'ERR_SOAP_TOKEN_MALFORMED',
    'BinarySecurityToken',
  )
  const joined = tenant.state.entra.joined.get(thumbprint(der))
  if (!joined) throw refuse('the certificate is of no device of this directory')
  const certificate = decodeCertificate(der)
  if (!isInForce(certificate, tenant.now())) throw refuse('the certificate has expired, or is not yet valid')
  const { timestamp } = security ?? {}
  const [created = Number.NaN, expires = Number.NaN] = [timestamp?.created, timestamp?.expires].map((text) =>
    Date.parse(text ?? ''),
  )
  const now = tenant.now()
  // Clocks differ by a little.
  if (!(created <= now + SKEW_MS && now < expires + SKEW_MS)) {
    throw new EnrollmentFault('a:InvalidSecurity', 'the timestamp is missing, too old or not yet valid')
  }
  if (!isSignedBy(request.body, certificate.spki)) {
    throw new EnrollmentFault('a:InvalidSecurity', 'the signature of the message does not verify')
  }
  return { upn: '', entraDeviceId: joined.deviceId }
}

const SKEW_MS = 300_000
