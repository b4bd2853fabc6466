import { REGISTRATION_ERRORS } from '../../domain/registration-errors.ts'
import type { JsonObject } from '../../protocols/json.ts'
import type { ImportedIdentity, RegistrationRequest } from '../directory/imports.ts'
import { isOfDomain, wrongDomain } from '../directory/paths.ts'
import type { Tenant } from '../tenant.ts'
import { checkBody, checkParameters, typeOf } from './body-types.ts'
import {
  badRequest,
  collection,
  created,
  entity,
  type GraphRoute,
  noContent,
  notFound,
  ok,
  unreadable,
} from './call.ts'
import { IMPORTED } from './imported-body.ts'

const PATH = '/deviceManagement/importedWindowsAutopilotDeviceIdentities'
const SET = PATH.slice(1)
const permission = 'DeviceManagementServiceConfig'

const ROWS = 'importedWindowsAutopilotDeviceIdentities'

/** Rows of one call: the portal's limit for a file (reference: device-identity.md, 2.1 [D]). */
const ROWS_MAX = 500

const requestOf = (tenant: Tenant, json: JsonObject): RegistrationRequest & { importId: string | undefined } => {
  typeOf(json.members, [IMPORTED])
  checkBody(json, IMPORTED)
  const hardwareHash = json.optionalString('hardwareIdentifier') ?? ''
  // What the service says to a hash that lost its padding; the portal says nothing at all (2.2 [D]).
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(hardwareHash) || hardwareHash.length % 4 !== 0) {
    throw unreadable(`Cannot convert the literal '${hardwareHash.slice(0, 40)}' to the expected type 'Edm.Binary'.`)
  }
  // Owners register by hash alone; product key ids and tuples are for OEMs and partners (2.1 [D]).
  if (hardwareHash === '') throw badRequest('hardwareIdentifier is missing')
  const assignedUser = json.optionalString('assignedUserPrincipalName') ?? ''
  if (!isOfDomain(tenant, assignedUser)) throw badRequest(wrongDomain(tenant, assignedUser))
  return {
    hardwareHash,
    serialNumber: json.optionalString('serialNumber') ?? '',
    productKeyId: json.optionalString('productKey') ?? '',
    manufacturer: '',
    model: '',
    groupTag: json.optionalString('groupTag') ?? '',
    purchaseOrder: '',
    assignedUser,
    // Scripts send an empty one.
    importId: json.optionalString('importId') || undefined,
  }
}

function toJson(tenant: Tenant, entry: ImportedIdentity): Record<string, unknown> {
  const { result } = entry
  const error = result?.kind === 'error' ? REGISTRATION_ERRORS[result.error] : undefined
  return {
    '@odata.type': '#microsoft.graph.importedWindowsAutopilotDeviceIdentity',
    id: entry.id,
    groupTag: entry.groupTag,
    serialNumber: entry.serialNumber,
    productKey: entry.productKeyId,
    importId: entry.importId,
    hardwareIdentifier: entry.hardwareHash,
    assignedUserPrincipalName: entry.assignedUser,
    state: {
      deviceImportStatus: tenant.imports.statusOf(entry),
      deviceRegistrationId: result?.kind === 'complete' ? result.registrationId : '',
      // Where no source has a number the name is what counts.
      deviceErrorCode: error?.code ?? 0,
      deviceErrorName: error?.name ?? 'None',
    },
  }
}

function entryOf(tenant: Tenant, id: string): ImportedIdentity {
  const entry = tenant.imports.get(id)
  if (!entry) throw notFound('importedWindowsAutopilotDeviceIdentity', id)
  return entry
}

/** `importedWindowsAutopilotDeviceIdentity`: an order to register, and what became of it. */
export const importRoutes: GraphRoute[] = [
  {
    method: 'GET',
    path: PATH,
    permission,
    handle: (call) =>
      collection(
        call,
        call.tenant.imports.all.map((entry) => toJson(call.tenant, entry)),
        SET,
      ),
  },
  {
    method: 'POST',
    path: PATH,
    permission,
    handle({ tenant, body }) {
      const { importId, ...request } = requestOf(tenant, body())
      const [entry] = tenant.imports.begin([request], 'manual', importId)
      return created(toJson(tenant, entry!))
    },
  },
  {
    method: 'POST',
    path: `${PATH}/import`,
    permission,
    handle({ tenant, body }) {
      const json = body()
      if (json.names.length > 0) checkParameters(json, 'import', { [ROWS]: { listOf: [IMPORTED] } })
      const requests = json.list(ROWS).map((row) => requestOf(tenant, row))
      if (requests.length === 0) throw badRequest(`${ROWS} is missing or empty`)
      if (requests.length > ROWS_MAX) throw badRequest(`at most ${ROWS_MAX} devices at a time, not ${requests.length}`)
      const entries = tenant.imports.begin(requests, 'manual', requests[0]!.importId)
      return ok({ value: entries.map((entry) => toJson(tenant, entry)) })
    },
  },
  {
    method: 'GET',
    path: `${PATH}/{id}`,
    permission,
    handle: (call) => entity(call, toJson(call.tenant, entryOf(call.tenant, call.params[0]!)), SET),
  },
  {
    method: 'DELETE',
    path: `${PATH}/{id}`,
    permission,
    handle({ tenant, params: [id] }) {
      entryOf(tenant, id!)
      tenant.imports.remove(id!)
      return noContent
    },
  },
]
