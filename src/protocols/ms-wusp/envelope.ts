import { DecodeError } from '../../domain/trouble.ts'
import { decodeEnvelope } from '../soap/envelope.ts'
import { SOAP_11 } from '../soap/namespaces.ts'
import { child, children, filledTextOf, path, type XmlElement } from '../xml/element.ts'
import { parseXml } from '../xml/read.ts'
import { compact, decodeInteger, required } from '../xml/schema-values.ts'
import { element, leaf, optionalLeaf, type Xml } from '../xml/write.ts'

/**
 * The envelope of [MS-WUSP], Windows Update Services: Client-Server Protocol, revision 2026-02-09. Of the client web
 * service only GetCookie, SyncUpdates and GetExtendedUpdateInfo are here, as a check for updates needs them;
 * GetConfig, RegisterComputer, RefreshCache, GetFileLocations, category scans and reporting are not.
 */
export const WUSP = 'http://www.microsoft.com/SoftwareDistribution/Server/ClientWebService'

/** Path of the client web service (section 2.1). */
export const WUSP_PATH = '/ClientWebService/client.asmx'

/** Content-Type of SOAP 1.1. */
export const WUSP_CONTENT_TYPE = 'text/xml; charset=utf-8'

export type WuspOperation = 'GetCookie' | 'SyncUpdates' | 'GetExtendedUpdateInfo'

/** Value of the SOAPAction header, without its quotes (the `soap:operation` of section 2.2.2.2). */
export const wuspAction = (operation: WuspOperation): string => `${WUSP}/${operation}`

/** What a client carries from call to call (section 2.2.3.5). */
export interface WuspCookie {
  /** xs:dateTime. */
  expiration: string
  /** Base64, opaque to the client. */
  encryptedData: string
}

/** The detail of a fault (section 2.2.2.4). */
export interface WuspFault {
  reason: string
  /** `InvalidCookie`, `CookieExpired`, `ServerChanged`, `ConfigChanged`, `RegistrationRequired` and so on. */
  errorCode?: string
  message?: string
  /** GUID of the event in the server's log. */
  id?: string
  /** The SOAPAction that failed. */
  method?: string
}

/** A SOAP 1.1 message around one element of the service's namespace. */
export const encodeWuspEnvelope = (name: string, ...inside: readonly (Xml | undefined)[]): string =>
  soap(element(name, { xmlns: WUSP }, ...inside))

const soap = (body: Xml): string => element('soap:Envelope', { 'xmlns:soap': SOAP_11 }, element('soap:Body', {}, body))

/**
 * The element inside a message.
 *
 * @throws DecodeError `ERR_XML_…`, `ERR_SOAP_ENVELOPE`, or the given code when it is another element: a fault too,
 *   so ask {@link decodeWuspFault} first.
 */
export function decodeWuspEnvelope(input: string | Uint8Array, name: string, code: string): XmlElement {
  const { body } = decodeEnvelope(input)
  if (body === undefined || body.local !== name || body.uri !== WUSP) {
    throw new DecodeError(code, `the body is not a ${name}`)
  }
  return body
}

/** A SOAP 1.1 fault with the detail of section 2.2.2.4. */
export const encodeWuspFault = (fault: WuspFault): string =>
  soap(
    element(
      'soap:Fault',
      {},
      leaf('faultcode', 'soap:Client'),
      leaf('faultstring', fault.reason),
      element(
        'detail',
        {},
        optionalLeaf('ErrorCode', fault.errorCode),
        optionalLeaf('Message', fault.message),
        optionalLeaf('ID', fault.id),
        optionalLeaf('Method', fault.method),
      ),
    ),
  )

/**
 * The fault in a message, or undefined when it has none.
 *
 * @throws DecodeError `ERR_XML_…` from the parser.
 */
export function decodeWuspFault(input: string | Uint8Array): WuspFault | undefined {
  const fault = path(parseXml(input), 'Body', 'Fault')
  if (fault === undefined) return undefined
  const detail = child(fault, 'detail') ?? child(fault, 'Detail')
  return compact({
    reason: filledTextOf(fault, 'faultstring') ?? filledTextOf(fault, 'Reason', 'Text') ?? '',
    errorCode: filledTextOf(detail, 'ErrorCode'),
    message: filledTextOf(detail, 'Message'),
    id: filledTextOf(detail, 'ID'),
    method: filledTextOf(detail, 'Method'),
  })
}

export const encodeCookie = (name: string, cookie: WuspCookie): Xml =>
  element(name, {}, leaf('Expiration', cookie.expiration), leaf('EncryptedData', cookie.encryptedData))

/** @throws DecodeError with the given code when a part is missing. */
export const decodeCookie = (cookie: XmlElement, code: string): WuspCookie => ({
  expiration: required(filledTextOf(cookie, 'Expiration'), code, 'Expiration'),
  encryptedData: required(filledTextOf(cookie, 'EncryptedData'), code, 'EncryptedData'),
})

/** An ArrayOfInt (section 2.2.3.3), or nothing. */
export const encodeInts = (name: string, values: readonly number[] | undefined): Xml | undefined =>
  values && element(name, {}, ...values.map((value) => leaf('int', value)))

/** @throws DecodeError with the given code when one is not an integer. */
export const decodeInts = (array: XmlElement | undefined, code: string): number[] =>
  children(array, 'int').map((one) => required(decodeInteger(one.text.trim(), code, 'int'), code, 'int'))
