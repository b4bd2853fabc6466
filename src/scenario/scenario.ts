import { dirname } from 'node:path'
import type { DeviceDefinition } from '../domain/device.ts'
import type { Expectations } from '../domain/expectations.ts'
import { USAGE_LIMITS, type UsageLimits } from '../domain/limits.ts'
import type { NetworkEnvironment } from '../domain/network.ts'
import type { Answers } from '../domain/person.ts'
import type { TenantDefinition } from '../domain/tenant.ts'
import { UserError } from '../domain/trouble.ts'
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
import { isShipped } from './library-files.ts'
import type { Origin } from './override.ts'
import { scenarioPlaces } from './places.ts'
import { PROJECT_FILE, type Project, projectHere } from './project.ts'
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
  tags: readonly string[]
  /** Why it is not played yet. */
  todo?: string
  /** Why it fails for now. */
  knownIssue?: string
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

/** A name, and the file that says it. */
type Chosen = Used & { place: Origin }

/** What a scenario runs with: the names in its matrix, or else its own, or else the project's. Code `ERR_FILE_INVALID`. */
function usedFor(
  kind: 'device' | 'tenant',
  { [kind]: reference, matrix }: ScenarioFile,
  place: Origin,
  project: Project | undefined,
): Chosen[] {
  const names = matrix[kind]?.map((name, index) => ({ name, path: ['matrix', kind, index], changes: {}, place }))
  if (reference !== undefined) {
    const own = { ...usedOf(reference, [kind]), place }
    return names?.map((one) => ({ ...one, changes: own.changes })) ?? [own]
  }
  if (names) return names
  const name = project?.config.defaults[kind]
  if (name !== undefined) return [{ name, path: ['defaults', kind], changes: {}, place: project!.place }]
  const { at, frame } = place([kind])
  throw new UserError('ERR_FILE_INVALID', `${at}: ${kind} is missing`, [
    ...frame,
    `Name one, or give the project one: defaults: { ${kind}: … } in ${PROJECT_FILE}`,
  ])
}

/** Loads a scenario file, one {@link Scenario} for each case of its matrix. Codes as the library's and the reader's. */
export const loadScenarios = (name: string): Scenario[] => casesOf(loadScenarioFile(name))

/** The cases of a file that was read. Codes as {@link loadScenarios}. */
export function casesOf({ id, file, path, text, scenario, lines }: ReturnType<typeof loadScenarioFile>): Scenario[] {
  const place: Origin = (path, wantsKey) => placeIn(file, text, path, wantsKey)
  const { todo, knownIssue } = scenario
  if (todo !== undefined && knownIssue !== undefined) {
    const { at, frame } = place(['knownIssue'], true)
    throw new UserError(
      'ERR_FILE_INVALID',
      `${at}: knownIssue goes without todo: what is not played has no issue yet`,
      [...frame],
    )
  }
  // What is shipped is the same in every project.
  const project = isShipped(path) ? undefined : projectHere()
  const devices = usedFor('device', scenario, place, project)
  const tenants = usedFor('tenant', scenario, place, project)
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
    const [loadedDevice, loadedTenant] = [
      deviceUsed(device, device.place, dirname(path)),
      tenantUsed(tenant, tenant.place),
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
      tags: scenario.tags,
      ...(todo === undefined ? {} : { todo }),
      ...(knownIssue === undefined ? {} : { knownIssue }),
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
      limits: limitsOf(scenario, project && limitsOfProject(project, lines)),
      seed: scenario.seed ?? project?.config.defaults.seed,
      expect: scenario.expect,
      places: allPlaces({ places: scenarioPlaces(file, lines) }, network, person, people, loadedDevice, loadedTenant),
    }
  })
}

type StatedLimits = Partial<ScenarioFile['limits']>

/** Those that the file does not state itself. */
const limitsOfProject = ({ config }: Project, lines: Readonly<Record<string, number>>): StatedLimits =>
  Object.fromEntries(
    Object.entries(config.limits).filter(
      ([name, limit]) => limit !== undefined && lines[`limits.${name}`] === undefined,
    ),
  )

/**
 * A run that may wait for long without progress may last for long too.
 *
 * @param others take the place of what is stated
 */
export function limitsOf(
  { limits: stated, stuckAfter }: Pick<ScenarioFile, 'limits' | 'stuckAfter'>,
  others: StatedLimits = {},
): UsageLimits {
  const { deviceTime = USAGE_LIMITS.deviceTimeMs + stuckAfter, ...counts } = { ...stated, ...others }
  return { ...counts, deviceTimeMs: deviceTime }
}
