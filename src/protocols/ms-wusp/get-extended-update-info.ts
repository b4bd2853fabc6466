import { child, children, filledTextOf, textOf } from '../xml/element.ts'
import { compact, decodeInteger, required } from '../xml/schema-values.ts'
import { element, leaf } from '../xml/write.ts'
import * as wusp from './envelope.ts'

const MALFORMED = 'ERR_WUSP_EXTENDED_UPDATE_INFO_MALFORMED'

/** `Published`, `Core`, `Extended`, `VerificationRule`, `LocalizedProperties` or `Eula`; kept as it came. */
export type XmlUpdateFragmentType = string

/** [MS-WUSP] 2.2.2.2.6. A subset: no GeoId and no callerAttributes. */
export interface ExtendedUpdateInfoRequest {
  cookie: wusp.WuspCookie
  revisionIds: number[]
  infoTypes: XmlUpdateFragmentType[]
  locales: string[]
}

export interface ExtendedUpdateInfo {
  /** One entry for each fragment: an id may come more than once. Markup is text. */
  updates: { id: number; xml: string }[]
  fileLocations: FileLocation[]
  outOfScopeRevisionIds?: number[]
}

export interface FileLocation {
  /** SHA-1 of the file, in base64. */
  fileDigest: string
  url: string
}

export const encodeExtendedUpdateInfoRequest = (request: ExtendedUpdateInfoRequest): string =>
  wusp.encodeWuspEnvelope(
    'GetExtendedUpdateInfo',
    wusp.encodeCookie('cookie', request.cookie),
    wusp.encodeInts('revisionIDs', request.revisionIds),
    element('infoTypes', {}, ...request.infoTypes.map((type) => leaf('XmlUpdateFragmentType', type))),
    element('locales', {}, ...request.locales.map((locale) => leaf('string', locale))),
  )

/** @throws DecodeError `ERR_WUSP_EXTENDED_UPDATE_INFO_MALFORMED` when it is another message or has no cookie. */
export function decodeExtendedUpdateInfoRequest(input: string | Uint8Array): ExtendedUpdateInfoRequest {
  const root = wusp.decodeWuspEnvelope(input, 'GetExtendedUpdateInfo', MALFORMED)
  const texts = (list: string, local: string) => children(child(root, list), local).map((one) => one.text.trim())
  return {
    cookie: wusp.decodeCookie(required(child(root, 'cookie'), MALFORMED, 'cookie'), MALFORMED),
    revisionIds: wusp.decodeInts(child(root, 'revisionIDs'), MALFORMED),
    infoTypes: texts('infoTypes', 'XmlUpdateFragmentType'),
    locales: texts('locales', 'string'),
  }
}

export const encodeExtendedUpdateInfoResponse = (info: ExtendedUpdateInfo): string =>
  wusp.encodeWuspEnvelope(
    'GetExtendedUpdateInfoResponse',
    element(
      'GetExtendedUpdateInfoResult',
      {},
      element(
        'Updates',
        {},
        ...info.updates.map(({ id, xml }) => element('Update', {}, leaf('ID', id), leaf('Xml', xml))),
      ),
      element(
        'FileLocations',
        {},
        ...info.fileLocations.map(({ fileDigest, url }) =>
          element('FileLocation', {}, leaf('FileDigest', fileDigest), leaf('Url', url)),
        ),
      ),
      wusp.encodeInts('OutOfScopeRevisionIDs', info.outOfScopeRevisionIds),
    ),
  )

/** @throws DecodeError `ERR_WUSP_EXTENDED_UPDATE_INFO_MALFORMED` when it is another message or a part is missing. */
export function decodeExtendedUpdateInfoResponse(input: string | Uint8Array): ExtendedUpdateInfo {
  const root = wusp.decodeWuspEnvelope(input, 'GetExtendedUpdateInfoResponse', MALFORMED)
  const result = required(child(root, 'GetExtendedUpdateInfoResult'), MALFORMED, 'GetExtendedUpdateInfoResult')
  const outOfScope = child(result, 'OutOfScopeRevisionIDs')
  return compact({
    updates: children(child(result, 'Updates'), 'Update').map((update) => ({
      id: required(decodeInteger(textOf(update, 'ID'), MALFORMED, 'ID'), MALFORMED, 'ID'),
      xml: textOf(update, 'Xml') ?? '',
    })),
    fileLocations: children(child(result, 'FileLocations'), 'FileLocation').map((location) => ({
      fileDigest: required(filledTextOf(location, 'FileDigest'), MALFORMED, 'FileDigest'),
      url: required(filledTextOf(location, 'Url'), MALFORMED, 'Url'),
    })),
    outOfScopeRevisionIds: outOfScope && wusp.decodeInts(outOfScope, MALFORMED),
  })
}
