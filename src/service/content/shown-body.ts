import { DecodeError } from '../../domain/trouble.ts'
import { encodingOf, xmlOfWbxml } from '../../protocols/syncml/encodings.ts'

const encoder = new TextEncoder()

/** The public id of SyncML 1.2 behind a version: no text begins so, and no other binary that is sent here. */
const isWbxml = ([version, high, low]: Uint8Array): boolean =>
  version !== undefined && version <= 0x03 && high === 0xa4 && low === 0x01

/**
 * A body as it may be written down. WBXML becomes XML: masks find a secret by the element around it. What cannot be read is left out,
 * because no mask would find anything in it.
 */
export function shownBody(headers: Readonly<Record<string, string>>, body: Uint8Array): Uint8Array {
  if (body.length === 0) return body
  if (encodingOf(headers['content-type']) !== 'wbxml' && !isWbxml(body)) return body
  try {
    return encoder.encode(xmlOfWbxml(body))
  } catch (error) {
    if (error instanceof DecodeError) return encoder.encode(`WBXML that cannot be read: ${error.code}`)
    throw error
  }
}
