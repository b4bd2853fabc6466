import { childIgnoringCase, type XmlElement } from '../xml/element.ts'
import { compact } from '../xml/schema-values.ts'
import { element, leaf, optionalLeaf, type Xml } from '../xml/write.ts'
import { PKI_ENROLLMENT } from './namespaces.ts'

/** `DeviceEnrollmentServiceError`, the detail that wins over the subcode ([MS-MDE2] 2.2.9). */
export interface FaultDetail {
  errorType?: string
  message?: string
  traceId?: string
}

export interface SoapFault {
  /** As on the wire, prefix included: `s:Receiver`. */
  code: string
  /** As on the wire, prefix included: `s:Authorization`. SOAP 1.1 has none. */
  subcode?: string
  reason: string
  detail?: FaultDetail
}

/** A SOAP 1.2 fault for the body of an envelope with the prefix `s`. */
export const encodeFault = ({ code, subcode, reason, detail }: SoapFault): Xml =>
  element(
    's:Fault',
    {},
    element(
      's:Code',
      {},
      leaf('s:Value', code),
      subcode === undefined ? undefined : element('s:Subcode', {}, leaf('s:Value', subcode)),
    ),
    element('s:Reason', {}, leaf('s:Text', reason, { 'xml:lang': 'en-us' })),
    detail &&
      element(
        's:Detail',
        {},
        element(
          'DeviceEnrollmentServiceError',
          { xmlns: PKI_ENROLLMENT },
          optionalLeaf('ErrorType', detail.errorType),
          optionalLeaf('Message', detail.message),
          optionalLeaf('TraceId', detail.traceId),
        ),
      ),
  )

/**
 * Reads a fault of SOAP 1.2 or 1.1. Local names are compared without letter case and prefixes not at all: the samples
 * of the specification and one widely used server write `s:fault`, `s:subcode` and so on.
 */
export function decodeFault(fault: XmlElement): SoapFault {
  const code = childIgnoringCase(fault, 'code')
  const detail = childIgnoringCase(fault, 'detail')
  const error = childIgnoringCase(detail, 'deviceenrollmentserviceerror')
  const reason = childIgnoringCase(childIgnoringCase(fault, 'reason'), 'text')
  return compact({
    code: trimmed(childIgnoringCase(code, 'value')) ?? trimmed(childIgnoringCase(fault, 'faultcode')) ?? '',
    subcode: trimmed(childIgnoringCase(childIgnoringCase(code, 'subcode'), 'value')),
    reason: trimmed(reason) ?? trimmed(childIgnoringCase(fault, 'faultstring')) ?? '',
    detail:
      error &&
      compact({
        errorType: trimmed(childIgnoringCase(error, 'errortype')),
        message: trimmed(childIgnoringCase(error, 'message')),
        traceId: trimmed(childIgnoringCase(error, 'traceid')),
      }),
  })
}

const trimmed = (element: XmlElement | undefined): string | undefined => element?.text.trim() || undefined
