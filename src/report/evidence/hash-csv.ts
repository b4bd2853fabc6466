import { csvFieldTrouble, encodeAutopilotCsv } from '../../protocols/autopilot-csv/encode.ts'
import type { DiskFacts } from './facts.ts'

/** `DeviceHash_<name>.csv`: the hash that the device sent with its look-up. Undefined where it never asked, or a CSV cannot have it. */
export function hashCsv({ spec, hardwareHash }: DiskFacts): Uint8Array | undefined {
  const { serialNumber } = spec?.device.smbios ?? {}
  if (hardwareHash === undefined || serialNumber === undefined) return undefined
  if (csvFieldTrouble(serialNumber) !== undefined || csvFieldTrouble(hardwareHash) !== undefined) return undefined
  return encodeAutopilotCsv([{ serialNumber, productKeyId: '', hardwareHash }])
}
