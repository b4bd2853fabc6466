import { expect, test } from 'vitest'
import { decodeWuspFault, encodeWuspFault, wuspAction } from '../../../src/protocols/ms-wusp/envelope.ts'
import {
  decodeGetCookieRequest,
  decodeGetCookieResponse,
  encodeGetCookieRequest,
  encodeGetCookieResponse,
} from '../../../src/protocols/ms-wusp/get-cookie.ts'
import {
  decodeExtendedUpdateInfoRequest,
  decodeExtendedUpdateInfoResponse,
  encodeExtendedUpdateInfoRequest,
  encodeExtendedUpdateInfoResponse,
} from '../../../src/protocols/ms-wusp/get-extended-update-info.ts'
import {
  decodeSyncUpdatesRequest,
  decodeSyncUpdatesResponse,
  encodeSyncUpdatesRequest,
  encodeSyncUpdatesResponse,
} from '../../../src/protocols/ms-wusp/sync-updates.ts'
import { fuzz, refusal } from '../fuzz.ts'

const cookie = { expiration: '2026-01-02T00:00:00Z', encryptedData: 'Y29va2ll' }
const cookieRequest = {
  authCookies: [{ plugInId: 'SimpleTargeting', cookieData: 'YQ==' }],
  oldCookie: cookie,
  lastChange: '2025-12-01T00:00:00Z',
  currentTime: '2026-01-01T00:00:00Z',
  protocolVersion: '1.8',
}
const syncRequest = {
  cookie,
  parameters: {
    expressQuery: false,
    installedNonLeafUpdateIds: [1, 2],
    otherCachedUpdateIds: [],
    skipSoftwareSync: false,
    needTwoGroupOutOfScopeUpdates: true,
  },
}
const deployment = {
  id: 9,
  action: 'Install' as const,
  deadline: '2026-01-09T00:00:00Z',
  isAssigned: true,
  lastChangeTime: '2026-01-01',
  downloadPriority: '2',
  autoSelect: '0',
  autoDownload: '0',
  supersedenceBehavior: '0',
  flagBitmask: '0',
}
const syncInfo = {
  newUpdates: [
    { id: 3, deployment, isLeaf: true, xml: '<UpdateIdentity UpdateID="x"/>' },
    { id: 4, isLeaf: false },
  ],
  outOfScopeRevisionIds: [5],
  changedUpdates: [{ id: 6, isLeaf: true }],
  truncated: false,
  newCookie: cookie,
  deployedOutOfScopeRevisionIds: [7],
}
const infoRequest = {
  cookie,
  revisionIds: [3],
  infoTypes: ['Extended', 'LocalizedProperties'],
  locales: ['en-US', 'en'],
}
const info = {
  updates: [{ id: 3, xml: '<ExtendedProperties DefaultPropertiesLanguage="en"/>' }],
  fileLocations: [{ fileDigest: 'qZk+NkcGgWq6PiVxeFDCbJzQ2J0=', url: 'http://cdn.contoso.example/a.cab?x=1&y=2' }],
  outOfScopeRevisionIds: [8],
}

const exchanges: [string, string, (text: string) => unknown, unknown, string][] = [
  ['GetCookie', encodeGetCookieRequest(cookieRequest), decodeGetCookieRequest, cookieRequest, 'GET_COOKIE'],
  ['GetCookieResponse', encodeGetCookieResponse(cookie), decodeGetCookieResponse, cookie, 'GET_COOKIE'],
  ['SyncUpdates', encodeSyncUpdatesRequest(syncRequest), decodeSyncUpdatesRequest, syncRequest, 'SYNC_UPDATES'],
  ['SyncUpdatesResponse', encodeSyncUpdatesResponse(syncInfo), decodeSyncUpdatesResponse, syncInfo, 'SYNC_UPDATES'],
  [
    'GetExtendedUpdateInfo',
    encodeExtendedUpdateInfoRequest(infoRequest),
    decodeExtendedUpdateInfoRequest,
    infoRequest,
    'EXTENDED_UPDATE_INFO',
  ],
  [
    'GetExtendedUpdateInfoResponse',
    encodeExtendedUpdateInfoResponse(info),
    decodeExtendedUpdateInfoResponse,
    info,
    'EXTENDED_UPDATE_INFO',
  ],
]

test.each(exchanges)('%s comes back as it went', (_, text, decode, value) => {
  expect(decode(text)).toEqual(value)
})

test.each(exchanges)('%s is not taken for another message, nor from another namespace', (_, text, decode, __, code) => {
  const fault = encodeWuspFault({ reason: 'no' })
  const elsewhere = text.replace('Server/ClientWebService"', 'Server/OtherWebService"')
  const refused = [fault, elsewhere].map((one) => refusal(() => decode(one)))
  expect(refused).toEqual(Array(2).fill(`ERR_WUSP_${code}_MALFORMED`))
})

test.each(exchanges)('mutations of %s are read or refused, and nothing else is thrown', (_, text, decode) => {
  expect(fuzz(text, decode).other).toEqual([])
})

test('a request has the envelope, the namespace and the order of the specification', () => {
  expect(encodeSyncUpdatesRequest(syncRequest)).toBe(
    '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>' +
      '<SyncUpdates xmlns="http://www.microsoft.com/SoftwareDistribution/Server/ClientWebService">' +
      '<cookie><Expiration>2026-01-02T00:00:00Z</Expiration><EncryptedData>Y29va2ll</EncryptedData></cookie>' +
      '<parameters><ExpressQuery>false</ExpressQuery>' +
      '<InstalledNonLeafUpdateIDs><int>1</int><int>2</int></InstalledNonLeafUpdateIDs><OtherCachedUpdateIDs/>' +
      '<SkipSoftwareSync>false</SkipSoftwareSync><NeedTwoGroupOutOfScopeUpdates>true</NeedTwoGroupOutOfScopeUpdates>' +
      '</parameters></SyncUpdates></soap:Body></soap:Envelope>',
  )
  expect(wuspAction('SyncUpdates')).toBe(
    'http://www.microsoft.com/SoftwareDistribution/Server/ClientWebService/SyncUpdates',
  )
})

test('what a public client adds is ignored, and SOAP 1.2 is read', () => {
  const text = `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Header/><s:Body>
    <GetCookie xmlns="http://www.microsoft.com/SoftwareDistribution/Server/ClientWebService">
      <oldCookie/><lastChange>a</lastChange><currentTime> b </currentTime><odd/>
    </GetCookie></s:Body></s:Envelope>`
  expect(decodeGetCookieRequest(text)).toEqual({ authCookies: [], lastChange: 'a', currentTime: 'b' })
})

test('an unknown action, and a missing one, are refused', () => {
  const text = encodeSyncUpdatesResponse(syncInfo)
  const spoiled = [text.replace('>Install<', '>Format<'), text.replace('<Action>Install</Action>', '')]
  expect(spoiled.map((one) => refusal(() => decodeSyncUpdatesResponse(one)))).toEqual(
    Array(2).fill('ERR_WUSP_SYNC_UPDATES_MALFORMED'),
  )
})

test('a fault comes back as it went, and an answer is none', () => {
  const fault = {
    reason: 'Fault occurred',
    errorCode: 'InvalidCookie',
    message: 'cookie',
    id: 'f0000000-0000-4000-8000-000000000001',
    method: wuspAction('SyncUpdates'),
  }
  expect(decodeWuspFault(encodeWuspFault(fault))).toEqual(fault)
  expect(decodeWuspFault(encodeGetCookieResponse(cookie))).toBe(undefined)
})
