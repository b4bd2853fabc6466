import { createPublicKey, type KeyObject, sign } from 'node:crypto'
import { type Result, success } from '../../domain/trouble.ts'
import {
  type DiscoverResponse,
  decodeDiscoverResponse,
  encodeDiscoverRequest,
} from '../../protocols/ms-mde2/discover.ts'
import {
  type ContextItem,
  decodeRequestSecurityTokenResponse,
  encodeRequestSecurityToken,
  PKCS10_VALUE_TYPE,
} from '../../protocols/ms-wstep/request-security-token.ts'
import {
  DEFAULT_POLICY,
  decodeGetPoliciesResponse,
  type EffectivePolicy,
  effectivePolicy,
  encodeGetPoliciesRequest,
} from '../../protocols/ms-xcep/get-policies.ts'
import { createCertificationRequest } from '../../protocols/x509/certification-request.ts'
import { EXTENDED_KEY_USAGE, extendedKeyUsage } from '../../protocols/x509/extensions.ts'
import type { SignatureHash } from '../../protocols/x509/signature.ts'
import type { Service } from '../service.ts'
import { authenticated, type EnrollmentCredential } from './enrollment-credential.ts'
import { exchangeSoap, newMessageId } from './soap-exchange.ts'

/** Carries the device id in a certificate request (reference: mdm-protocols.md, 1.7). */
const DEVICE_ID_EXTENSION = '1.3.6.1.4.1.311.66.1.0'

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
 * [MS-MDE2] 3.1.4.1: Discover, by POST alone. The GET that looks whether an address exists is a step of the discovery by
 * e-mail ([MS-MDE2] 1.3); an Entra join has the address from Entra.
 *
 * @param url from the Entra side of a join
 */
export function discover(
  service: Service,
  url: string,
  device: EnrollingDevice,
  signal?: AbortSignal,
): Promise<Result<DiscoverResponse>> {
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
    { messageId, to: url },
  )
  const request = { url, message, messageId, operation: 'MS-MDE2 Discover', isDiscovery: true } as const
  return exchangeSoap(service, request, decodeDiscoverResponse, signal)
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
  /** Recovery: the device is enrolled, and has lost its certificate. */
  requestType?: 'Issue' | 'Recovery'
}

/** [MS-WSTEP] RequestSecurityToken with a PKCS#10 request; the answer is the text of the provisioning document. */
export async function requestSecurityToken(
  service: Service,
  { url, credential, deviceId, key, hash, contextItems, now, requestType = 'Issue' }: CertificateRequest,
  signal?: AbortSignal,
): Promise<Result<string>> {
  const certificateRequest = enrollmentCertificateRequest({ deviceId, key, hash, guid: service.ids.guid() })
  const messageId = newMessageId(service)
  const message = authenticated(credential, now, (security) =>
    encodeRequestSecurityToken(
      {
        requestType,
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
