import { createPublicKey, type KeyObject, sign } from 'node:crypto'
import { failure, type Result, success } from '../domain/trouble.ts'
import { type DiscoverResponse, decodeDiscoverResponse, encodeDiscoverRequest } from '../protocols/ms-mde2/discover.ts'
import { ENROLLMENT_HRESULT } from '../protocols/ms-mde2/enrollment-results.ts'
import {
  type ContextItem,
  decodeRequestSecurityTokenResponse,
  encodeRequestSecurityToken,
  PKCS10_VALUE_TYPE,
} from '../protocols/ms-wstep/request-security-token.ts'
import {
  DEFAULT_POLICY,
  decodeGetPoliciesResponse,
  type EffectivePolicy,
  effectivePolicy,
  encodeGetPoliciesRequest,
} from '../protocols/ms-xcep/get-policies.ts'
import { createCertificationRequest } from '../protocols/x509/certification-request.ts'
import { EXTENDED_KEY_USAGE, extendedKeyUsage } from '../protocols/x509/extensions.ts'
import type { SignatureHash } from '../protocols/x509/signature.ts'
import { authenticated, type EnrollmentCredential } from './enrollment-credential.ts'
import { get, type Service } from './service.ts'
import { abortable, connectivityCode, ENROLLMENT_HEADERS, exchangeSoap, newMessageId } from './soap-exchange.ts'

/** Carries the device id in a certificate request (reference: mdm-protocols.md, 1.7). */
const DEVICE_ID_EXTENSION = '1.3.6.1.4.1.311.66.1.0'

/** Of one existence check. More of them are a loop. */
const REDIRECTS_MAX = 5

export interface EnrollingDevice {
  upn: string
  /** `10.0.26100.4652` */
  osVersion: string
  /** Product type in decimal. */
  osEdition: string
  /** Highest version that the device speaks: `7.0`. */
  requestVersion: string
}

/**
 * [MS-MDE2] 3.1: an existence check by GET, then Discover. Nothing is repeated by itself.
 *
 * @param url from the Entra side of a join; there is no e-mail discovery then
 */
export async function discover(
  service: Service,
  url: string,
  device: EnrollingDevice,
  signal?: AbortSignal,
): Promise<Result<DiscoverResponse>> {
  const found = await existing(service, url, signal)
  if (!found.ok) return found
  const messageId = newMessageId(service)
  const message = encodeDiscoverRequest(
    {
      emailAddress: device.upn,
      requestVersion: device.requestVersion,
      deviceType: 'CIMClient_Windows',
      applicationVersion: device.osVersion,
      osEdition: device.osEdition,
      authPolicies: ['OnPremise', 'Federated'],
    },
    { messageId, to: found.value },
  )
  const request = { url: found.value, message, messageId, operation: 'MS-MDE2 Discover' }
  return exchangeSoap(service, request, decodeDiscoverResponse, signal)
}

/** Where the discovery service is: at its URL, or where that redirects to on the same host, under TLS. */
async function existing(service: Service, start: string, signal: AbortSignal | undefined): Promise<Result<string>> {
  let url = start
  for (let redirects = 0; redirects <= REDIRECTS_MAX; redirects++) {
    const options = { operation: 'MS-MDE2 discovery check', ...abortable(signal) }
    const answer = await service.http.send(get(url, ENROLLMENT_HEADERS), options)
    if (!answer.ok) return failure(connectivityCode(answer.trouble.code, true), answer.trouble.text, url)
    const { status, headers } = answer.value
    if (status === 200) return success(url)
    const location = headers.location ?? ''
    if (status < 300 || status >= 400 || location === '') {
      return failure(ENROLLMENT_HRESULT.connectivity, `the discovery check was answered with HTTP ${status}`, url)
    }
    const next = URL.canParse(location, url) ? new URL(location, url) : undefined
    if (next?.origin !== new URL(url).origin) {
      return failure(ENROLLMENT_HRESULT.insecureRedirect, `a redirect to ${next?.origin ?? 'nowhere'} is refused`, url)
    }
    url = next.href
  }
  return failure(ENROLLMENT_HRESULT.connectivity, 'the discovery service redirects without an end', start)
}

export interface PolicyRequest {
  /** Left out by a service that has no policies: the defaults apply. */
  url: string | undefined
  credential: EnrollmentCredential
  tpm: { manufacturer: string; firmwareVersion: string } | undefined
  /** Unix milliseconds on the device. */
  now: number
}

/** [MS-XCEP] GetPolicies. */
export async function getPolicies(
  service: Service,
  { url, credential, tpm, now }: PolicyRequest,
  signal?: AbortSignal,
): Promise<Result<EffectivePolicy>> {
  if (url === undefined) return success(DEFAULT_POLICY)
  const messageId = newMessageId(service)
  const fields = tpm ? { tpmManufacturer: tpm.manufacturer, tpmFirmwareVersion: tpm.firmwareVersion } : {}
  const message = authenticated(credential, now, (security) =>
    encodeGetPoliciesRequest(fields, { messageId, to: url, security }),
  )
  const request = { url, message, messageId, operation: 'MS-XCEP GetPolicies' }
  const answer = await exchangeSoap(service, request, decodeGetPoliciesResponse, signal)
  return answer.ok ? success(effectivePolicy(answer.value)) : answer
}

export interface CertificateRequest {
  url: string
  credential: EnrollmentCredential
  /** 32 hexadecimal digits. */
  deviceId: string
  key: KeyObject
  hash: SignatureHash
  contextItems: ContextItem[]
  /** Unix milliseconds on the device. */
  now: number
}

/** [MS-WSTEP] RequestSecurityToken with a PKCS#10 request; the answer is the text of the provisioning document. */
export async function requestSecurityToken(
  service: Service,
  { url, credential, deviceId, key, hash, contextItems, now }: CertificateRequest,
  signal?: AbortSignal,
): Promise<Result<string>> {
  const certificateRequest = enrollmentCertificateRequest({ deviceId, key, hash, guid: service.ids.guid() })
  const messageId = newMessageId(service)
  const message = authenticated(credential, now, (security) =>
    encodeRequestSecurityToken(
      {
        requestType: 'Issue',
        certificateRequest: { valueType: PKCS10_VALUE_TYPE, der: certificateRequest },
        contextItems,
      },
      { messageId, to: url, security },
    ),
  )
  const request = { url, message, messageId, operation: 'MS-WSTEP RequestSecurityToken' }
  const answer = await exchangeSoap(service, request, decodeRequestSecurityTokenResponse, signal)
  return answer.ok ? success(answer.value.provisioningDocument) : answer
}

/** The PKCS#10 of an enrolment, in the form of the newer captures (reference: mdm-protocols.md, 1.7). */
export const enrollmentCertificateRequest = ({
  deviceId,
  key,
  hash,
  guid,
}: Pick<CertificateRequest, 'deviceId' | 'key' | 'hash'> & { guid: string }): Uint8Array =>
  createCertificationRequest({
    // The first 30 characters of a GUID, `!`, the device id: 63 characters.
    subject: [{ type: 'CN', value: `${guid.toUpperCase().slice(0, 30)}!${deviceId}` }],
    publicKey: createPublicKey(key),
    sign: (bytes) => new Uint8Array(sign(hash, bytes, key)),
    hash,
    extensions: [
      { oid: DEVICE_ID_EXTENSION, value: new TextEncoder().encode(`${deviceId}\0`) },
      extendedKeyUsage(EXTENDED_KEY_USAGE.clientAuth),
    ],
  })
