import type { DeviceDefinition } from '../domain/device.ts'
import type { Expectations } from '../domain/expectations.ts'
import { USAGE_LIMITS, type UsageLimits } from '../domain/limits.ts'
import { DEFAULT_NETWORK, type NetworkEnvironment } from '../domain/network.ts'
import type { Answers } from '../domain/person.ts'
import type { TenantDefinition } from '../domain/tenant.ts'
import { UserError } from '../domain/trouble.ts'
import type { EventRule } from '../events/event-rules.ts'
import type { Places } from '../run/run-spec.ts'
import { refuseUnknownState } from '../run/state-addresses.ts'
import { eventRules, refuseUnknownEvent } from './event-entries.ts'
import { refuseUnknownNames, refuseUnknownPerson } from './event-names.ts'
import { type Loaded, loadDevice, loadScenarioFile, loadTenant } from './library.ts'
import { checked, type Origin, override } from './override.ts'
import { scenarioPlaces } from './places.ts'
import { deviceSchema } from './schema/device.ts'
import type { ScenarioFile } from './schema/scenario.ts'
import { tenantSchema } from './schema/tenant.ts'
import type { Key } from './schema-issues.ts'
import { placeIn } from './yaml-file.ts'

/** A scenario ready to run: one case of a file, with its device and tenant. */
export interface Scenario {
  /** File name, with the case behind a dash where the file has a matrix. */
  id: string
  file: string
  /** The file's own, whatever its spelling. */
  path: string
  /** The names of its device and its tenant: they tell the cases of a matrix apart. */
  variant: readonly [device: string, tenant: string]
  title: string
  device: DeviceDefinition
  tenant: TenantDefinition
  environment: NetworkEnvironment
  person: Answers
  /** Others, by name. */
  people: Record<string, Answers>
  /** How many cases the file has. */
  cases: number
  events: EventRule[]
  startsAt: number
  clockSkewMs: number
  stuckAfterMs: number
  limits: UsageLimits
  seed: number | undefined
  /** Null: nothing is expected, and every end that is an end will do. */
  expect: Expectations | null
  /** Where its facts are written. */
  places: Places
}

type Reference = ScenarioFile['device']

const changesOf = (reference: Reference): Record<string, unknown> =>
  typeof reference === 'string' ? {} : reference.with

/** A name, and the path to it in the scenario file. */
interface Named {
  name: string
  path: Key[]
}

/** What a scenario runs with: the names in its matrix, or else its own. */
function namesFor(kind: 'device' | 'tenant', { [kind]: reference, matrix }: ScenarioFile): Named[] {
  const listed = matrix[kind]?.map((name, index) => ({ name, path: ['matrix', kind, index] }))
  if (listed) return listed
  return typeof reference === 'string'
    ? [{ name: reference, path: [kind] }]
    : [{ name: reference.use, path: [kind, 'use'] }]
}

/** Loads a scenario file, one {@link Scenario} for each case of its matrix. Codes as the library's and the reader's. */
export function loadScenarios(name: string): Scenario[] {
  const { id, file, path, text, scenario, lines } = loadScenarioFile(name)
  const place: Origin = (path, wantsKey) => placeIn(file, text, path, wantsKey)
  const devices = namesFor('device', scenario)
  const tenants = namesFor('tenant', scenario)
  const events = eventRules(scenario.events)
  for (const [index, rule] of events.entries())
    placed(place, ['events', index, 'when', rule.when.kind], () => {
      refuseUnknownState(rule)
      refuseUnknownEvent(rule, events)
      refuseUnknownPerson(rule, Object.keys(scenario.people))
    })
  const cases = devices.flatMap((device) => tenants.map((tenant) => ({ device, tenant })))
  return cases.map(({ device, tenant }) => {
    const [loadedDevice, loadedTenant] = [
      changedDevice(device, changesOf(scenario.device), place),
      changedTenant(tenant, changesOf(scenario.tenant), place),
    ]
    for (const [index, rule] of events.entries()) {
      placed(place, ['events', index, 'administrator'], () => refuseUnknownNames(rule, events, loadedTenant.definition))
    }
    const suffix = [...(devices.length > 1 ? [device.name] : []), ...(tenants.length > 1 ? [tenant.name] : [])]
    return {
      id: [id, ...suffix].join('-'),
      file,
      path,
      variant: [device.name, tenant.name],
      title: scenario.title,
      device: loadedDevice.definition,
      tenant: loadedTenant.definition,
      environment: environmentOf(scenario.network),
      person: scenario.person,
      people: scenario.people,
      cases: cases.length,
      events,
      startsAt: Date.parse(scenario.startsAt),
      clockSkewMs: scenario.clockSkew,
      stuckAfterMs: scenario.stuckAfter,
      limits: limitsOf(scenario),
      seed: scenario.seed,
      expect: scenario.expect,
      places: { ...scenarioPlaces(file, lines), ...loadedDevice.places, ...loadedTenant.places },
    }
  })
}

function changedDevice(
  { name, path }: Named,
  changes: Record<string, unknown>,
  place: Origin,
): Loaded<DeviceDefinition> {
  const { definition, places } = placed(place, path, () => loadDevice(name))
  if (Object.keys(changes).length === 0) return { definition, places }
  const { id, ...facts } = definition
  const origin = within(place, 'device')
  const changed = checked(deviceSchema, override(facts, changes, origin), origin) as Omit<DeviceDefinition, 'id'>
  return { definition: { id, ...changed }, places }
}

function changedTenant(
  { name, path }: Named,
  changes: Record<string, unknown>,
  place: Origin,
): Loaded<TenantDefinition> {
  const { definition, places } = placed(place, path, () => loadTenant(name))
  if (Object.keys(changes).length === 0) return { definition, places }
  const { id, ...facts } = definition
  const origin = within(place, 'tenant')
  return { definition: { id, ...checked(tenantSchema, override(facts, changes, origin), origin) }, places }
}

/** The changes that a reference makes. */
const within =
  (place: Origin, kind: 'device' | 'tenant'): Origin =>
  (path, wantsKey) => {
    const { at, frame } = place([kind, 'with', ...path], wantsKey)
    return { at: `${at}: ${kind}.with`, frame }
  }

/** Mistakes that name nothing but themselves. */
const UNPLACED = ['ERR_NOT_FOUND', 'ERR_UNKNOWN_STATE', 'ERR_UNKNOWN_EVENT']

/** An error about a name in a file says its place there. */
function placed<Value>(place: Origin, path: readonly Key[], load: () => Value): Value {
  try {
    return load()
  } catch (error) {
    if (!(error instanceof UserError && UNPLACED.includes(error.code))) throw error
    const { at, frame } = place(path)
    throw new UserError(error.code, `${at}: ${error.message}`, [...frame, ...error.details])
  }
}

/** A run that may wait for long without progress may last for long too. */
export function limitsOf({ limits: stated, stuckAfter }: Pick<ScenarioFile, 'limits' | 'stuckAfter'>): UsageLimits {
  const { deviceTime = USAGE_LIMITS.deviceTimeMs + stuckAfter, ...counts } = stated
  return { ...counts, deviceTimeMs: deviceTime }
}

export function environmentOf(network: ScenarioFile['network']): NetworkEnvironment {
  const { ethernet, wifi, latency, downloadMbps, blockedHosts } = network
  const cable = typeof ethernet === 'object' ? ethernet : { link: ethernet, captivePortal: false }
  return {
    ethernet: cable,
    wifi: wifi.map(({ key, ...rest }) => (key === undefined ? rest : { ...rest, key })),
    latencyMs: latency === undefined ? DEFAULT_NETWORK.latencyMs : latency,
    downloadMbps: downloadMbps ?? DEFAULT_NETWORK.downloadMbps,
    blockedHosts: blockedHosts ?? [],
  }
}
