import { dirname } from 'node:path'
import type { DeviceDefinition } from '../domain/device.ts'
import type { Expectations } from '../domain/expectations.ts'
import { USAGE_LIMITS, type UsageLimits } from '../domain/limits.ts'
import type { NetworkEnvironment } from '../domain/network.ts'
import type { Answers } from '../domain/person.ts'
import type { TenantDefinition } from '../domain/tenant.ts'
import type { EventRule } from '../events/event-rules.ts'
import type { Places } from '../run/run-spec.ts'
import { refuseUnknownState } from '../run/state-addresses.ts'
import {
  allPlaces,
  deviceUsed,
  networkUsed,
  peopleUsed,
  personUsed,
  placed,
  tenantUsed,
  type Used,
  usedOf,
} from './by-name.ts'
import { environmentOf } from './environment.ts'
import { eventRules, refuseUnknownEvent } from './event-entries.ts'
import { refuseUnknownNames, refuseUnknownPerson } from './event-names.ts'
import { loadScenarioFile } from './library.ts'
import type { Origin } from './override.ts'
import { scenarioPlaces } from './places.ts'
import type { ScenarioFile } from './schema/scenario.ts'
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

/** What a scenario runs with: the names in its matrix, or else its own. */
function usedFor(kind: 'device' | 'tenant', { [kind]: reference, matrix }: ScenarioFile): Used[] {
  const own = usedOf(reference, [kind])
  return matrix[kind]?.map((name, index) => ({ ...own, name, path: ['matrix', kind, index] })) ?? [own]
}

/** Loads a scenario file, one {@link Scenario} for each case of its matrix. Codes as the library's and the reader's. */
export const loadScenarios = (name: string): Scenario[] => casesOf(loadScenarioFile(name))

/** The cases of a file that was read. Codes as {@link loadScenarios}. */
export function casesOf({ id, file, path, text, scenario, lines }: ReturnType<typeof loadScenarioFile>): Scenario[] {
  const place: Origin = (path, wantsKey) => placeIn(file, text, path, wantsKey)
  const devices = usedFor('device', scenario)
  const tenants = usedFor('tenant', scenario)
  const network = networkUsed(scenario.network, place)
  const person = personUsed(scenario.person, place)
  const people = peopleUsed(scenario.people, place)
  const events = eventRules(scenario.events)
  for (const [index, rule] of events.entries())
    placed(place, ['events', index, 'when', rule.when.kind], () => {
      refuseUnknownState(rule)
      refuseUnknownEvent(rule, events)
      refuseUnknownPerson(rule, Object.keys(scenario.people))
    })
  const cases = devices.flatMap((device) => tenants.map((tenant) => ({ device, tenant })))
  return cases.map(({ device, tenant }) => {
    const [loadedDevice, loadedTenant] = [deviceUsed(device, place, dirname(path)), tenantUsed(tenant, place)]
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
      environment: environmentOf(network.definition),
      person: person.definition,
      people: people.definition,
      cases: cases.length,
      events,
      startsAt: Date.parse(scenario.startsAt),
      clockSkewMs: scenario.clockSkew,
      stuckAfterMs: scenario.stuckAfter,
      limits: limitsOf(scenario),
      seed: scenario.seed,
      expect: scenario.expect,
      places: allPlaces({ places: scenarioPlaces(file, lines) }, network, person, people, loadedDevice, loadedTenant),
    }
  })
}

/** A run that may wait for long without progress may last for long too. */
export function limitsOf({ limits: stated, stuckAfter }: Pick<ScenarioFile, 'limits' | 'stuckAfter'>): UsageLimits {
  const { deviceTime = USAGE_LIMITS.deviceTimeMs + stuckAfter, ...counts } = stated
  return { ...counts, deviceTimeMs: deviceTime }
}
