import { hardwareHashOf } from '../device/hardware-hash-of.ts'
import { manufacture } from '../device/tpm/manufacture.ts'
import type { TenantDefinition } from '../domain/tenant.ts'
import type { MockOptions } from '../mock-service/start.ts'
import { loadDeviceFile, namesOf } from './library.ts'
import { registrationOf } from './registrations.ts'

/**
 * A tenant with every device of its file registered, and a world around it: what other tenants have, and what the makers of all
 * devices of the library have reported. A run knows its own device alone.
 *
 * @param startsAt Unix milliseconds: "registered before" counts from here.
 */
export function wholeTenant(
  definition: TenantDefinition,
  startsAt: number,
  parts: Pick<MockOptions, 'keys' | 'ids' | 'endpoints'>,
): MockOptions {
  const { keys } = parts
  const hashOf = (device: string) => hardwareHashOf(loadDeviceFile(device), keys, startsAt)
  return {
    definition,
    ...parts,
    registered: () =>
      definition.devices.map((entry) => registrationOf(entry, loadDeviceFile(entry.device), keys, startsAt)),
    associated: () =>
      (definition.deviceAssociations ?? []).map((association) => ({
        hardwareHash: hashOf(association.device),
        association,
      })),
    others: {
      known: () => namesOf('device').map(hashOf),
      elsewhere: () => definition.devicesElsewhere.map(hashOf),
    },
    vendorRecords: () => {
      const made = namesOf('device').flatMap((name) => {
        const { tpm } = loadDeviceFile(name)
        return tpm?.version === '2.0' ? [manufacture(tpm, keys)] : []
      })
      return {
        endorsement: made.flatMap(({ published }) => published),
        authorities: made.flatMap(({ authorities }) => authorities),
      }
    },
  }
}
