import { DECLARED_LENGTH } from '../../domain/http.ts'
import type { UpdateDefinition } from '../../domain/tenant.ts'
import { buildParts, WINDOWS_VERSIONS } from '../../domain/windows-versions.ts'
import { encodeWuspFault, WUSP_CONTENT_TYPE, type WuspOperation, wuspAction } from '../../protocols/ms-wusp/envelope.ts'
import { decodeGetCookieRequest, encodeGetCookieResponse } from '../../protocols/ms-wusp/get-cookie.ts'
import {
  decodeExtendedUpdateInfoRequest,
  encodeExtendedUpdateInfoResponse,
} from '../../protocols/ms-wusp/get-extended-update-info.ts'
import { decodeSyncUpdatesRequest, encodeSyncUpdatesResponse } from '../../protocols/ms-wusp/sync-updates.ts'
import { encodeUpdateFragment } from '../../protocols/ms-wusp/update-fragment.ts'
import type { Handler } from '../handler.ts'
import { empty, reply } from '../responses.ts'
import type { Tenant } from '../tenant.ts'

const DAY_MS = 86_400_000
/** Revision ids count from here, in the order of the tenant's file. */
const FIRST_REVISION = 1_000

/** Windows Update's client service, as far as a check needs it ([MS-WUSP] 3.1.5). */
export const handleUpdates: Handler = (request, tenant) => {
  const action = (request.headers.soapaction ?? '').replaceAll('"', '')
  const operations: WuspOperation[] = ['GetCookie', 'SyncUpdates', 'GetExtendedUpdateInfo']
  const operation = operations.find((name) => action === wuspAction(name))
  if (!operation) return reply(500, WUSP_CONTENT_TYPE, encodeWuspFault({ reason: `no such action: ${action}` }))
  return reply(200, WUSP_CONTENT_TYPE, ANSWERS[operation](request.body, tenant, new URL(request.url).origin))
}

const cookieOf = (tenant: Tenant) => ({
  expiration: new Date(tenant.now() + DAY_MS).toISOString(),
  encryptedData: Buffer.from(`cookie of ${tenant.definition.id}`).toString('base64'),
})

/** What devices an update is for: those of its version, with an older build. */
function buildsOf({ version, build }: Pick<UpdateDefinition, 'version' | 'build'>) {
  if (build === undefined) return { version: WINDOWS_VERSIONS.find(({ name }) => name === version)?.build }
  const { number, revision } = buildParts(`10.0.${build}`)
  return { version: number, revision }
}

const ANSWERS: Record<WuspOperation, (body: Uint8Array, tenant: Tenant, origin: string) => string> = {
  GetCookie(body, tenant) {
    decodeGetCookieRequest(body)
    return encodeGetCookieResponse(cookieOf(tenant))
  },
  SyncUpdates(body, tenant) {
    const { parameters } = decodeSyncUpdatesRequest(body)
    const cached = parameters.otherCachedUpdateIds ?? []
    const newUpdates = tenant.definition.updates.flatMap((update, index) => {
      const id = FIRST_REVISION + index
      if (cached.includes(id) || tenant.now() < Date.parse(update.releasedOn)) return []
      const deployment = { id, action: 'Install' as const, isAssigned: true, lastChangeTime: update.releasedOn }
      const xml = encodeUpdateFragment({ ...update, ...buildsOf(update), updateId: update.id })
      return [{ id, deployment, isLeaf: true, xml }]
    })
    return encodeSyncUpdatesResponse({ newUpdates, truncated: false, newCookie: cookieOf(tenant) })
  },
  GetExtendedUpdateInfo(body, tenant, origin) {
    const { revisionIds } = decodeExtendedUpdateInfoRequest(body)
    const found = revisionIds.filter((id) => tenant.definition.updates[id - FIRST_REVISION])
    return encodeExtendedUpdateInfoResponse({
      updates: [],
      fileLocations: found.map((id) => ({
        fileDigest: Buffer.from(`update-${id}`).toString('base64'),
        url: `${origin}/files/${id}`,
      })),
    })
  },
}

/** The file of an update: empty, with its declared size. */
export const handleUpdateFile: Handler = (request, tenant) => {
  const id = Number(new URL(request.url).pathname.split('/').at(-1))
  const update = tenant.definition.updates[id - FIRST_REVISION]
  if (!update) return empty(404)
  const response = reply(200, 'application/octet-stream', '')
  response.headers[DECLARED_LENGTH] = String(update.sizeMb * 1_000_000)
  return response
}
