import type { DeviceDefinition } from '../domain/device.ts'
import type { Answers as ScriptedAnswers } from '../domain/person.ts'
import type { TenantDefinition } from '../domain/tenant.ts'
import { networkUsed, personUsed } from '../scenario/by-name.ts'
import { environmentOf } from '../scenario/environment.ts'
import { eventRules } from '../scenario/event-entries.ts'
import { loadDeviceFile, loadTenantFile } from '../scenario/library.ts'
import { checked, override, unwritten } from '../scenario/override.ts'
import { playSealed } from '../scenario/run-scenario.ts'
import { limitsOf, type Scenario } from '../scenario/scenario.ts'
import { deviceSchema } from '../scenario/schema/device.ts'
import { networkSchema } from '../scenario/schema/network.ts'
import { scenarioSchema } from '../scenario/schema/scenario.ts'
import { tenantSchema } from '../scenario/schema/tenant.ts'
import type { Answers, Named, ScenarioEvent, Surroundings } from '../scenario/script.ts'
import { specOf } from '../scenario/spec-of.ts'
import { runOf } from './run.ts'
import type { Run } from './types.ts'

/** What a first boot needs. Network, person and events are what a scenario file says, as objects. */
export interface FirstBoot {
  device: DeviceDefinition
  tenant: TenantDefinition
  /** Answers by page, or a person of `scenarios/persons/` by name. */
  person?: Answers | Named
  /** Its facts, or a network of `scenarios/networks/` by name. Left out: the Wi-Fi that the person connects to, or else a cable. */
  network?: Surroundings | Named
  events?: ScenarioEvent[]
  /** The same seed gives the same journal. Default 1. */
  seed?: number
  /** ISO 8601. Default 2026-09-07T08:00:00Z. */
  startsAt?: string
  /** How requests reach the mocked services. Default `msw`. */
  transport?: 'msw' | 'direct'
}

/** A shipped device by name, or a file by path; `changes` replace single facts, null takes one away. */
export async function loadDevice(name: string, changes: Record<string, unknown> = {}): Promise<DeviceDefinition> {
  const { id, ...facts } = loadDeviceFile(name)
  const origin = unwritten(`device ${name}`)
  const changed = checked(deviceSchema, override(facts, changes, origin), origin)
  return { id, ...(changed as Omit<DeviceDefinition, 'id'>) }
}

/** A shipped tenant by name, or a file by path; `changes` replace single facts, null takes one away. */
export function mockTenant(name: string, changes: Record<string, unknown> = {}): TenantDefinition {
  const { id, ...facts } = loadTenantFile(name)
  const origin = unwritten(`tenant ${name}`)
  return { id, ...checked(tenantSchema, override(facts, changes, origin), origin) }
}

/** Plays one device's first boot against a mocked tenant. Rejects with UserError for bad input, never for a failed boot. */
export async function firstBoot(options: FirstBoot): Promise<Run> {
  const { device, tenant, events = [], seed = 1 } = options
  const origin = unwritten('firstBoot')
  const file = checked(
    scenarioSchema,
    {
      title: 'first boot',
      device: device.id,
      tenant: tenant.id,
      network: options.network ?? {},
      person: options.person ?? {},
      events,
      expect: { outcome: 'desktop' },
      ...(options.startsAt ? { startsAt: options.startsAt } : {}),
    },
    origin,
  )
  const person = personUsed(file.person, origin).definition
  const network = options.network
    ? networkUsed(file.network, origin).definition
    : checked(networkSchema, surroundingsOf(person), origin)
  const scenario: Scenario = {
    id: 'first-boot',
    file: 'firstBoot',
    path: 'firstBoot',
    variant: [],
    title: 'first boot',
    tags: [],
    device,
    tenant,
    environment: environmentOf(network),
    person,
    events: eventRules(file.events),
    people: {},
    cases: 1,
    varied: [],
    before: [],
    comingDevices: [],
    startsAt: Date.parse(file.startsAt),
    clockSkewMs: 0,
    stuckAfterMs: file.stuckAfter,
    limits: limitsOf(file),
    seed,
    expect: null,
    choices: {},
    places: {},
  }
  const sealed = specOf(scenario, seed)
  const result = await playSealed(sealed, { transport: options.transport ?? 'msw' })
  // The judgement is the test's, not ours.
  return runOf({ ...result, journal: result.journal.filter((entry) => entry.kind !== 'verdict') }, sealed)
}

function surroundingsOf(person: ScriptedAnswers): Surroundings {
  const answers = [person.network].flat()
  const wifi = answers.find((answer) => typeof answer === 'object' && answer.wifi !== undefined)
  if (typeof wifi !== 'object') return { ethernet: true }
  const ssid = wifi.wifi!
  return { wifi: [wifi.key === undefined ? { ssid, security: 'open' } : { ssid, key: wifi.key }] }
}
