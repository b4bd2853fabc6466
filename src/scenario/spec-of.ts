import type { DeviceDefinition } from '../domain/device.ts'
import type { Target } from '../domain/target.ts'
import type { EventRule } from '../events/event-rules.ts'
import { type EarlierRun, type RunDevice, type RunSpec, SPEC_VERSION } from '../run/run-spec.ts'
import { type Sealed, seal, type Vault } from '../run/seal.ts'
import { VERSION } from '../run/version.ts'
import { oneForAll } from './one-for-all.ts'
import { registeredAs, type Scenario } from './scenario.ts'

/** A run as a value, and the secrets that it names. */
export interface SealedRun {
  spec: RunSpec
  vault: Vault
}

/** Resolves a scenario into all that a run is made of. Codes as `loadDeviceFile`, for a device whose board was replaced. */
export function specOf(scenario: Scenario, seed: number, target?: Target): SealedRun {
  const { tenant, before, expect } = scenario
  const vault: Vault = {}
  const { scenario: id, title, startsAt, device, ...facts } = runOf(scenario, '', vault)
  const spec: RunSpec = {
    version: SPEC_VERSION,
    product: VERSION,
    scenario: id,
    title,
    seed,
    startsAt,
    device,
    ...facts,
    choices: scenario.choices,
    tenant: oneForAll(seal(tenant, 'tenant', vault)),
    ...(before.length > 0 ? { before: before.map((one, index) => runOf(one, `before.${index}.`, vault)) } : {}),
    ...(scenario.cases > 1 ? { cases: scenario.cases } : {}),
    ...(scenario.varied.length > 0 ? { varied: scenario.varied } : {}),
    expect: expect && oneForAll(withoutUndefined(expect)),
    ...(target ? { service: { title: target.title, endpoints: target.endpoints } } : {}),
    places: scenario.places,
  }
  return { spec, vault }
}

/** @param prefix of the names of its secrets */
function runOf(scenario: Scenario, prefix: string, vault: Vault): EarlierRun {
  const { id, title, device, environment, person, people, events, startsAt, clockSkewMs, stuckAfterMs, limits } =
    scenario
  const registered = registeredAs(scenario)
  const coming = scenario.comingDevices
  return {
    scenario: id,
    title,
    startsAt: new Date(startsAt).toISOString(),
    device: seal(factsOf(device), `${prefix}device`, vault),
    ...(registered ? { registeredAs: seal(factsOf(registered), `${prefix}registeredAs`, vault) } : {}),
    ...(coming.length > 0
      ? { comingDevices: seal(coming.map(factsOf), `${prefix}comingDevices`, vault) as Sealed<RunDevice>[] }
      : {}),
    network: oneForAll(seal(environment, `${prefix}network`, vault)),
    person: oneForAll(seal(person, `${prefix}person`, vault)),
    ...(Object.keys(people).length > 0 ? { people: oneForAll(seal(people, `${prefix}people`, vault)) } : {}),
    events: seal(events, `${prefix}events`, vault) as EventRule[],
    choices: {},
    clockSkewMs,
    ...([person, ...Object.values(people)].some(({ desktop }) => desktop !== undefined)
      ? { staysAtDesktop: true as const }
      : {}),
    limits: { stuckAfterMs, ...limits },
  }
}

function factsOf(device: DeviceDefinition): RunDevice {
  const { provenance, ...facts } = device
  void provenance
  return facts
}

const withoutUndefined = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value
