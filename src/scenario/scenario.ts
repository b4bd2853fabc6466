import type { DeviceDefinition } from '../domain/device.ts'
import { DEFAULT_NETWORK, type NetworkEnvironment } from '../domain/network.ts'
import type { TenantDefinition } from '../domain/tenant.ts'
import type { FaultRule } from '../simulation/faults.ts'
import { faultRules } from './fault-rules.ts'
import { loadDeviceFile, loadScenarioFile, loadTenantFile } from './library.ts'
import { checked, override } from './override.ts'
import { deviceSchema } from './schema/device.ts'
import type { ScenarioFile } from './schema/scenario.ts'
import { tenantSchema } from './schema/tenant.ts'

/** A scenario ready to run: one case of a file, with its device and tenant. */
export interface Scenario {
  /** File name, with the case behind a dash where the file has a matrix. */
  id: string
  file: string
  title: string
  device: DeviceDefinition
  tenant: TenantDefinition
  environment: NetworkEnvironment
  person: ScenarioFile['person']
  faults: FaultRule[]
  startsAt: number
  clockSkewMs: number
  stuckAfterMs: number
  seed: number | undefined
  /** Null: nothing is expected, and every end that is an end will do. */
  expect: ScenarioFile['expect'] | null
}

type Reference = ScenarioFile['device']

const nameOf = (reference: Reference): string => (typeof reference === 'string' ? reference : reference.use)
const changesOf = (reference: Reference): Record<string, unknown> =>
  typeof reference === 'string' ? {} : reference.with

/** Loads a scenario file, one {@link Scenario} for each case of its matrix. Codes as the library's and the reader's. */
export function loadScenarios(name: string): Scenario[] {
  const { id, file, scenario } = loadScenarioFile(name)
  const devices = scenario.matrix.device ?? [nameOf(scenario.device)]
  const tenants = scenario.matrix.tenant ?? [nameOf(scenario.tenant)]
  const cases = devices.flatMap((device) => tenants.map((tenant) => ({ device, tenant })))
  return cases.map(({ device, tenant }) => {
    const suffix = [...(devices.length > 1 ? [device] : []), ...(tenants.length > 1 ? [tenant] : [])]
    return {
      id: [id, ...suffix].join('-'),
      file,
      title: scenario.title,
      device: loadDevice(device, changesOf(scenario.device), `${file}: device`),
      tenant: loadTenant(tenant, changesOf(scenario.tenant), `${file}: tenant`),
      environment: environmentOf(scenario.network),
      person: scenario.person,
      faults: faultRules(file, scenario.faults),
      startsAt: Date.parse(scenario.startsAt),
      clockSkewMs: scenario.clockSkew,
      stuckAfterMs: scenario.stuckAfter,
      seed: scenario.seed,
      expect: scenario.expect,
    }
  })
}

function loadDevice(name: string, changes: Record<string, unknown>, where: string): DeviceDefinition {
  const definition = loadDeviceFile(name)
  if (Object.keys(changes).length === 0) return definition
  const { id, ...facts } = definition
  return { id, ...(checked(deviceSchema, override(facts, changes, where), where) as Omit<DeviceDefinition, 'id'>) }
}

function loadTenant(name: string, changes: Record<string, unknown>, where: string): TenantDefinition {
  const definition = loadTenantFile(name)
  if (Object.keys(changes).length === 0) return definition
  const { id, ...facts } = definition
  return { id, ...checked(tenantSchema, override(facts, changes, where), where) }
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
