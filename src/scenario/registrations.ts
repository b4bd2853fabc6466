import { hardwareHashOf } from '../device/hardware-hash-of.ts'
import type { DeviceDefinition } from '../domain/device.ts'
import { parseDuration } from '../domain/duration.ts'
import type { RegisteredDeviceDefinition } from '../domain/tenant.ts'
import type { MockOptions } from '../mock-service/start.ts'
import type { KeySource } from '../ports/keys.ts'

type Registration = ReturnType<MockOptions['registered']>[number]

/** What a tenant's file says of a device, for the mock to register. @param startsAt Unix milliseconds, when the run begins. */
export function registrationOf(
  entry: RegisteredDeviceDefinition,
  device: DeviceDefinition,
  keys: KeySource,
  startsAt: number,
): Registration {
  const { device: name, registeredBefore, ...details } = entry
  return {
    hardwareHash: hardwareHashOf(device, keys, startsAt),
    details: { ...details, name, registeredAt: startsAt - (parseDuration(registeredBefore) ?? 0) },
  }
}
