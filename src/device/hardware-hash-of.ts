import type { DeviceDefinition } from '../domain/device.ts'
import type { KeySource } from '../ports/keys.ts'
import { encodeHardwareHash, hardwareHashToBase64 } from '../protocols/hardware-hash/encode.ts'
import { hardwareReportOf } from './hardware-report.ts'
import { VirtualTpm } from './tpm.ts'

/** A device's hardware hash as an administrator captures it: base64, 4000 characters. */
export function hardwareHashOf(definition: DeviceDefinition, keys: KeySource, capturedAt: number): string {
  const tpm = definition.tpm?.version === '2.0' ? new VirtualTpm(definition.tpm, keys, { write: () => {} }) : undefined
  const ek = tpm && { modulus: tpm.endorsementModulus() }
  return hardwareHashToBase64(encodeHardwareHash(hardwareReportOf(definition, ek, capturedAt)))
}
