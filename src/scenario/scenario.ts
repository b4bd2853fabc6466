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
import { loadCases, type ScenarioCase } from './cases/scenario-cases.ts'
import { environmentOf } from './environment.ts'
import { eventRules, refuseUnknownEvent } from './event-entries.ts'
import { refuseUnknownPerson, withIds } from './event-names.ts'
import { refuseUnknownIn } from './expect/refuse-unknown.ts'
import { loadDeviceFile } from './library.ts'
import { isShipped } from './library-files.ts'
import type { Origin } from './override.ts'
import { inSpec } from './places.ts'
import { PROJECT_FILE, type Project, projectHere } from './project.ts'
import type { OneDevice } from './schema/scenario.ts'

/** A scenario ready to run: one case of a file, with its device and tenant. */
export interface Scenario {
  /** File name, with the case behind a dash where the file has a matrix. */
  id: string
  file: string
  /** The file's own, whatever its spelling. */
  path: string
  /** What tells the cases of a file apart. */
  variant: readonly string[]
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
  /** Facts that other cases have otherwise, by their names in a RunSpec. */
  varied: readonly string[]
  /** The devices that were before this one in the same school, in their order. */
  before: readonly Scenario[]
  /** Devices after it that the school has registered too. */
  comingDevices: readonly DeviceDefinition[]
  events: EventRule[]
  startsAt: number
  clockSkewMs: number
  /** Answers to choices of the timeline by their number. */
  choices: Record<string, number>
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

/** What a scenario runs with: its own, or else the project's. Code `ERR_FILE_INVALID`. */
function usedFor(
  kind: 'device' | 'tenant',
  { [kind]: reference }: OneDevice,
  place: Origin,
  project: Project | undefined,
): Chosen {
  if (reference !== undefined) return { ...usedOf(reference, [kind]), place }
  const name = project?.config.defaults[kind]
  if (name !== undefined) return { name, path: ['defaults', kind], changes: {}, place: project!.place }
  const { at, frame } = place([kind])
  throw new UserError('ERR_FILE_INVALID', `${at}: ${kind} is missing`, [
    ...frame,
    `Name one, or give the project one: defaults: { ${kind}: … } in ${PROJECT_FILE}`,
  ])
}

/** Loads a scenario file, one {@link Scenario} for each of its cases. Codes as the library's and the reader's. */
export const loadScenarios = (name: string): Scenario[] => loadCases(name).map(scenarioOf)

/** A case with all that it names. Codes as {@link loadScenarios}. */
export function scenarioOf(one: ScenarioCase): Scenario {
  const before = one.before.map(ofCase)
  return { ...ofCase(one), before }
}

function ofCase(one: ScenarioCase): Scenario {
  const { id, file, path, scenario, place } = one
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
  const usedDevice = usedFor('device', scenario, place, project)
  const usedTenant = usedFor('tenant', scenario, place, project)
  const network = networkUsed(scenario.network, place)
  const person = personUsed(scenario.person, place)
  const people = peopleUsed(scenario.people, place)
  const written = eventRules(scenario.events)
  for (const [index, rule] of written.entries())
    placed(place, ['events', index, 'when', rule.when.kind], () => {
      refuseUnknownState(rule)
      refuseUnknownEvent(rule, written)
      refuseUnknownPerson(rule, Object.keys(scenario.people))
    })
  const eventNames = written.flatMap(({ name }) => name ?? [])
  refuseUnknownIn(scenario.expect, eventNames, (path, check) => placed(place, ['expect', ...path], check))
  const device = deviceUsed(usedDevice, usedDevice.place, dirname(path))
  const tenant = tenantUsed(usedTenant, usedTenant.place)
  const events = written.map((rule, index) =>
    placed(place, ['events', index, 'administrator'], () => withIds(rule, written, tenant.definition)),
  )
  return {
    id,
    file,
    path,
    variant: one.variant,
    title: scenario.title,
    tags: scenario.tags,
    ...(todo === undefined ? {} : { todo }),
    ...(knownIssue === undefined ? {} : { knownIssue }),
    device: device.definition,
    tenant: tenant.definition,
    environment: environmentOf(network.definition),
    person: person.definition,
    people: people.definition,
    cases: one.cases,
    varied: one.varied,
    events,
    startsAt: Date.parse(scenario.startsAt),
    clockSkewMs: scenario.clockSkew,
    choices: scenario.choices,
    stuckAfterMs: scenario.stuckAfter,
    limits: limitsOf(scenario, project && limitsOfProject(project, one.places)),
    seed: scenario.seed ?? project?.config.defaults.seed,
    expect: scenario.expect,
    before: [],
    comingDevices: one.before.length === 0 ? comingDevices(one.coming.map(ofCase), device.definition) : [],
    places: allPlaces({ places: one.places }, network, person, people, device, tenant),
  }
}

/** Devices of the same school that are registered in it, each once. */
function comingDevices(coming: readonly Scenario[], own: DeviceDefinition): DeviceDefinition[] {
  const known = new Set([own.id])
  return coming.flatMap((scenario) => {
    const device = registeredAs(scenario) ?? scenario.device
    if (known.has(device.id) || !scenario.tenant.devices.some((entry) => entry.device === device.id)) return []
    known.add(device.id)
    return [device]
  })
}

/** A device whose board was replaced is still registered as what it was. */
export function registeredAs({ tenant, device }: Pick<Scenario, 'tenant' | 'device'>): DeviceDefinition | undefined {
  const { boardSwapOf } = device
  if (boardSwapOf === undefined || tenant.devices.some((entry) => entry.device === device.id)) return undefined
  return tenant.devices.some((entry) => entry.device === boardSwapOf) ? loadDeviceFile(boardSwapOf) : undefined
}

type StatedLimits = Partial<OneDevice['limits']>

/** Those that the scenario does not state itself. */
function limitsOfProject({ config }: Project, places: Places): StatedLimits {
  const isStated = (name: string) =>
    Object.values(places).some((lines) => lines[inSpec(`limits.${name}`)] !== undefined)
  return Object.fromEntries(
    Object.entries(config.limits).filter(([name, limit]) => limit !== undefined && !isStated(name)),
  )
}

/**
 * A run that may wait for long without progress may last for long too.
 *
 * @param others take the place of what is stated
 */
export function limitsOf(
  { limits: stated, stuckAfter }: Pick<OneDevice, 'limits' | 'stuckAfter'>,
  others: StatedLimits = {},
): UsageLimits {
  const { deviceTime = USAGE_LIMITS.deviceTimeMs + stuckAfter, ...counts } = { ...stated, ...others }
  return { ...counts, deviceTimeMs: deviceTime }
}
