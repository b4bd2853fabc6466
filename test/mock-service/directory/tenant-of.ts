import { hardwareHashOf } from '../../../src/device/hardware-hash-of.ts'
import { MOCK_ENDPOINTS } from '../../../src/domain/endpoints.ts'
import type { HttpRequest, HttpResponse } from '../../../src/domain/http.ts'
import { mockTenant } from '../../../src/library/first-boot.ts'
import type { RegistrationDetails } from '../../../src/mock-service/autopilot/registration.ts'
import { startTenant } from '../../../src/mock-service/connect.ts'
import { seededIds } from '../../../src/ports/ids.ts'
import { derivedKeys } from '../../../src/ports/rsa-keys.ts'
import { seededChance } from '../../../src/ports/seeded-chance.ts'
import { loadDeviceFile } from '../../../src/scenario/library.ts'

export const START = Date.parse('2024-11-04T08:00:00Z')
const MINUTE = 60_000

export const hashOf = (name: string, changes: { uuid?: string; serialNumber?: string; manufacturer?: string } = {}) => {
  const device = loadDeviceFile(name)
  return hardwareHashOf({ ...device, smbios: { ...device.smbios, ...changes } }, derivedKeys, START)
}

export interface TenantScene {
  tenant: ReturnType<typeof startTenant>['tenant']
  handle: (request: HttpRequest) => HttpResponse
  /** Lets minutes pass. */
  wait(minutes: number): void
}

/** A tenant with a clock that the test turns. @param others names of devices; of known ones also hashes */
export function tenantOf(
  changes: Record<string, unknown> = {},
  registered: { device: string; details?: Partial<RegistrationDetails> }[] = [],
  others: { known?: string[]; elsewhere?: string[] } = {},
): TenantScene {
  let now = START
  const { tenant, handle } = startTenant(
    {
      definition: mockTenant('contoso-school', changes),
      endpoints: MOCK_ENDPOINTS,
      keys: derivedKeys,
      ids: seededIds(seededChance(1, 'service')),
      registered: () =>
        registered.map(({ device, details }) => ({
          hardwareHash: hashOf(device),
          details: { groupTag: '', purchaseOrder: '', assignedUser: '', ...details },
        })),
      others: {
        known: () => (others.known ?? []).map((name) => (name.startsWith('T0') ? name : hashOf(name))),
        elsewhere: () => (others.elsewhere ?? []).map((name) => hashOf(name)),
      },
    },
    () => now,
  )
  return {
    tenant,
    handle: (request) => handle(request, {}),
    wait: (minutes) => {
      now += minutes * MINUTE
      tenant.settle()
    },
  }
}
