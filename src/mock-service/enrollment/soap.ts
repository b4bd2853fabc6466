import type { HttpRequest, HttpResponse } from '../../domain/http.ts'
import { DecodeError } from '../../domain/trouble.ts'
import { decodeEnvelope, encodeEnvelope, type SoapEnvelope } from '../../protocols/soap/envelope.ts'
import { encodeFault } from '../../protocols/soap/fault.ts'
import { ANONYMOUS, SOAP_CONTENT_TYPE } from '../../protocols/soap/namespaces.ts'
import { requestIdOf } from '../request-id.ts'
import { reply } from '../responses.ts'
import type { Tenant } from '../tenant.ts'

/** A refusal of the enrolment ([MS-MDE2] 2.2.9.4 and 3.3.1.3). */
export class EnrollmentFault extends Error {
  readonly subcode: string
  readonly errorType: string | undefined

  constructor(subcode: string, message: string, errorType?: string) {
    super(message)
    this.subcode = subcode
    this.errorType = errorType
  }
}

/**
 * Answers a SOAP request of one action; what is refused or cannot be read becomes a fault. The headers have to be the
 * ones of [MS-MDE2] 3.1.4; a message id is no key, for Windows has one for each kind of message.
 */
export function answerSoap(
  request: HttpRequest,
  tenant: Tenant,
  action: string,
  answer: (envelope: SoapEnvelope, header: { relatesTo: string; activityId: string }) => string,
): HttpResponse {
  let relatesTo = ''
  try {
    const envelope = decodeEnvelope(request.body)
    relatesTo = envelope.messageId ?? ''
    checkHeaders(request, envelope, action)
    return soap(200, answer(envelope, { relatesTo, activityId: requestIdOf(request, tenant) }))
  } catch (error) {
    if (error instanceof EnrollmentFault) return soap(500, faultOf(error, relatesTo, requestIdOf(request, tenant)))
    if (error instanceof DecodeError) {
      const fault = new EnrollmentFault('s:MessageFormat', `${error.code}: ${error.message}`)
      return soap(500, faultOf(fault, relatesTo, requestIdOf(request, tenant)))
    }
    throw error
  }
}

function checkHeaders(request: HttpRequest, envelope: SoapEnvelope, action: string): void {
  const refuse = (text: string) => new EnrollmentFault('s:MessageFormat', text)
  const type = (request.headers['content-type'] ?? '').toLowerCase().replace(/\s/g, '')
  if (type !== SOAP_CONTENT_TYPE.replace(/\s/g, '')) throw refuse(`the Content-Type is ${type || 'missing'}`)
  if (envelope.version !== '1.2') throw refuse('the envelope is not one of SOAP 1.2')
  if (envelope.action !== action)
    throw new EnrollmentFault('a:ActionMismatch', `the Action is ${envelope.action ?? 'missing'}`)
  if (!/^urn:uuid:[0-9a-f-]{36}$/i.test(envelope.messageId ?? '')) throw refuse('the MessageID is no urn:uuid')
  if (envelope.replyTo !== ANONYMOUS) throw refuse('ReplyTo is not anonymous')
  const { to = '' } = envelope
  // The host may be a proxy's; the path is the service's own.
  if (!URL.canParse(to) || pathOf(to) !== pathOf(request.url)) throw refuse(`the message is to ${to || 'no address'}`)
  for (const name of ['Action', 'To']) {
    if (!envelope.mustUnderstand?.includes(name)) throw refuse(`${name} lacks mustUnderstand`)
  }
}

const pathOf = (url: string): string => new URL(url).pathname.toLowerCase()

const soap = (status: number, body: string): HttpResponse => reply(status, SOAP_CONTENT_TYPE, body)

const faultOf = (fault: EnrollmentFault, relatesTo: string, traceId: string): string =>
  encodeEnvelope({
    action: 'http://schemas.microsoft.com/windows/pki/2009/01/enrollment/rstr/wstep',
    relatesTo,
    body: encodeFault({
      code: 's:Receiver',
      subcode: fault.subcode,
      reason: fault.message,
      ...(fault.errorType ? { detail: { errorType: fault.errorType, message: fault.message, traceId } } : {}),
    }),
  })
