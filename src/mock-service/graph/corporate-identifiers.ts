import type { JsonObject } from '../../protocols/json.ts'
import {
  type CorporateIdentifier,
  hasFormOfType,
  IDENTIFIER_PLATFORMS,
  IDENTIFIER_TYPES,
  type IdentifierType,
  keyOfIdentifier,
} from '../oma-dm/corporate-identifier.ts'
import { inventoryOf } from '../oma-dm/inventory.ts'
import type { ManagedDevice } from '../oma-dm/managed-device.ts'
import type { Tenant } from '../tenant.ts'
import { type BodyType, checkParameters } from './body-types.ts'
import { badRequest, collection, dateTime, entity, type GraphRoute, noContent, notFound, ok } from './call.ts'

const PATH = '/deviceManagement/importedDeviceIdentities'
const SET = PATH.slice(1)
const permission = 'DeviceManagementServiceConfig'
const LIST = 'importedDeviceIdentities'

/** Of one call: the portal's limit for a file, taken to be that of the action too [A]. */
const ROWS_MAX = 5_000

const ENROLLMENT_STATES = ['unknown', 'enrolled', 'pendingReset', 'failed', 'notContacted', 'blocked']

/** What the service sets itself (`id`, times, `enrollmentState`) may be in a body, and has no effect. */
const IDENTITY: BodyType = {
  name: 'importedDeviceIdentity',
  members: {
    id: 'Edm.String',
    importedDeviceIdentifier: 'Edm.String',
    importedDeviceIdentityType: { enumeration: 'importedDeviceIdentityType', values: IDENTIFIER_TYPES },
    lastModifiedDateTime: 'Edm.DateTimeOffset',
    createdDateTime: 'Edm.DateTimeOffset',
    lastContactedDateTime: 'Edm.DateTimeOffset',
    description: 'Edm.String',
    enrollmentState: { enumeration: 'enrollmentState', values: ENROLLMENT_STATES },
    platform: { enumeration: 'platform', values: IDENTIFIER_PLATFORMS },
  },
}

type Facts = Pick<CorporateIdentifier, 'identifier' | 'type' | 'description' | 'platform'>

const factsOf = (json: JsonObject): Facts => ({
  identifier: json.optionalString('importedDeviceIdentifier') ?? '',
  type: (json.optionalString('importedDeviceIdentityType') ?? 'unknown') as IdentifierType,
  description: json.optionalString('description') ?? '',
  platform: json.optionalString('platform') ?? 'unknown',
})

/** The list that both actions take. The sentence of a bad identifier is that of a field report [M]. @throws GraphError 400 */
function listOf(json: JsonObject, action: string, more: BodyType['members'] = {}): Facts[] {
  checkParameters(json, action, { [LIST]: { listOf: [IDENTITY] }, ...more })
  const all = json.list(LIST).map(factsOf)
  if (all.length > ROWS_MAX) throw badRequest(`at most ${ROWS_MAX} identifiers at a time, not ${all.length}`)
  const bad = all.filter((facts) => !hasFormOfType(facts)).length
  if (bad > 0) throw badRequest(`Invalid Device Identifier parameter found for ${bad} import records!`)
  return all
}

/** What is known of devices by the keys of identifiers, worked out once for a request. */
interface Known {
  managed: ReadonlyMap<string, ManagedDevice>
  identifiers: Map<string, CorporateIdentifier>
}

/** A managed device is named by what it has told of itself. */
function knownOf({ state: { management } }: Tenant): Known {
  const managed = new Map<string, ManagedDevice>()
  for (const device of management.managed.values()) {
    const { serialNumber, manufacturer, model } = inventoryOf(device)
    if (serialNumber === '') continue
    managed.set(keyOfIdentifier({ type: 'serialNumber', identifier: serialNumber }), device)
    const identifier = [manufacturer, model, serialNumber].join(',')
    managed.set(keyOfIdentifier({ type: 'manufacturerModelSerial', identifier }), device)
  }
  const all = [...management.identifiers.values()]
  return { managed, identifiers: new Map(all.map((one) => [keyOfIdentifier(one), one])) }
}

function toJson({ managed }: Known, identifier: CorporateIdentifier): Record<string, unknown> {
  const device = managed.get(keyOfIdentifier(identifier))
  return {
    '@odata.type': `#microsoft.graph.${IDENTITY.name}`,
    id: identifier.id,
    importedDeviceIdentifier: identifier.identifier,
    importedDeviceIdentityType: identifier.type,
    lastModifiedDateTime: dateTime(identifier.lastModifiedAt),
    createdDateTime: dateTime(identifier.createdAt),
    lastContactedDateTime: dateTime(device && (device.lastSyncAt ?? device.enrolledAt)),
    description: identifier.description,
    enrollmentState: device ? 'enrolled' : 'notContacted',
    platform: identifier.platform,
  }
}

function identifierOf(tenant: Tenant, id: string): CorporateIdentifier {
  const identifier = tenant.state.management.identifiers.get(id)
  if (!identifier) throw notFound(IDENTITY.name, id)
  return identifier
}

/** One that is known already stays as it is, with status false, except where its description is to be overwritten [A]. */
function imported(tenant: Tenant, known: Known, facts: Facts, overwrites: boolean): Record<string, unknown> {
  const key = keyOfIdentifier(facts)
  const before = known.identifiers.get(key)
  const isWritten = !before || overwrites
  const now = tenant.now()
  const after = before
    ? { ...before, description: facts.description, platform: facts.platform, lastModifiedAt: now }
    : { ...facts, id: tenant.ids.guid(), createdAt: now, lastModifiedAt: now }
  if (isWritten) {
    tenant.state.management.identifiers.set(after.id, after)
    known.identifiers.set(key, after)
  }
  return {
    ...toJson(known, isWritten ? after : before),
    '@odata.type': '#microsoft.graph.importedDeviceIdentityResult',
    status: isWritten,
  }
}

/**
 * `importedDeviceIdentity`: corporate identifiers. The documented POST of one is refused by the live service, "No OData route exists"
 * (field reports of 2020 to 2022 [M]; 500 in one of 2025): there is no such route here. Nothing else of the mock looks at identifiers.
 */
export const corporateIdentifierRoutes: GraphRoute[] = (
  [
    {
      method: 'GET',
      path: PATH,
      handle: (call) => {
        const known = knownOf(call.tenant)
        const all = [...call.tenant.state.management.identifiers.values()]
        return collection(call, all, SET, (identifier) => toJson(known, identifier))
      },
    },
    {
      method: 'POST',
      path: `${PATH}/importDeviceIdentityList`,
      handle({ tenant, body }) {
        const json = body()
        const all = listOf(json, 'importDeviceIdentityList', { overwriteImportedDeviceIdentities: 'Edm.Boolean' })
        const overwrites = json.optionalBoolean('overwriteImportedDeviceIdentities') ?? false
        const known = knownOf(tenant)
        return ok({ value: all.map((facts) => imported(tenant, known, facts, overwrites)) })
      },
    },
    {
      method: 'POST',
      path: `${PATH}/searchExistingIdentities`,
      isReading: true,
      handle({ tenant, body }) {
        const known = knownOf(tenant)
        const found = listOf(body(), 'searchExistingIdentities').flatMap(
          (facts) => known.identifiers.get(keyOfIdentifier(facts)) ?? [],
        )
        return ok({ value: found.map((identifier) => toJson(known, identifier)) })
      },
    },
    {
      method: 'GET',
      path: `${PATH}/{id}`,
      handle: (call) => entity(call, toJson(knownOf(call.tenant), identifierOf(call.tenant, call.params[0]!)), SET),
    },
    {
      method: 'DELETE',
      path: `${PATH}/{id}`,
      handle({ tenant, params: [id] }) {
        tenant.state.management.identifiers.delete(identifierOf(tenant, id!).id)
        return noContent
      },
    },
  ] satisfies Omit<GraphRoute, 'permission' | 'isBeta'>[]
).map((route) => ({ ...route, isBeta: true, permission }))
