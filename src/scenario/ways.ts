import type { KeyObject } from 'node:crypto'
import { manufacture } from '../device/tpm/manufacture.ts'
import type { DeviceDefinition } from '../domain/device.ts'
import { type Endpoints, isMockHost } from '../domain/endpoints.ts'
import type { Target } from '../domain/target.ts'
import type { TenantDefinition } from '../domain/tenant.ts'
import { directTransport, type MockOptions, startTenant } from '../mock-service/connect.ts'
import { fetchTransport } from '../ports/fetch-transport.ts'
import type { Transport } from '../ports/http.ts'
import { seededIds } from '../ports/ids.ts'
import type { KeySource } from '../ports/keys.ts'
import { seededChance } from '../ports/seeded-chance.ts'
import { targetTransport } from '../ports/target-transport.ts'
import type { RunDevice } from '../run/run-spec.ts'
import { open } from '../run/seal.ts'
import { registrationOf } from './registrations.ts'
import type { SealedRun } from './spec-of.ts'
import { connectionTo } from './target.ts'

/** How requests get to where they are answered. */
export interface Way {
  connect: (now: () => number) => Transport
  release(): void
}

/** The mock of a run's tenant, by a call. */
export const directly = (mock: MockOptions): Way => ({ connect: directTransport(mock), release: () => {} })

/** MSW is loaded with the first request: the first pages ask no service, and a page should not wait for it. */
export function throughMsw(mock: MockOptions): Way {
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

/** Hosts of the mock are the mock's; every other is real, and the guard decides on it. */
export function throughTarget(
  target: Target,
  mocked: Way,
  keyOf: (certificate: Uint8Array) => KeyObject | undefined,
): Way {
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

/** The school of a run, as its mock is started. */
export function mockOf({ spec, vault }: SealedRun, endpoints: Endpoints, keys: KeySource): MockOptions {
  const tenant = open<TenantDefinition>(spec.tenant, vault)
  const device = withoutProvenance(open<RunDevice>(spec.device, vault))
  const startsAt = Date.parse(spec.startsAt)
  const registered = spec.registeredAs ? withoutProvenance(open<RunDevice>(spec.registeredAs, vault)) : device
  const entry = tenant.devices.find((one) => one.device === registered.id)
  let made: ReturnType<typeof manufacture> | undefined
  return {
    definition: tenant,
    endpoints,
    keys,
    ids: seededIds(seededChance(spec.seed, 'service')),
    vendorRecords: () => {
      made ??= device.tpm && manufacture(device.tpm, keys)
      return { endorsement: made?.published ?? [], authorities: made?.authorities ?? [] }
    },
    registered: () => (entry ? [registrationOf(entry, registered, keys, startsAt)] : []),
  }
}

/** A device as the rest knows it: a RunSpec does not say where its facts come from. */
export const withoutProvenance = (device: RunDevice): DeviceDefinition => ({
  ...device,
  provenance: {},
})
