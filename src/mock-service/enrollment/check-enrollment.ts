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
  RequestVersion: /^[1-7]\.0$/,
  ZeroTouchProvisioning: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  OfflineAutoPilotEnrollmentCorrelator: /^[A-Za-z0-9-]{1,100}$/,
}

const DEVICE_ID_EXTENSION = '1.3.6.1.4.1.311.66.1.0'
const SHA1_WITH_RSA = '1.2.840.113549.1.1.5'
const HASH_ALGORITHM = {
  sha1: SHA1_WITH_RSA,
  sha256: '1.2.840.113549.1.1.11',
  sha384: '1.2.840.113549.1.1.12',
  sha512: '1.2.840.113549.1.1.13',
} as const

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

/** @throws EnrollmentFault when the request is not that of the device of the context, or another one than the policy asks for */
export function checkCertificateRequest(
  token: Pick<RequestSecurityToken, 'certificateRequest' | 'contextItems'>,
  tenant: Tenant,
): DecodedCertificationRequest {
  const refuse = (text: string) => new EnrollmentFault('s:CertificateRequest', text)
  const request = decodeCertificationRequest(token.certificateRequest.der)
  const { keyPolicy } = tenant.definition.enrollment
  const hash = keyPolicy?.hash ?? 'sha1'
  if (!verifyCertificationRequest(request, hash === 'sha1')) {
    throw refuse('the certificate request is not signed by its own key')
  }
  if (request.signatureAlgorithm !== HASH_ALGORITHM[hash]) {
    throw refuse(`the certificate request is signed with ${request.signatureAlgorithm}, the policy requires ${hash}`)
  }
  const wanted = keyPolicy?.keyLength ?? 2048
  const key = publicKeyFrom(request.spki)
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
  if (bits < wanted) throw refuse(`the key has ${bits} bits, the policy requires ${wanted}`)
  const deviceId = contextItem(token, 'DeviceID') ?? ''
  const extension = request.extensions.find(({ oid }) => oid === DEVICE_ID_EXTENSION)
  if (Buffer.from(extension?.value ?? []).toString('latin1') !== `${deviceId}\0`) {
    throw refuse('the certificate request names another device than the context')
  }
  const [name] = request.subject
  if (
    request.subject.length !== 1 ||
    name?.type !== 'CN' ||
    name.value.length > 64 ||
    !name.value.endsWith(`!${deviceId}`)
  ) {
    throw refuse('the subject of the certificate request is not that of a device')
  }
  if (!readExtendedKeyUsage(request.extensions)?.includes(EXTENDED_KEY_USAGE.clientAuth)) {
    throw refuse('the certificate request is not for client authentication')
  }
  return request
}
