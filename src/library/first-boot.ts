import type { DeviceDefinition } from '../domain/device.ts'
import type { JournalEntry, Outcome } from '../domain/journal.ts'
import type { PageId } from '../domain/pages.ts'
import type { Answers as ScriptedAnswers } from '../domain/person.ts'
import type { TenantDefinition } from '../domain/tenant.ts'
import { outcomeText } from '../journal/outcome.ts'
import { pagesOf } from '../journal/pages.ts'
import { networkUsed, personUsed } from '../scenario/by-name.ts'
import { environmentOf } from '../scenario/environment.ts'
import { eventRules } from '../scenario/event-entries.ts'
import { loadDeviceFile, loadTenantFile } from '../scenario/library.ts'
import { checked, override, unwritten } from '../scenario/override.ts'
import { runScenario } from '../scenario/run-scenario.ts'
import { limitsOf } from '../scenario/scenario.ts'
import { deviceSchema } from '../scenario/schema/device.ts'
import { networkSchema } from '../scenario/schema/network.ts'
import { scenarioSchema } from '../scenario/schema/scenario.ts'
import { tenantSchema } from '../scenario/schema/tenant.ts'
import type { Answers, Named, ScenarioEvent, Surroundings } from '../scenario/script.ts'

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

/** A finished first boot. Everything in it is read off the journal. */
export interface Run {
  outcome: Outcome
  /** One line that says how it ended. */
  summary: string
  pages: PageId[]
  journal: readonly JournalEntry[]
  /** Virtual milliseconds. */
  durationMs: number
  seed: number
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
  const result = await runScenario(
    {
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
      places: {},
    },
    { seed, transport: options.transport ?? 'msw' },
  )
  // The judgement is the test's, not ours.
  const journal = result.journal.filter((entry) => entry.kind !== 'verdict')
  const { outcome, durationMs } = result
  return { outcome, summary: outcomeText(outcome), pages: pagesOf(journal), journal, durationMs, seed }
}

function surroundingsOf(person: ScriptedAnswers): Surroundings {
  const answers = [person.network].flat()
  const wifi = answers.find((answer) => typeof answer === 'object' && answer.wifi !== undefined)
  if (typeof wifi !== 'object') return { ethernet: true }
  const ssid = wifi.wifi!
  return { wifi: [wifi.key === undefined ? { ssid, security: 'open' } : { ssid, key: wifi.key }] }
}
