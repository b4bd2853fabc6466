import type { KeyObject } from 'node:crypto'
import { keyOfCertificate } from '../device/device-keys.ts'
import { manufacture } from '../device/tpm/manufacture.ts'
import { type Endpoints, isMockHost, MOCK_ENDPOINTS } from '../domain/endpoints.ts'
import type { Target } from '../domain/target.ts'
import { directTransport, type MockOptions, startTenant } from '../mock-service/connect.ts'
import { fetchTransport } from '../ports/fetch-transport.ts'
import type { Transport } from '../ports/http.ts'
import { seededIds } from '../ports/ids.ts'
import type { KeySource } from '../ports/keys.ts'
import { derivedKeys } from '../ports/rsa-keys.ts'
import { seededChance } from '../ports/seeded-chance.ts'
import { targetTransport } from '../ports/target-transport.ts'
import type { Pace } from '../ports/timeline.ts'
import type { Person } from '../simulation/person.ts'
import { Simulation } from '../simulation/simulation.ts'
import type { RunResult } from '../simulation/simulation-options.ts'
import { loadDeviceFile } from './library.ts'
import { registrationOf } from './registrations.ts'
import type { Scenario } from './scenario.ts'
import { ScriptedPerson } from './scripted-person.ts'
import { connectionTo } from './target.ts'
import { judge } from './verdict.ts'

/** How requests reach the mock: through MSW and the platform's fetch, or by a call. */
export type MockTransport = 'msw' | 'direct'

export interface RunOptions {
  seed: number
  transport?: MockTransport
  pace?: Pace
  sink?: (line: string) => void
  guardMs?: number
  endpoints?: Endpoints
  /** Services that are real; the others are mocked as ever. */
  target?: Target
  /** Wraps the way to the service: tests use it to slow it down or to spoil it. */
  wrap?: (transport: Transport) => Transport
  /** Where the device's and the services' RSA keys come from; derived from seeds, silently, when left out. */
  keys?: KeySource
}

export interface ScenarioResult extends RunResult {
  scenario: Scenario
  failures: string[]
  passed: boolean
}

/** Somebody who is really there: nothing is answered by itself. */
export const NOBODY = Symbol('nobody')

export interface PreparedRun {
  simulation: Simulation
  /** Ends what the run has started in this process. */
  release(): void
}

/** Sets a scenario's device before its mocked services. */
export function prepareRun(
  scenario: Scenario,
  options: RunOptions,
  person: Person | typeof NOBODY = new ScriptedPerson(scenario.person),
): PreparedRun {
  const { target } = options
  const endpoints = { ...(options.endpoints ?? MOCK_ENDPOINTS), ...target?.endpoints }
  const keys = options.keys ?? derivedKeys
  const mock = mockOptions(scenario, options.seed, endpoints, keys)
  const wrap = options.wrap ?? ((transport: Transport) => transport)
  const mocked: Way =
    options.transport === 'direct' ? { connect: directTransport(mock), release: () => {} } : throughMsw(mock)
  const way = target
    ? throughTarget(target, mocked, (certificate) => keyOfCertificate(scenario.device, keys, certificate))
    : mocked
  const simulation = new Simulation({
    definition: scenario.device,
    ...(target?.means ? { means: target.means } : {}),
    tenantId: scenario.tenant.id,
    scenarioId: scenario.id,
    environment: scenario.environment,
    endpoints,
    transport: (now) => wrap(way.connect(now)),
    keys,
    seed: options.seed,
    startsAt: scenario.startsAt,
    clockSkewMs: scenario.clockSkewMs,
    faults: scenario.faults,
    stuckAfterMs: scenario.stuckAfterMs,
    ...(person === NOBODY ? {} : { person, moreUsers: laterUsersOf(scenario) }),
    ...(options.pace ? { pace: options.pace } : {}),
    ...(options.sink ? { sink: options.sink } : {}),
    ...(options.guardMs === undefined ? {} : { guardMs: options.guardMs }),
  })
  return { simulation, release: way.release }
}

/** Plays a scenario to its end and judges it. Throws only for a bug of ours, or for infrastructure that failed. */
export async function runScenario(scenario: Scenario, options: RunOptions): Promise<ScenarioResult> {
  const { simulation, release } = prepareRun(scenario, options)
  try {
    const result = await simulation.run()
    const failures = [...judge(scenario.expect, result), ...unusedFaults(scenario, result)]
    const passed = failures.length === 0
    simulation.journal.write({ kind: 'verdict', outcome: result.outcome, passed, failures })
    return { ...result, scenario, failures, passed }
  } finally {
    release()
  }
}

/** A fault that never happened tested nothing. */
function unusedFaults({ faults }: Scenario, { journal }: RunResult): string[] {
  const used = new Set(journal.flatMap((entry) => (entry.kind === 'fault' ? [entry.rule] : [])))
  return faults.flatMap((_, index) =>
    used.has(index) ? [] : [`faults.${index} never happened: nothing met its condition`],
  )
}

function mockOptions(
  { tenant, device, startsAt }: Scenario,
  seed: number,
  endpoints: Endpoints,
  keys: KeySource,
): MockOptions {
  // A device whose board was replaced is still registered as what it was.
  const entry =
    tenant.devices.find(({ device: name }) => name === device.id) ??
    tenant.devices.find(({ device: name }) => name === device.boardSwapOf)
  const asRegistered = () => (entry?.device === device.boardSwapOf ? loadDeviceFile(entry!.device) : device)
  let made: ReturnType<typeof manufacture> | undefined
  return {
    definition: tenant,
    endpoints,
    keys,
    ids: seededIds(seededChance(seed, 'service')),
    vendorRecords: () => {
      made ??= device.tpm && manufacture(device.tpm, keys)
      return { endorsement: made?.published ?? [], authorities: made?.authorities ?? [] }
    },
    registered: () => (entry ? [registrationOf(entry, asRegistered(), keys, startsAt)] : []),
  }
}

/** People who sign in when the first boot is over: everybody that the scenario has an answer of, however often they try. */
function laterUsersOf({ person: { nextSignIn = [] } }: Scenario): number {
  const answers = [nextSignIn].flat()
  return new Set(answers.map((answer) => (typeof answer === 'string' ? answer : answer.email))).size
}

/** How requests get to where they are answered. */
interface Way {
  connect: (now: () => number) => Transport
  release(): void
}

/** Hosts of the mock are the mock's; every other is real, and the guard decides on it. */
function throughTarget(target: Target, mocked: Way, keyOf: (certificate: Uint8Array) => KeyObject | undefined): Way {
  const real = targetTransport({ ...connectionTo(target), keyOf })
  return {
    connect: (now) => {
      const toMock = mocked.connect(now)
      return (request, peer, signal) =>
        (isMockHost(new URL(request.url).hostname) ? toMock : real)(request, peer, signal)
    },
    release: () => {
      real.close()
      mocked.release()
    },
  }
}

/** MSW is loaded with the first request: the first pages ask nobody, and a page should not wait for it. */
function throughMsw(mock: MockOptions): Way {
  let interception: Promise<{ headers: Record<string, string>; stop(): void }> | undefined
  let bug: { error: unknown } | undefined
  return {
    connect: (now: () => number): Transport => {
      let started: ReturnType<typeof startTenant> | undefined
      const loudly: ReturnType<typeof startTenant>['handle'] = (request, peer) => {
        try {
          started ??= startTenant(mock, now)
          return started.handle(request, peer)
        } catch (error) {
          bug = { error }
          throw error
        }
      }
      return async (request, peer, signal) => {
        interception ??= import('../mock-service/msw-interception.ts').then(({ intercept }) => intercept(loudly))
        const { headers } = await interception
        const response = await fetchTransport({ isMocked: true, headers })(request, peer, signal)
        // MSW makes an answer with status 500 of what a handler throws: a bug of ours is to end the run instead.
        if (bug) throw bug.error
        return response
      }
    },
    release: () => void interception?.then(({ stop }) => stop()),
  }
}
