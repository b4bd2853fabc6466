import type { DeviceDefinition } from '../domain/device.ts'
import type { Target } from '../domain/target.ts'
import type { EventRule } from '../events/event-rules.ts'
import { type RunDevice, type RunSpec, SPEC_VERSION } from '../run/run-spec.ts'
import { seal, type Vault } from '../run/seal.ts'
import { VERSION } from '../run/version.ts'
import { loadDeviceFile } from './library.ts'
import { oneForAll } from './one-for-all.ts'
import type { Scenario } from './scenario.ts'

/** A run as a value, and the secrets that it names. */
export interface SealedRun {
  spec: RunSpec
  vault: Vault
}

/** Resolves a scenario into all that a run is made of. Codes as `loadDeviceFile`, for a device whose board was replaced. */
export function specOf(scenario: Scenario, seed: number, target?: Target): SealedRun {
  const { device, tenant, environment, person, events, startsAt, clockSkewMs, stuckAfterMs, limits, expect } = scenario
  const vault: Vault = {}
  const registered = registeredAs(scenario)
  const spec: RunSpec = {
    version: SPEC_VERSION,
    product: VERSION,
    scenario: scenario.id,
    title: scenario.title,
    seed,
    startsAt: new Date(startsAt).toISOString(),
    device: seal(factsOf(device), 'device', vault),
    ...(registered ? { registeredAs: seal(factsOf(registered), 'registeredAs', vault) } : {}),
    tenant: oneForAll(seal(tenant, 'tenant', vault)),
    network: oneForAll(seal(environment, 'network', vault)),
    person: oneForAll(seal(person, 'person', vault)),
    ...(Object.keys(scenario.people).length > 0 ? { people: oneForAll(seal(scenario.people, 'people', vault)) } : {}),
    ...(scenario.cases > 1 ? { cases: scenario.cases } : {}),
    events: seal(events, 'events', vault) as EventRule[],
    choices: {},
    clockSkewMs,
    limits: { stuckAfterMs, ...limits },
    expect: expect && oneForAll(withoutUndefined(expect)),
    ...(target ? { service: { title: target.title, endpoints: target.endpoints } } : {}),
    places: scenario.places,
  }
  return { spec, vault }
}

function factsOf(device: DeviceDefinition): RunDevice {
  const { provenance, ...facts } = device
  void provenance
  return facts
}

/** A device whose board was replaced is still registered as what it was. */
function registeredAs({ tenant, device }: Scenario): DeviceDefinition | undefined {
  const { boardSwapOf } = device
  if (boardSwapOf === undefined || tenant.devices.some((entry) => entry.device === device.id)) return undefined
  return tenant.devices.some((entry) => entry.device === boardSwapOf) ? loadDeviceFile(boardSwapOf) : undefined
}

const withoutUndefined = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value
