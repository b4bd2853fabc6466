import { type RegistrationDetails, registerDevice } from './autopilot/registration.ts'
import type { Handler } from './handler.ts'
import { createMockService } from './router.ts'
import type { TenantState } from './state/tenant-state.ts'
import { Tenant, type TenantParts } from './tenant.ts'

export interface MockOptions extends Omit<TenantParts, 'now'> {
  /** Devices that are registered when the run begins, by hardware hash. Asked for with the first request. */
  registered: () => { hardwareHash: string; details: RegistrationDetails }[]
  /** What the tenant remembers when it begins; left out, what its file sets up. */
  begins?: TenantState
}

/**
 * A separate tenant for one run, and the handler of all its services.
 *
 * @param graph is large, and no device asks it: who starts a tenant says how it is loaded
 */
export function startWith(options: MockOptions, now: () => number, graph: Handler) {
  const tenant = new Tenant({ ...options, now })
  if (options.begins) tenant.state = options.begins
  const registrations = options.registered()
  const earliestFirst = registrations.toSorted((a, b) => registeredAt(a.details) - registeredAt(b.details))
  const made = new Map(
    earliestFirst.map((each) => [each, registerDevice(tenant, each.hardwareHash, each.details)] as const),
  )
  /** Of the devices in the order in which they were given. */
  const registered = registrations.map((each) => made.get(each)!)
  return { tenant, registered, handle: createMockService(tenant, options.endpoints, graph) }
}

const registeredAt = ({ registeredAt: at = Number.NEGATIVE_INFINITY }: RegistrationDetails): number => at
