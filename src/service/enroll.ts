import { createPublicKey, type KeyObject, sign } from 'node:crypto'
import { failure, type Result, success } from '../domain/trouble.ts'
import { type DiscoverResponse, decodeDiscoverResponse, encodeDiscoverRequest } from '../protocols/ms-mde2/discover.ts'
import { ENROLLMENT_HRESULT, enrollmentHresult } from '../protocols/ms-mde2/enrollment-results.ts'
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
import { decodeEnvelope, type SoapEnvelope } from '../protocols/soap/envelope.ts'
import { SOAP_CONTENT_TYPE } from '../protocols/soap/namespaces.ts'
import { jwtSecurityToken } from '../protocols/soap/security.ts'
import { createCertificationRequest } from '../protocols/x509/certification-request.ts'
import { EXTENDED_KEY_USAGE, extendedKeyUsage } from '../protocols/x509/extensions.ts'
import { ask, get, post, type Service } from './service.ts'

/** Carries the device id in a certificate request (reference: mdm-protocols.md, 1.7). */
const DEVICE_ID_EXTENSION = '1.3.6.1.4.1.311.66.1.0'

const HEADERS = { 'user-agent': 'ENROLLClient', 'cache-control': 'no-cache', pragma: 'no-cache' }

export interface EnrollingDevice {
  upn: string
  osVersion: string
  osEdition: string
}

/** [MS-MDE2] 3.1: an existence check by GET, then Discover. Nothing is repeated by itself. */
export async function discover(
  service: Service,
  device: EnrollingDevice,
  signal?: AbortSignal,
): Promise<Result<DiscoverResponse>> {
  const url = service.endpoints.discovery
  const exists = await service.http.send(get(url, HEADERS), {
    operation: 'MS-MDE2 discovery check',
    ...abortable(signal),
  })
  if (!exists.ok) return failure(connectivityCode(exists.trouble.code), exists.trouble.text, url)
  const message = encodeDiscoverRequest(
    {
      emailAddress: device.upn,
      requestVersion: '7.0',
      deviceType: 'CIMClient_Windows',
      applicationVersion: device.osVersion,
      osEdition: device.osEdition,
      authPolicies: ['OnPremise', 'Federated'],
    },
    { messageId: messageId(service), to: url },
  )
  return askSoap(service, url, message, 'MS-MDE2 Discover', signal, decodeDiscoverResponse)
}

export interface PolicyRequest {
  /** Left out by a service that has no policies: the defaults apply. */
  url: string | undefined
  token: string
  tpm: { manufacturer: string; firmwareVersion: string } | undefined
}

/** [MS-XCEP] GetPolicies. */
export async function getPolicies(
  service: Service,
  request: PolicyRequest,
  signal?: AbortSignal,
): Promise<Result<EffectivePolicy>> {
  if (request.url === undefined) return success(DEFAULT_POLICY)
  const message = encodeGetPoliciesRequest(
    request.tpm ? { tpmManufacturer: request.tpm.manufacturer, tpmFirmwareVersion: request.tpm.firmwareVersion } : {},
    {
      messageId: messageId(service),
      to: request.url,
      security: { binarySecurityToken: jwtSecurityToken(request.token) },
    },
  )
  const answer = await askSoap(service, request.url, message, 'MS-XCEP GetPolicies', signal, decodeGetPoliciesResponse)
  return answer.ok ? success(effectivePolicy(answer.value)) : answer
}

export interface CertificateRequest {
  url: string
  token: string
  /** 32 hexadecimal digits. */
  deviceId: string
  key: KeyObject
  contextItems: ContextItem[]
}

/** [MS-WSTEP] RequestSecurityToken with a PKCS#10 request; the answer is the text of the provisioning document. */
export async function requestSecurityToken(
  service: Service,
  request: CertificateRequest,
  signal?: AbortSignal,
): Promise<Result<string>> {
  const { deviceId, key } = request
  const certificateRequest = createCertificationRequest({
    // The first 30 characters of a GUID, `!`, the device id: 63 characters.
    subject: [{ type: 'CN', value: `${service.ids.guid().toUpperCase().slice(0, 30)}!${deviceId}` }],
    publicKey: createPublicKey(key),
    sign: (bytes) => new Uint8Array(sign('sha256', bytes, key)),
    extensions: [
      { oid: DEVICE_ID_EXTENSION, value: new TextEncoder().encode(`${deviceId}\0`) },
      extendedKeyUsage(EXTENDED_KEY_USAGE.clientAuth),
    ],
  })
  const message = encodeRequestSecurityToken(
    {
      requestType: 'Issue',
      certificateRequest: { valueType: PKCS10_VALUE_TYPE, der: certificateRequest },
      contextItems: request.contextItems,
    },
    {
      messageId: messageId(service),
      to: request.url,
      security: { binarySecurityToken: jwtSecurityToken(request.token) },
    },
  )
  const answer = await askSoap(
    service,
    request.url,
    message,
    'MS-WSTEP RequestSecurityToken',
    signal,
    decodeRequestSecurityTokenResponse,
  )
  return answer.ok ? success(answer.value.provisioningDocument) : answer
}

const messageId = (service: Service): string => `urn:uuid:${service.ids.guid()}`

const abortable = (signal: AbortSignal | undefined) => (signal ? { signal } : {})

/** TLS trouble has a code of its own; everything else on the way is connectivity. */
const connectivityCode = (code: string): string =>
  code === '0x80072f8f' ? ENROLLMENT_HRESULT.invalidTlsCertificate : ENROLLMENT_HRESULT.connectivity

/** Faults are recognised by the body, whatever the status: real servers send them with 200 and with 500. */
async function askSoap<Value>(
  service: Service,
  url: string,
  message: string,
  operation: string,
  signal: AbortSignal | undefined,
  read: (envelope: SoapEnvelope) => Value,
): Promise<Result<Value>> {
  const options = { operation, ...abortable(signal) }
  const answer = await ask<Value>(service, post(url, SOAP_CONTENT_TYPE, message, HEADERS), options, (response) => {
    if (response.body.length === 0)
      return failure(ENROLLMENT_HRESULT.emptyMessage, `${operation}: an empty answer`, url)
    const envelope = decodeEnvelope(response.body)
    if (envelope.fault) return failure(enrollmentHresult(envelope.fault), faultText(envelope.fault), url)
    return success(read(envelope))
  })
  if (answer.ok || answer.trouble.code.startsWith('0x8018')) return answer
  const { code, text } = answer.trouble
  if (code.startsWith('0x')) return failure(connectivityCode(code), text, url)
  return failure(ENROLLMENT_HRESULT.messageFormat, `${text} (${code})`, url)
}

const faultText = (fault: { reason: string; detail?: { message?: string; errorType?: string } }): string =>
  fault.detail?.message ?? (fault.reason || 'the service answered with a fault')
