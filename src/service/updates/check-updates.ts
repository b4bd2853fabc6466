import { failure, type Result, success } from '../../domain/trouble.ts'
import { CODE } from '../../domain/windows-codes.ts'
import {
  decodeWuspFault,
  WUSP_CONTENT_TYPE,
  WUSP_PATH,
  type WuspOperation,
  wuspAction,
} from '../../protocols/ms-wusp/envelope.ts'
import { decodeGetCookieResponse, encodeGetCookieRequest } from '../../protocols/ms-wusp/get-cookie.ts'
import {
  decodeExtendedUpdateInfoResponse,
  encodeExtendedUpdateInfoRequest,
} from '../../protocols/ms-wusp/get-extended-update-info.ts'
import { decodeSyncUpdatesResponse, encodeSyncUpdatesRequest } from '../../protocols/ms-wusp/sync-updates.ts'
import { type AvailableUpdate, decodeUpdateFragment } from '../../protocols/ms-wusp/update-fragment.ts'
import { DOWNLOAD_LIMITS, seekPeers } from '../content/download.ts'
import { ask, get, post, type Service, unexpectedStatus } from '../service.ts'

/** What an offered update is for: the zero-day package and drivers, or the monthly security update. */
export type UpdateKind = AvailableUpdate['kind']

export interface OfferedUpdate extends AvailableUpdate {
  revisionId: number
}

/** Asks Windows Update what applies: GetCookie, then SyncUpdates ([MS-WUSP] 3.1.5). */
export async function scanForUpdates(
  service: Service,
  { kind, installed, now }: { kind: UpdateKind; installed: number[]; now: number },
  signal?: AbortSignal,
): Promise<Result<OfferedUpdate[]>> {
  const cookie = await getCookie(service, now, signal)
  if (!cookie.ok) return cookie
  const parameters = {
    expressQuery: false,
    installedNonLeafUpdateIds: [],
    otherCachedUpdateIds: installed,
    skipSoftwareSync: false,
  }
  return askUpdates<OfferedUpdate[]>(
    service,
    'SyncUpdates',
    encodeSyncUpdatesRequest({ cookie: cookie.value, parameters }),
    (body) =>
      decodeSyncUpdatesResponse(body).newUpdates.flatMap(({ id, xml }) => {
        const update = xml === undefined ? undefined : decodeUpdateFragment(xml)
        return update?.kind === kind && !installed.includes(id) ? [{ ...update, revisionId: id }] : []
      }),
    signal,
  )
}

interface DownloadParts {
  /** Unix milliseconds of the device's clock. */
  now: number
  /** Hears how much has come, from 0 to 1. */
  onProgress?: (fraction: number) => void
}

/** Downloads an update's files: where they are is asked for by GetExtendedUpdateInfo. */
export async function downloadUpdate(
  service: Service,
  update: OfferedUpdate,
  { now, onProgress }: DownloadParts,
  signal?: AbortSignal,
): Promise<Result<void>> {
  await seekPeers(service, signal)
  const cookie = await getCookie(service, now, signal)
  if (!cookie.ok) return cookie
  const info = await askUpdates(
    service,
    'GetExtendedUpdateInfo',
    encodeExtendedUpdateInfoRequest({
      cookie: cookie.value,
      revisionIds: [update.revisionId],
      infoTypes: ['FileUrl'],
      locales: ['en'],
    }),
    decodeExtendedUpdateInfoResponse,
    signal,
  )
  if (!info.ok) return info
  const files = info.value.fileLocations
  for (const [index, { url }] of files.entries()) {
    const options = {
      operation: 'Windows Update download',
      ...DOWNLOAD_LIMITS,
      ...(signal ? { signal } : {}),
      onProgress: (fraction: number) => onProgress?.((index + fraction) / files.length),
    }
    const file = await service.http.send(get(url), options)
    if (!file.ok) return file
    if (file.value.status !== 200) return unexpectedStatus(options.operation, file.value, url)
  }
  return success(undefined)
}

function getCookie(service: Service, now: number, signal: AbortSignal | undefined) {
  const message = encodeGetCookieRequest({
    authCookies: [],
    lastChange: '2024-10-01T00:00:00Z',
    currentTime: new Date(now).toISOString(),
    protocolVersion: '1.8',
  })
  return askUpdates(service, 'GetCookie', message, decodeGetCookieResponse, signal)
}

async function askUpdates<Value>(
  service: Service,
  operation: WuspOperation,
  message: string,
  read: (body: Uint8Array) => Value,
  signal: AbortSignal | undefined,
): Promise<Result<Value>> {
  const url = `${service.endpoints.updates}${WUSP_PATH}`
  const request = post(url, WUSP_CONTENT_TYPE, message, { soapaction: `"${wuspAction(operation)}"` })
  const options = { operation: `MS-WUSP ${operation}`, ...(signal ? { signal } : {}) }
  return ask<Value>(service, request, options, (response) => {
    if (response.status !== 200 && response.status !== 500) return unexpectedStatus(options.operation, response, url)
    const fault = decodeWuspFault(response.body)
    if (fault)
      return failure(CODE.updateServiceFault, `Windows Update refused: ${fault.errorCode ?? fault.reason}`, url)
    return success(read(response.body))
  })
}
