import type { KeyObject } from 'node:crypto'
import { type Result, success } from '../../domain/trouble.ts'
import { encodeRenewalRequest } from '../../protocols/ms-wstep/renewal-request.ts'
import {
  type ContextItem,
  decodeRequestSecurityTokenResponse,
  encodeRequestSecurityToken,
  PKCS7_VALUE_TYPE,
} from '../../protocols/ms-wstep/request-security-token.ts'
import type { SignatureHash } from '../../protocols/x509/signature.ts'
import type { Service } from '../service.ts'
import { enrollmentCertificateRequest } from './enroll.ts'
import { exchangeSoap, newMessageId } from './soap-exchange.ts'

export interface Renewal {
  url: string
  /** 32 hexadecimal digits. */
  deviceId: string
  /** The present certificate in DER, and its key. */
  present: { certificate: Uint8Array; key: KeyObject }
  /** The key that the new one is for. */
  key: KeyObject
  hash: SignatureHash
  contextItems: ContextItem[]
  /** Unix milliseconds on the device. */
  now: number
}

/**
 * [MS-MDE2] renewal on behalf of the user: no token says who asks, the present certificate does, in TLS and around the request. The
 * answer is the text of a provisioning document.
 */
export async function renewCertificate(
  service: Service,
  { url, deviceId, present, key, hash, contextItems, now }: Renewal,
  signal?: AbortSignal,
): Promise<Result<string>> {
  const certificateRequest = enrollmentCertificateRequest({ deviceId, key, hash, guid: service.ids.guid() })
  const messageId = newMessageId(service)
  const message = encodeRequestSecurityToken(
    {
      requestType: 'Renew',
      certificateRequest: {
        valueType: PKCS7_VALUE_TYPE,
        der: encodeRenewalRequest({ certificateRequest, ...present, hash, now }),
      },
      contextItems,
    },
    { messageId, to: url },
  )
  const { certificate } = present
  const request = { url, message, messageId, operation: 'MS-WSTEP RequestSecurityToken', certificate }
  const answer = await exchangeSoap(service, request, decodeRequestSecurityTokenResponse, signal)
  return answer.ok ? success(answer.value.provisioningDocument) : answer
}
