import { hardwareHashOf } from '../device/hardware-hash-of.ts'
import { manufacture } from '../device/tpm/manufacture.ts'
import type { DeviceDefinition } from '../domain/device.ts'
import { type Endpoints, isMockUrl, MOCK_ENDPOINTS } from '../domain/endpoints.ts'
import type { TenantDefinition } from '../domain/tenant.ts'
import type { ReportedDeployment } from '../mock-service/administration.ts'
import type { Office } from '../mock-service/administrator/office.ts'
import { type MockOptions, startWith } from '../mock-service/start.ts'
import type { TenantState } from '../mock-service/state/tenant-state.ts'
import { fetchTransport, refuseBeyond } from '../ports/fetch-transport.ts'
import type { Transport } from '../ports/http.ts'
import { seededIds } from '../ports/ids.ts'
import type { KeySource } from '../ports/keys.ts'
import { seededChance } from '../ports/seeded-chance.ts'
import type { School } from '../run/run-options.ts'
import { chanceSeedOf, type RunDevice, type RunSpec } from '../run/run-spec.ts'
import { open } from '../run/seal.ts'
import { registrationOf } from './registrations.ts'
import type { SealedRun } from './spec-of.ts'

/** How requests get to where they are answered. */
export interface Way {
  connect: (now: () => number) => Transport
  /** What else acts in the school; undefined where it is real. */
  school?: School
  /** The school's report of deployments, as Graph has it now; undefined where the school is real. */
  deployments?: () => Promise<ReportedDeployment[]>
  /** What the school remembers now; undefined before the first request, and where it is real. */
  remembered?: () => TenantState | undefined
  release(): void
}

/** The school of a run: started with the first request, or with the first that an administrator does. */
function schoolOf(mock: () => RunMock) {
  let now: (() => number) | undefined
  let started: ReturnType<typeof startWith> | undefined
  let office: Office | undefined
  let administration: typeof import('../mock-service/administration.ts') | undefined
  const load = async () => {
    administration ??= await import('../mock-service/administration.ts')
  }
  const loaded = () => {
    if (!administration) throw new Error('the administration of a school is loaded before it is used')
    return administration
  }
  const start = () => {
    if (!now) throw new Error('a school before its run')
    if (started) return started
    started = startWith(mock(), now, (request, tenant, peer) => loaded().handleGraph(request, tenant, peer))
    return started
  }
  const inOffice = () => {
    const { tenant } = start()
    office ??= loaded().officeOf(tenant, mock().device)
    return office
  }
  const school: School = {
    load,
    administer: (action) => loaded().administer(inOffice(), action),
    command: (order) => loaded().command(inOffice(), order),
    hold: (phase, isHeld) => loaded().hold(inOffice(), phase, isHeld),
  }
  const deployments = async (): Promise<ReportedDeployment[]> => {
    await load()
    return started ? loaded().reportedDeployments(started.tenant) : []
  }
  return {
    school,
    deployments,
    remembered: () => started?.tenant.state,
    begin: (clock: () => number) => {
      now = clock
      started = undefined
      office = undefined
    },
    handle: ((request, peer) => start().handle(request, peer)) as ReturnType<typeof startWith>['handle'],
  }
}

/** The mock of a run's tenant, by a call; it has no more hosts than through fetch. */
export function directly(mock: () => RunMock): Way {
  const { school, deployments, remembered, begin, handle } = schoolOf(mock)
  return {
    school,
    deployments,
    remembered,
    connect: (now) => {
      begin(now)
      const transport: Transport = async (request, peer) => {
        if (!isMockUrl(request.url)) refuseBeyond(request.url)
        if (request.url.startsWith(MOCK_ENDPOINTS.graph)) await school.load()
        return handle(request, peer)
      }
      return Object.assign(transport, { isImmediate: true } as const)
    },
    release: () => {},
  }
}

/** MSW is loaded with the first request: the first pages ask no service, and a page should not wait for it. */
export function throughMsw(mock: () => RunMock): Way {
  let interception: Promise<{ headers: Record<string, string>; stop(): void }> | undefined
  let bug: { error: unknown } | undefined
  const { school, deployments, remembered, begin, handle } = schoolOf(mock)
  const loudly: typeof handle = (request, peer) => {
    try {
      return handle(request, peer)
    } catch (error) {
      bug = { error }
      throw error
    }
  }
  return {
    school,
    deployments,
    remembered,
    connect: (now: () => number): Transport => {
      begin(now)
      return async (request, peer, signal) => {
        interception ??= Promise.all([import('../mock-service/msw-interception.ts'), school.load()]).then(
          ([{ intercept }]) => intercept(loudly),
        )
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

/** The mock of a run, and the device that its administrator has in hand. */
export interface RunMock extends MockOptions {
  device: Pick<Office, 'hardwareHash' | 'serialNumber' | 'since'>
}

/**
 * The school of a run, as its mock is started: with the first request.
 *
 * @param begins what runs before this one have left there
 */
export function mockOf(
  { spec, vault }: SealedRun,
  endpoints: Endpoints,
  keys: KeySource,
  begins?: TenantState,
): RunMock {
  const tenant = open<TenantDefinition>(spec.tenant, vault)
  const opened = (sealed: NonNullable<RunSpec['registeredAs']>) => withoutProvenance(open<RunDevice>(sealed, vault))
  const device = opened(spec.device)
  const startsAt = Date.parse(spec.startsAt)
  const registrations = () =>
    [spec.registeredAs ?? spec.device, ...(spec.comingDevices ?? [])].flatMap((sealed) => {
      const entry = tenant.devices.find((one) => one.device === sealed.id)
      return entry ? [registrationOf(entry, opened(sealed), keys, startsAt)] : []
    })
  let made: ReturnType<typeof manufacture> | undefined
  return {
    definition: tenant,
    endpoints,
    keys,
    ids: seededIds(seededChance(chanceSeedOf(spec), 'service')),
    vendorRecords: () => {
      made ??= device.tpm && manufacture(device.tpm, keys)
      return { endorsement: made?.published ?? [], authorities: made?.authorities ?? [] }
    },
    device: {
      serialNumber: device.smbios.serialNumber,
      hardwareHash: () => hardwareHashOf(device, keys, startsAt),
      since: startsAt,
    },
    // What the first run of a school has registered is a part of what it left.
    registered: () => (spec.before ? [] : registrations()),
    others: {
      known: () => [],
      elsewhere: () => (tenant.devicesElsewhere.includes(device.id) ? [hardwareHashOf(device, keys, startsAt)] : []),
    },
    ...(begins ? { begins } : {}),
    associated: () =>
      (tenant.deviceAssociations ?? []).flatMap((association) =>
        [spec.device, ...(spec.comingDevices ?? [])]
          .filter(({ id }) => id === association.device)
          .map((sealed) => ({ hardwareHash: hardwareHashOf(opened(sealed), keys, startsAt), association })),
      ),
  }
}

/** A device as the rest knows it: a RunSpec does not say where its facts come from. */
export const withoutProvenance = (device: RunDevice): DeviceDefinition => ({
  ...device,
  provenance: {},
})
