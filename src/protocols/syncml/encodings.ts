import { WBXML_CONTENT_TYPE } from '../wbxml/constants.ts'
import { decodeWbxml } from '../wbxml/decode.ts'
import { encodeWbxml } from '../wbxml/encode.ts'
import { type ParseXmlOptions, parseXml } from '../xml/read.ts'
import { serializeContent } from '../xml/serialize.ts'
import { SYNCML_CONTENT_TYPE } from './constants.ts'
import { decodeSyncML, messageOf } from './decode.ts'
import type { SyncMLMessage } from './message.ts'

/** How a message travels ([MS-MDM] 2.1; OMA-TS-SyncML_HTTPBinding 1.2). */
export type SyncMLEncoding = 'xml' | 'wbxml'

export const CONTENT_TYPES: Readonly<Record<SyncMLEncoding, string>> = {
  xml: SYNCML_CONTENT_TYPE,
  wbxml: WBXML_CONTENT_TYPE,
}

/** The encoding that a media type names, with or without parameters; XML is the default. */
export const encodingOf = (mediaType: string | undefined): SyncMLEncoding =>
  (mediaType ?? '').split(';')[0]!.trim().toLowerCase() === WBXML_CONTENT_TYPE ? 'wbxml' : 'xml'

/** A message that is written, as it travels. */
export const bytesOf = (xml: string, encoding: SyncMLEncoding): Uint8Array =>
  encoding === 'wbxml' ? encodeWbxml(parseXml(xml)) : new TextEncoder().encode(xml)

/** @throws DecodeError as `decodeSyncML`; `ERR_WBXML_…` for what is no document in WBXML. */
export const readSyncML = (
  bytes: Uint8Array,
  encoding: SyncMLEncoding,
  options: ParseXmlOptions = {},
): SyncMLMessage => (encoding === 'wbxml' ? messageOf(decodeWbxml(bytes)) : decodeSyncML(bytes, options))

/**
 * A document in WBXML as the same document in XML.
 *
 * @throws DecodeError `ERR_WBXML_…`
 */
export function xmlOfWbxml(bytes: Uint8Array): string {
  const root = decodeWbxml(bytes)
  return serializeContent({ ...root, uri: '', prefix: '', attributes: [], children: [root], content: [root] })
}
