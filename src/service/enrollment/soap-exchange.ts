import { DecodeError, failure, isCertificateTrouble, type Result, success } from '../../domain/trouble.ts'
import { CODE, codeOfHttpStatus, isEnrollmentCode, isHttpStatusCode } from '../../domain/windows-codes.ts'
import { enrollmentHresult } from '../../protocols/ms-mde2/enrollment-results.ts'
import { decodeEnvelope, type SoapEnvelope } from '../../protocols/soap/envelope.ts'
import { SOAP_CONTENT_TYPE } from '../../protocols/soap/namespaces.ts'
import { ask, post, type Service } from '../service.ts'

/** What every request of the enrolment client says of itself (reference: mdm-protocols.md, 1.3). */
const ENROLLMENT_HEADERS = { 'user-agent': 'ENROLLClient' }

export const newMessageId = (service: Service): string => `urn:uuid:${service.ids.guid()}`

const abortable = (signal: AbortSignal | undefined) => (signal ? { signal } : {})

/** Trouble with a certificate has its own codes; everything else on the way is connectivity. */
function connectivityCode(code: string, isDiscovery = false): string {
  if (isDiscovery && code === CODE.certificateDateInvalid) return CODE.discoveryCertificateDate
  return isCertificateTrouble(code) ? CODE.enrollmentTlsCertificate : CODE.enrollmentConnectivity
}

export interface SoapRequest {
  url: string
  message: string
  messageId: string
  operation: string
  /** The first exchange with a server: a certificate of another time has its own code there. */
  isDiscovery?: true
  /** DER of the certificate to present: a renewal has no token ([MS-MDE2] 3.1.4, with TLS of the client). */
  certificate?: Uint8Array
}

/**
 * Posts a message of the enrolment and reads the answer. A fault is recognised by the body, whatever the status: real
 * servers send them with 200 and with 500. Nothing is repeated, and nothing is followed: a message with a token in it
 * goes where discovery said, or nowhere. The text of a fault is the server's own: make it inert before it is shown.
 */
export async function exchangeSoap<Value>(
  service: Service,
  { url, message, messageId, operation, isDiscovery, certificate }: SoapRequest,
  read: (envelope: SoapEnvelope) => Value,
  signal?: AbortSignal,
): Promise<Result<Value>> {
  const options = { operation, ...(certificate ? { certificate } : {}), ...abortable(signal) }
  const request = post(url, SOAP_CONTENT_TYPE, message, ENROLLMENT_HEADERS)
  const answer = await ask<Value>(service, request, options, (response) => {
    const { status, headers, body } = response
    if (service.takesChunkedAnswers?.() === false && /chunked/i.test(headers['transfer-encoding'] ?? '')) {
      return failure(CODE.enrollmentMessageFormat, `${operation}: the answer comes in chunks`, url)
    }
    if (status >= 300 && status < 400) {
      return failure(CODE.enrollmentInsecureRedirect, `${operation}: a redirect is not followed`, url)
    }
    const isError = status >= 400
    if (body.length === 0 && !isError) {
      return failure(CODE.enrollmentEmptyMessage, `${operation}: an empty answer`, url)
    }
    const envelope = isError ? faultIn(body) : decodeEnvelope(body)
    if (!envelope) return failure(codeOfHttpStatus(status), `HTTP error code ${status}${quoted(body)}`, url)
    if (envelope.fault) return failure(enrollmentHresult(envelope.fault), faultText(envelope.fault), url)
    // Windows' ids are the same for all messages of a kind, so servers may leave this out; another one is not our answer.
    if (envelope.relatesTo !== undefined && envelope.relatesTo !== messageId) {
      return failure(CODE.enrollmentMessageFormat, `${operation}: an answer to another message`, url)
    }
    return success(read(envelope))
  })
  if (answer.ok || isEnrollmentCode(answer.trouble.code) || isHttpStatusCode(answer.trouble.code)) return answer
  const { code, text } = answer.trouble
  if (code.startsWith('0x')) return failure(connectivityCode(code, isDiscovery), text, url)
  return failure(CODE.enrollmentMessageFormat, `${text} (${code})`, url)
}

/** The envelope of an error, where it is one. */
function faultIn(body: Uint8Array): SoapEnvelope | undefined {
  try {
    const envelope = decodeEnvelope(body)
    return envelope.fault ? envelope : undefined
  } catch (error) {
    if (error instanceof DecodeError) return undefined
    throw error
  }
}

const QUOTED_MAX = 200

/** What an error says that is no fault: the words of a server that answers in plain text. */
function quoted(body: Uint8Array): string {
  const text = new TextDecoder().decode(body.subarray(0, QUOTED_MAX)).replace(/\s+/g, ' ').trim()
  return text === '' || text.startsWith('<') ? '' : `: ${text}`
}

const faultText = (fault: { reason: string; detail?: { message?: string } }): string =>
  fault.detail?.message ?? (fault.reason || 'the service answered with a fault')
