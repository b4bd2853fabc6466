import {
  contextItem,
  ENROLLMENT_TOKEN_TYPE,
  PKCS10_VALUE_TYPE,
  type RequestSecurityToken,
} from '../../protocols/ms-wstep/request-security-token.ts'
import type { SoapEnvelope } from '../../protocols/soap/envelope.ts'
import {
  type DecodedCertificationRequest,
  decodeCertificationRequest,
  verifyCertificationRequest,
} from '../../protocols/x509/certification-request.ts'
import { EXTENDED_KEY_USAGE } from '../../protocols/x509/extensions.ts'
import { publicKeyFrom } from '../../protocols/x509/public-key.ts'
import { readExtendedKeyUsage } from '../../protocols/x509/read-extensions.ts'
import { rsaHashOf } from '../../protocols/x509/signature.ts'
import { textOf } from '../../protocols/xml/element.ts'
import type { Tenant } from '../tenant.ts'
import { EnrollmentFault } from './soap.ts'

/** What a device has to say of itself to be enrolled, and how (reference: mdm-protocols.md, 1.7). */
const REQUIRED_ITEMS: Record<string, RegExp> = {
  HWDevID: /^[0-9A-F]{64}$/i,
  DeviceID: /^[0-9A-F]{32}$/i,
  EnrollmentType: /^(Full|Device)$/,
  DeviceType: /^CIMClient_Windows$/,
  OSVersion: /^\d+(\.\d+){3}$/,
  OSEdition: /^\d+$/,
  DeviceName: /^.{1,63}$/,
}

/** What it may say; all other names are let through. */
const OPTIONAL_ITEMS: Record<string, RegExp> = {
  UXInitiated: /^(true|false)$/,
  TargetedUserLoggedIn: /^(true|false)$/,
  NotInOobe: /^(true|false)$/,
  MAC: /^[0-9A-F]{2}(-[0-9A-F]{2}){5}$/i,
  Locale: /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/,
  RequestVersion: /^\d+\.\d+$/,
  ZeroTouchProvisioning: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  WhiteGlove: /^(true|false)$/,
  OfflineAutoPilotEnrollmentCorrelator: /^[A-Za-z0-9-]{1,100}$/,
}

const DEVICE_ID_EXTENSION = '1.3.6.1.4.1.311.66.1.0'

/**
 * Checks a request for a management certificate, as far as its parts can be checked.
 *
 * @throws EnrollmentFault that names what is wrong
 */
export function checkEnrollment(
  envelope: SoapEnvelope,
  token: RequestSecurityToken,
  tenant: Tenant,
  upn: string,
): DecodedCertificationRequest {
  const refuse = (text: string) => new EnrollmentFault('s:MessageFormat', text)
  if (textOf(envelope.body, 'TokenType') !== ENROLLMENT_TOKEN_TYPE) throw refuse('the TokenType is another one')
  if (token.requestType !== 'Issue') throw refuse(`a request of the type ${token.requestType} is not served here`)
  if (token.certificateRequest.valueType !== PKCS10_VALUE_TYPE) throw refuse('the ValueType is not PKCS10')
  checkContext(token)
  const { termsOfUse } = tenant.definition.enrollment
  if (
    termsOfUse !== '' &&
    upn !== '' &&
    !tenant.state.enrolment.acceptedTerms.has(contextItem(token, 'EnrollmentData') ?? '')
  ) {
    throw new EnrollmentFault(
      's:Authorization',
      'EnrollmentData is not the result of the terms of use',
      'InvalidEnrollmentData',
    )
  }
  return checkCertificateRequest(token, tenant)
}

function checkContext(token: RequestSecurityToken): void {
  const missing = Object.keys(REQUIRED_ITEMS).filter((name) => contextItem(token, name) === undefined)
  if (missing.length > 0) throw new EnrollmentFault('s:MessageFormat', `missing context: ${missing.join(', ')}`)
  const rules = { ...REQUIRED_ITEMS, ...OPTIONAL_ITEMS }
  const odd = token.contextItems.filter(({ name, value }) => rules[name]?.test(value) === false)
  if (odd.length > 0) {
    throw new EnrollmentFault('s:MessageFormat', `odd context: ${odd.map(({ name }) => name).join(', ')}`)
  }
  const names = token.contextItems.map(({ name }) => name)
  const twice = names.find((name, index) => !REPEATABLE.has(name) && names.indexOf(name) !== index)
  if (twice !== undefined) throw new EnrollmentFault('s:MessageFormat', `context twice: ${twice}`)
}

const REPEATABLE = new Set(['MAC', 'IMEI'])

const refuse = (text: string) => new EnrollmentFault('s:CertificateRequest', text)

/**
 * Checks a certificate request: its signature, and what the policy asks for. What else it says has to be right; that it says all that
 * Windows does is a behaviour of the tenant (`checksCertificateRequest`).
 *
 * @throws EnrollmentFault when the request is not that of the device of the context, or another one than the policy asks for
 */
export function checkCertificateRequest(
  token: Pick<RequestSecurityToken, 'certificateRequest' | 'contextItems'>,
  tenant: Tenant,
): DecodedCertificationRequest {
  const request = decodeCertificationRequest(token.certificateRequest.der)
  checkSignature(request, tenant)
  const { keyPolicy, checksCertificateRequest = false } = tenant.definition.enrollment
  const wanted = keyPolicy?.keyLength ?? 2048
  const key = publicKeyFrom(request.spki)
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
  if (bits < wanted) throw refuse(`the key has ${bits} bits, the policy requires ${wanted}`)
  checkNames(request, contextItem(token, 'DeviceID') ?? '', checksCertificateRequest)
  return request
}

/** SHA-1 is verified as well: what is wrong with it is the policy's affair. */
function checkSignature(request: DecodedCertificationRequest, tenant: Tenant): void {
  const { signatureAlgorithm } = request
  const hash = rsaHashOf(signatureAlgorithm)
  if (hash === undefined)
    throw refuse(`the certificate request is signed with ${signatureAlgorithm}: RSA with SHA-1 or SHA-2 is taken here`)
  if (!verifyCertificationRequest(request, true)) throw refuse('the certificate request is not signed by its own key')
  const wanted = tenant.definition.enrollment.keyPolicy?.hash ?? 'sha1'
  if (hash !== wanted) {
    throw refuse(
      `the certificate request is signed with ${hash} (${signatureAlgorithm}), the policy requires ${wanted}`,
    )
  }
}

function checkNames(request: DecodedCertificationRequest, deviceId: string, isStrict: boolean): void {
  const { subject, extensions } = request
  const extension = extensions.find(({ oid }) => oid === DEVICE_ID_EXTENSION)
  const named = Buffer.from(extension?.value ?? []).toString('latin1')
  if ((extension !== undefined || isStrict) && named !== `${deviceId}\0`) {
    throw refuse('the certificate request names another device than the context')
  }
  const [name] = subject
  // Windows 10 wrote the end of its text with it.
  const text = name?.value.replace(/\0$/, '') ?? ''
  if (subject.length !== 1 || name?.type !== 'CN' || text === '' || text.length > 64) {
    throw refuse('the subject of the certificate request is not one name of up to 64 characters')
  }
  if (isStrict && !text.endsWith(`!${deviceId}`)) {
    throw refuse('the subject of the certificate request is not that of a device')
  }
  const purposes = readExtendedKeyUsage(extensions)
  if ((purposes !== undefined || isStrict) && !purposes?.includes(EXTENDED_KEY_USAGE.clientAuth)) {
    throw refuse('the certificate request is not for client authentication')
  }
}
