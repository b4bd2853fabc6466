/** Namespaces and constants of the enrolment messages: [MS-MDE2] 3.1 to 3.6, [MS-XCEP] 2.2.1, [MS-WSTEP] 2.2.1. */

export const SOAP_12 = 'http://www.w3.org/2003/05/soap-envelope'
export const SOAP_11 = 'http://schemas.xmlsoap.org/soap/envelope/'
export const ADDRESSING = 'http://www.w3.org/2005/08/addressing'
export const ANONYMOUS = 'http://www.w3.org/2005/08/addressing/anonymous'
export const WSSE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd'
export const WS_UTILITY = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd'
export const WS_TRUST = 'http://docs.oasis-open.org/ws-sx/ws-trust/200512'
/** What is on the wire; the table of the specification lists another URI. */
export const AUTHORIZATION = 'http://schemas.xmlsoap.org/ws/2006/12/authorization'
export const DIAGNOSTICS = 'http://schemas.microsoft.com/2004/09/ServiceModel/Diagnostics'
export const XSI = 'http://www.w3.org/2001/XMLSchema-instance'
export const XSD = 'http://www.w3.org/2001/XMLSchema'
export const MDE2_ENROLLMENT = 'http://schemas.microsoft.com/windows/management/2012/01/enrollment'
export const XCEP = 'http://schemas.microsoft.com/windows/pki/2009/01/enrollmentpolicy'
export const PKI_ENROLLMENT = 'http://schemas.microsoft.com/windows/pki/2009/01/enrollment'

/** `EncodingType` of every BinarySecurityToken. */
export const BASE64_BINARY = `${WSSE}#base64binary`
/** `Type` of a password in a UsernameToken. */
export const PASSWORD_TEXT =
  'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordText'

/** `ValueType` of the header token when it is an Entra JWT. Not in [MS-MDE2]; seen in [MS-DVRE] and open-source peers. */
export const JWT_TOKEN_TYPE = 'urn:ietf:params:oauth:token-type:jwt'

/** `ValueType` of the header token when it is the opaque result of a web sign-in ([MS-MDE2] 3.1.1.2). */
export const USER_TOKEN_TYPE =
  'http://schemas.microsoft.com/5.0.0.0/ConfigurationManager/Enrollment/DeviceEnrollmentUserToken'
/** `ValueType` of the header token when it is a certificate (WSS X.509 token profile 1.0, section 3.1.3). */
export const X509_TOKEN_TYPE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3'

/** Content-Type of every SOAP 1.2 message of the enrolment. */
export const SOAP_CONTENT_TYPE = 'application/soap+xml; charset=utf-8'

/** Prefixes as real devices write them. */
export const PREFIXES = {
  s: SOAP_12,
  a: ADDRESSING,
  u: WS_UTILITY,
  wsse: WSSE,
  wst: WS_TRUST,
  ac: AUTHORIZATION,
} as const

export type SoapPrefix = keyof typeof PREFIXES

/** What the policy and certificate requests declare, in this order: servers that read by pattern count on it. */
export const ALL_PREFIXES: readonly SoapPrefix[] = ['s', 'a', 'u', 'wsse', 'wst', 'ac']
