import { DecodeError } from '../../domain/trouble.ts'
import { attribute, child, childIgnoringCase, filledTextOf, type XmlElement } from '../xml/element.ts'
import { parseXml } from '../xml/read.ts'
import { compact } from '../xml/schema-values.ts'
import { element, leaf, type Xml, type XmlAttributes } from '../xml/write.ts'
import { decodeFault, type SoapFault } from './fault.ts'
import { ANONYMOUS, DIAGNOSTICS, PREFIXES, SOAP_11, SOAP_12, type SoapPrefix } from './namespaces.ts'
import { decodeSecurity, encodeSecurity, type SecurityHeader } from './security.ts'

/** What a device puts into the header of a request, besides the action. */
export interface RequestHeader {
  /** `urn:uuid:…`; Windows uses the same one for every message of a kind, so it identifies nothing. */
  messageId: string
  /** The URL that the request is posted to. */
  to: string
  security?: SecurityHeader
}

/** What a service puts into the header of an answer, besides the action. */
export interface ResponseHeader {
  /** The message id of the request. */
  relatesTo?: string
  /** GUID for the server's log. */
  activityId?: string
  /** GUID; the activity id when it is not given. */
  correlationId?: string
  security?: SecurityHeader
}

export interface EnvelopeParts extends Partial<RequestHeader>, Omit<ResponseHeader, 'security'> {
  action: string
  /** Declared on the envelope in this order; default `s`, `a`. */
  prefixes?: readonly SoapPrefix[]
  /** Declared on the body. */
  bodyAttributes?: XmlAttributes
  body: Xml
}

/** A message with its header read, and the body still as XML. */
export interface SoapEnvelope {
  version: '1.1' | '1.2'
  action?: string
  messageId?: string
  to?: string
  /** `ReplyTo/Address`. */
  replyTo?: string
  relatesTo?: string
  /** Local names of the header elements that say `mustUnderstand`. */
  mustUnderstand?: string[]
  security?: SecurityHeader
  /** The first element in the body. */
  body: XmlElement | undefined
  fault?: SoapFault
}

/** A SOAP 1.2 message with WS-Addressing headers, without an XML declaration ([MS-MDE2] 3.1.4). */
export function encodeEnvelope(parts: EnvelopeParts): string {
  const { action, messageId, to, relatesTo, activityId, correlationId = activityId, security } = parts
  const declarations = Object.fromEntries(
    (parts.prefixes ?? ['s', 'a']).map((prefix) => [`xmlns:${prefix}`, PREFIXES[prefix]]),
  )
  const header = element(
    's:Header',
    {},
    leaf('a:Action', action, { 's:mustUnderstand': '1' }),
    activityId === undefined
      ? undefined
      : leaf('ActivityId', activityId, { CorrelationId: correlationId, xmlns: DIAGNOSTICS }),
    relatesTo === undefined ? undefined : leaf('a:RelatesTo', relatesTo),
    messageId === undefined ? undefined : leaf('a:MessageID', messageId),
    messageId === undefined ? undefined : element('a:ReplyTo', {}, leaf('a:Address', ANONYMOUS)),
    to === undefined ? undefined : leaf('a:To', to, { 's:mustUnderstand': '1' }),
    security && encodeSecurity(security),
  )
  return element('s:Envelope', declarations, header, element('s:Body', parts.bodyAttributes, parts.body))
}

/**
 * Reads the envelope of SOAP 1.1 or 1.2. Header elements are found by local name, unknown ones are ignored, and a
 * fault is recognised whatever its letter case: whether a message is a fault depends on the body, not on the status
 * of the HTTP answer.
 *
 * @throws DecodeError `ERR_XML_…` from the parser; `ERR_SOAP_ENVELOPE` when the root is not an envelope of a known
 *   namespace, or when there is no body or more than one.
 */
export function decodeEnvelope(input: string | Uint8Array): SoapEnvelope {
  // One deployed policy service answers with an undeclared prefix inside the body, and Windows takes it.
  const root = parseXml(input, { tolerateUndeclaredPrefix: true })
  if (root.local !== 'Envelope' || (root.uri !== SOAP_11 && root.uri !== SOAP_12)) {
    throw new DecodeError('ERR_SOAP_ENVELOPE', 'the root element is not a SOAP 1.1 or 1.2 Envelope')
  }
  const bodies = root.children.filter((one) => one.local === 'Body' && one.uri === root.uri)
  if (bodies.length !== 1) throw new DecodeError('ERR_SOAP_ENVELOPE', `an Envelope with ${bodies.length} Body elements`)
  const header = child(root, 'Header')
  const security = child(header, 'Security')
  const fault = childIgnoringCase(bodies[0], 'Fault')
  const mustUnderstand = (header?.children ?? []).filter((one) =>
    ['1', 'true'].includes(attribute(one, 'mustUnderstand') ?? ''),
  )
  return {
    body: bodies[0]?.children[0],
    ...compact({
      version: root.uri === SOAP_11 ? ('1.1' as const) : ('1.2' as const),
      action: filledTextOf(header, 'Action'),
      messageId: filledTextOf(header, 'MessageID'),
      to: filledTextOf(header, 'To'),
      replyTo: filledTextOf(header, 'ReplyTo', 'Address'),
      relatesTo: filledTextOf(header, 'RelatesTo'),
      mustUnderstand: mustUnderstand.length === 0 ? undefined : mustUnderstand.map(({ local }) => local),
      security: security && decodeSecurity(security),
      fault: fault && decodeFault(fault),
    }),
  }
}

/**
 * The body element of a message, when it is the expected one. The namespace is compared without a trailing slash
 * (samples have one), and an undeclared one counts as right.
 *
 * @throws DecodeError with the given code.
 */
export function expectBody(envelope: SoapEnvelope, local: string, uri: string, code: string): XmlElement {
  const { body } = envelope
  if (body === undefined || body.local !== local) throw new DecodeError(code, `the body is not a ${local}`)
  const undeclared = body.uri === '' && body.prefix !== ''
  if (!undeclared && body.uri.replace(/\/$/, '') !== uri) {
    throw new DecodeError(code, `${local} is in another namespace`)
  }
  return body
}
