import { createPublicKey, type KeyObject, sign } from 'node:crypto'
import type { Secret } from '../../domain/secret.ts'
import { DecodeError, failure, type Result, success } from '../../domain/trouble.ts'
import { CODE } from '../../domain/windows-codes.ts'
import { encodeCngPublicKey } from '../../protocols/entra/cng-key-blob.ts'
import { joinHresult } from '../../protocols/entra/join-results.ts'
import type { RegistrationContract } from '../../protocols/entra/registration-contract.ts'
import { decodeAnswer, object, optional, text } from '../../protocols/json-answer.ts'
import { decodeCertificate } from '../../protocols/x509/certificate.ts'
import { createCertificationRequest } from '../../protocols/x509/certification-request.ts'
import { ask, postJson, type Service, unexpectedStatus } from '../service.ts'
import { discoverRegistration } from './discover-registration.ts'

/** The subject that Windows asks for; the service replaces it (reference: mdm-protocols.md, 4.2). */
const REQUEST_SUBJECT = '7E980AD9-B86D-4306-9425-9AC066FB014A'

/** mdm-protocols.md, 4.2. */
const JOIN_TYPES = { entra: 0, hybrid: 6 } as const

const JOINED = object({ Certificate: object({ RawBody: text }) })
const REFUSAL = object({ subcode: optional(text), message: optional(text) })

export interface JoinRequest {
  token: Secret
  domain: string
  deviceName: string
  osVersion: string
  deviceKey: KeyObject
  transportKey: KeyObject
  /** The Autopilot registration that the join belongs to; undefined for none. */
  registrationId?: string | undefined
  /** Left out: a join of Microsoft Entra alone. */
  joinType?: 'hybrid'
}

/**
 * Microsoft Entra join: discovery, then [MS-DVRJ] with the cloud's newer members. The answer carries the device's certificate.
 *
 * @param onDiscovery the first half is over: its trouble, or where the join goes
 */
export async function joinDevice(
  service: Service,
  request: JoinRequest,
  signal?: AbortSignal,
  onDiscovery?: (found: Result<RegistrationContract>) => void,
): Promise<Result<Uint8Array>> {
  const contract = await discoverRegistration(service, request.domain, signal)
  onDiscovery?.(contract)
  if (!contract.ok) return contract
  const address = new URL(contract.value.joinEndpoint)
  address.searchParams.set('api-version', '2.0')
  const url = address.href
  const certificateRequest = createCertificationRequest({
    subject: [{ type: 'CN', value: REQUEST_SUBJECT }],
    publicKey: request.deviceKey,
    sign: (bytes) => new Uint8Array(sign('sha256', bytes, request.deviceKey)),
    extensions: [],
  })
  const body = {
    CertificateRequest: { Type: 'pkcs10', Data: Buffer.from(certificateRequest).toString('base64') },
    TransportKey: Buffer.from(encodeCngPublicKey(request.transportKey)).toString('base64'),
    TargetDomain: request.domain,
    DeviceType: 'Windows',
    OSVersion: request.osVersion,
    DeviceDisplayName: request.deviceName,
    JoinType: request.joinType === 'hybrid' ? JOIN_TYPES.hybrid : JOIN_TYPES.entra,
    attributes: {
      ReuseDevice: 'true',
      ReturnClientSid: 'true',
      // The ticket's own form is unpublished (reference: mdm-protocols.md, 4.2 [U]); ours is in docs/lookup.md.
      ...(request.registrationId ? { 'MSA-DDID': request.registrationId } : {}),
    },
  }
  const headers = {
    authorization: `Bearer ${request.token.reveal()}`,
    'user-agent': `Dsreg/10.0 (Windows ${request.osVersion})`,
    'ocp-adrs-client-name': 'Dsreg',
    'client-request-id': service.ids.guid(),
    'return-client-request-id': 'true',
  }
  const options = { operation: 'MS-DVRJ device join', ...(signal ? { signal } : {}) }
  return ask(service, postJson(url, body, headers), options, (response) => {
    if (response.status === 200) {
      const { Certificate } = decodeAnswer(response.body, JOINED, CODE.invalidData)
      const certificate = new Uint8Array(Buffer.from(Certificate.RawBody, 'base64'))
      return isForKey(certificate, request.deviceKey)
        ? success(certificate)
        : failure(CODE.joinAuthenticationFailed, 'the certificate of the join is not for the key of this device', url)
    }
    if (response.status === 503) return failure(CODE.joinServiceBusy, 'the registration service is busy', url)
    if (response.status < 400 || response.status >= 500) return unexpectedStatus('MS-DVRJ device join', response, url)
    const { subcode = '', message = 'the join was refused' } = decodeAnswer(response.body, REFUSAL, CODE.invalidData)
    return failure(joinHresult(subcode), message, url)
  })
}

/** What is no certificate is for no key. */
function isForKey(certificate: Uint8Array, key: KeyObject): boolean {
  const own = createPublicKey(key).export({ type: 'spki', format: 'der' })
  try {
    return own.equals(decodeCertificate(certificate).spki)
  } catch (error) {
    if (error instanceof DecodeError) return false
    throw error
  }
}
