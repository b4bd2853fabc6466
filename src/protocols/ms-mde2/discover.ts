import {
  encodeEnvelope,
  expectBody,
  type RequestHeader,
  type ResponseHeader,
  type SoapEnvelope,
} from '../soap/envelope.ts'
import { MDE2_ENROLLMENT, XSI } from '../soap/namespaces.ts'
import { child, children, filledTextOf } from '../xml/element.ts'
import { compact, required } from '../xml/schema-values.ts'
import { element, leaf, optionalLeaf } from '../xml/write.ts'

const MALFORMED = 'ERR_MDE2_DISCOVER_MALFORMED'

export const DISCOVER_ACTION =
  'http://schemas.microsoft.com/windows/management/2012/01/enrollment/IDiscoveryService/Discover'
export const DISCOVER_RESPONSE_ACTION = `${DISCOVER_ACTION}Response`

/** Usually `Federated`, `OnPremise` or `Certificate`; kept as it came. */
export type AuthPolicy = string

/** [MS-MDE2] 3.1.4.1.1.1. */
export interface DiscoverRequest {
  /** The user's UPN in an Entra join. */
  emailAddress: string
  /** Highest version that the client speaks: `1.0` to `7.0`. */
  requestVersion: string
  /** `CIMClient_Windows` or `WindowsPhone`. */
  deviceType: string
  /** OS build as `a.b.c.d`. */
  applicationVersion: string
  /** Product type in decimal; 203 is CloudEdition, Windows 11 SE. */
  osEdition: string
  authPolicies: readonly AuthPolicy[]
}

/** [MS-MDE2] 3.1.4.1.1.2. */
export interface DiscoverResponse {
  authPolicy: AuthPolicy
  enrollmentVersion?: string
  /** Absent: no GetPolicies, defaults apply. */
  enrollmentPolicyServiceUrl?: string
  enrollmentServiceUrl: string
  /** Only when a web sign-in is wanted. */
  authenticationServiceUrl?: string
}

/** What the device posts to the discovery URL. */
export const encodeDiscoverRequest = (request: DiscoverRequest, header: RequestHeader): string =>
  encodeEnvelope({
    ...header,
    action: DISCOVER_ACTION,
    prefixes: ['a', 's'],
    body: element(
      'Discover',
      { xmlns: MDE2_ENROLLMENT },
      element(
        'request',
        { 'xmlns:i': XSI },
        leaf('EmailAddress', request.emailAddress),
        leaf('RequestVersion', request.requestVersion),
        leaf('DeviceType', request.deviceType),
        leaf('ApplicationVersion', request.applicationVersion),
        leaf('OSEdition', request.osEdition),
        element(
          'AuthPolicies',
          {},
          request.authPolicies.map((policy) => leaf('AuthPolicy', policy)),
        ),
      ),
    ),
  })

/** @throws DecodeError `ERR_MDE2_DISCOVER_MALFORMED` when the body is another one or a required part is missing. */
export function decodeDiscoverRequest(envelope: SoapEnvelope): DiscoverRequest {
  const request = child(expectBody(envelope, 'Discover', MDE2_ENROLLMENT, MALFORMED), 'request')
  const field = (local: string): string => required(filledTextOf(request, local), MALFORMED, local)
  return {
    emailAddress: field('EmailAddress'),
    requestVersion: field('RequestVersion'),
    deviceType: field('DeviceType'),
    applicationVersion: field('ApplicationVersion'),
    osEdition: field('OSEdition'),
    authPolicies: children(child(request, 'AuthPolicies'), 'AuthPolicy').map((policy) => policy.text.trim()),
  }
}

/** What the service answers. */
export const encodeDiscoverResponse = (response: DiscoverResponse, header: ResponseHeader): string =>
  encodeEnvelope({
    ...header,
    action: DISCOVER_RESPONSE_ACTION,
    body: element(
      'DiscoverResponse',
      { xmlns: MDE2_ENROLLMENT },
      element(
        'DiscoverResult',
        {},
        leaf('AuthPolicy', response.authPolicy),
        optionalLeaf('EnrollmentVersion', response.enrollmentVersion),
        optionalLeaf('EnrollmentPolicyServiceUrl', response.enrollmentPolicyServiceUrl),
        leaf('EnrollmentServiceUrl', response.enrollmentServiceUrl),
        optionalLeaf('AuthenticationServiceUrl', response.authenticationServiceUrl),
      ),
    ),
  })

/**
 * Reads the answer: values are trimmed, empty ones are absent, unknown elements are ignored.
 *
 * @throws DecodeError `ERR_MDE2_DISCOVER_MALFORMED` when the body is another one, or without `AuthPolicy` or
 *   `EnrollmentServiceUrl`.
 */
export function decodeDiscoverResponse(envelope: SoapEnvelope): DiscoverResponse {
  const body = expectBody(envelope, 'DiscoverResponse', MDE2_ENROLLMENT, MALFORMED)
  const result = child(body, 'DiscoverResult')
  return compact({
    authPolicy: required(filledTextOf(result, 'AuthPolicy'), MALFORMED, 'AuthPolicy'),
    enrollmentVersion: filledTextOf(result, 'EnrollmentVersion'),
    enrollmentPolicyServiceUrl: filledTextOf(result, 'EnrollmentPolicyServiceUrl'),
    enrollmentServiceUrl: required(filledTextOf(result, 'EnrollmentServiceUrl'), MALFORMED, 'EnrollmentServiceUrl'),
    authenticationServiceUrl: filledTextOf(result, 'AuthenticationServiceUrl'),
  })
}
