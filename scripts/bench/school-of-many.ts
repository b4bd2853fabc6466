import { DataFolder } from '../../src/cli/serve/data-folder.ts'
import { createDevelopmentCa } from '../../src/cli/serve/development-ca.ts'
import { type ServedTenant, serveTenant } from '../../src/cli/serve/served-tenant.ts'
import { hardwareHashOf } from '../../src/device/hardware-hash-of.ts'
import type { DeviceDefinition } from '../../src/domain/device.ts'
import { endpointsAt } from '../../src/domain/endpoints.ts'
import type { TenantDefinition } from '../../src/domain/tenant.ts'
import { enterDevices } from '../../src/mock-service/autopilot/registration.ts'
import { identityOf } from '../../src/mock-service/directory/hardware-identity.ts'
import { derivedKeys } from '../../src/ports/rsa-keys.ts'
import { loadTenantFile } from '../../src/scenario/library.ts'
import { runScenario } from '../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'
import { copiesOf, type Entries, entriesOf, type Names, setEntries } from './copied-entries.ts'

/** So many devices have their first boot; those of the others are copies of what these have left behind. */
const PLAYED = 20
const DAY_MS = 86_400_000

const scenario = loadScenarios('surface-wifi-happy-path')[0]!
const digits = (index: number, length: number): string => String(index).padStart(length, '0')
const emailOf = (index: number): string => `pupil-${digits(index, 6)}@contoso.example`

/** Device and person number `index`: of one model and with one password. */
export function scenarioOf(index: number, startsAt: number): typeof scenario {
  const { device, person } = scenario
  const { smbios } = device
  const own: DeviceDefinition = {
    ...device,
    smbios: {
      ...smbios,
      serialNumber: `SIM-MANY-${digits(index, 8)}`,
      uuid: smbios.uuid.slice(0, -12) + digits(index, 12),
    },
  }
  const signIn = { ...(person.signIn as Record<string, string>), email: emailOf(index) }
  return { ...scenario, device: own, person: { ...person, signIn }, startsAt }
}

/** A school with as many pupils as devices. */
function schoolWith(count: number): TenantDefinition {
  const school = loadTenantFile('contoso-school')
  const [alice] = school.users
  const pupils = Array.from({ length: count }, (_, index) => ({
    ...alice!,
    email: emailOf(index),
    name: `Pupil ${digits(index, 6)}`,
  }))
  return { ...school, users: [...school.users, ...pupils] }
}

/**
 * Makes the data folder of a school that knows `count` devices, all but the last `fresh` of them managed.
 *
 * @param origin where the folder will be served
 * @returns PEM of the authority that devices have to trust
 */
export async function makeSchool(folder: string, origin: string, count: number, fresh: number): Promise<string> {
  const startedAt = Date.now() - DAY_MS
  const beginning = { definition: schoolWith(count), startedAt, seed: 1, ca: createDevelopmentCa(startedAt), origin }
  const data = new DataFolder(folder)
  try {
    const served = serveTenant({ beginning, state: undefined, requests: [] }, undefined, Date.now)
    const registered = register(served, count, startedAt)
    const entries = () => entriesOf(served.state().tenant)
    const before = entries()
    const played = Math.min(PLAYED, count - fresh)
    for (let index = 0; index < played; index++) await play(served, index, origin)
    const targets = registered.slice(played, count - fresh)
    setEntries(served.tenant, copiesOf(changed(before, entries()), registered.slice(0, played), targets))
    keep(data, served, beginning)
    return beginning.ca.certificate
  } finally {
    data.close()
  }
}

function register({ tenant }: ServedTenant, count: number, at: number): Names[] {
  const details = { groupTag: 'Classroom', purchaseOrder: '', assignedUser: '' }
  const entries = Array.from({ length: count }, (_, index) => {
    const hash = hardwareHashOf(scenarioOf(index, at).device, derivedKeys, at)
    return { identity: identityOf(hash), details }
  })
  return enterDevices(tenant, entries, at).map(
    ({ id, entraObjectId, entraDeviceId, serialNumber, smbiosUuid }, index) => [
      ...[id, entraObjectId, entraDeviceId, serialNumber, smbiosUuid],
      ...[emailOf(index), `Pupil ${digits(index, 6)}`],
    ],
  )
}

async function play({ handle }: ServedTenant, index: number, origin: string): Promise<void> {
  const result = await runScenario(scenarioOf(index, Date.now()), {
    seed: index,
    transport: 'direct',
    endpoints: endpointsAt(origin),
    wrap: () => async (request, peer) => handle(request, peer),
  })
  if (!result.passed) throw new Error(`device ${index}: ${result.failures.join('; ')}`)
}

/** What first boots have left behind: new entries, and those that are others now. */
const changed = (before: Entries, after: Entries): Entries =>
  new Map([...after].filter(([place, text]) => before.get(place) !== text))

/** Writes the state as a server does when it stops. */
function keep(data: DataFolder, served: ServedTenant, beginning: Parameters<DataFolder['begin']>[0]): void {
  data.begin(beginning)
  // A folder whose log is empty has nothing to keep.
  data.record({
    at: Date.now(),
    request: {
      method: 'POST',
      url: `${beginning.origin}/common/GetCredentialType`,
      headers: {},
      body: new Uint8Array(),
    },
    peer: {},
  })
  data.snapshot(served.state())
}
