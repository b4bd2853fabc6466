import type { DeviceDefinition } from '../../domain/device.ts'
import { type Fact, factsOf, provenanceOf } from '../../domain/provenance.ts'
import { decodeHardwareHash } from '../../protocols/hardware-hash/decode.ts'
import { tpmFirmwareText } from '../../protocols/tpm/version-text.ts'
import { columns } from '../columns.ts'
import { EXIT } from '../exit-codes.ts'
import { parseOptions } from '../options.ts'
import { print } from '../print.ts'
import { factoryDevice } from './factory-device.ts'
import { oneDevice } from './one-device.ts'

const HELP = `oobe device show DEVICE   every fact of a device, and where it comes from

  --json                  the same as JSON: identity, facts with value, tag and source`

/** A line is long enough without seeds and descriptions. */
const VALUE_WIDTH = 44

export function run(args: string[]): number {
  const { values, positionals } = parseOptions(args, { json: { type: 'boolean' } }, 'oobe device show')
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  const definition = oneDevice(positionals)
  const facts = factsOf(definition).map((fact) => ({ ...fact, ...provenanceOf(definition.provenance, fact.path) }))
  const identity = identityOf(definition)
  if (values.json) {
    print(JSON.stringify({ id: definition.id, identity, facts }, undefined, 2))
    return EXIT.pass
  }
  const rows = facts.map(({ path, value, tag, source }) => [path, shown(value), tag ?? '?', source ?? ''])
  for (const line of columns([['FACT', 'VALUE', 'IS', 'SOURCE'], ...rows], VALUE_WIDTH)) print(line)
  print('')
  for (const line of columns(Object.entries(identity).map(([name, value]) => [name, value ?? 'none']))) print(line)
  return EXIT.pass
}

/** Blanks at an end are facts too. */
function shown(value: Fact['value']): string {
  if (typeof value !== 'string') return String(value)
  return value === '' || value !== value.trim() ? JSON.stringify(value) : value
}

/** What follows from the facts, and stays the same in every run. */
function identityOf(definition: DeviceDefinition) {
  const device = factoryDevice(definition)
  const { offlineDeviceId } = decodeHardwareHash(device.hardwareHash())
  const { tpm } = definition
  return {
    deviceId: device.deviceId,
    hardwareDeviceId: device.hardwareDeviceId,
    tpmFirmware: tpm ? tpmFirmwareText(tpm) : null,
    // SHA-256 of the endorsement key's modulus: the OfflineDeviceId of the hardware hash.
    endorsementKeyHash: offlineDeviceId ? Buffer.from(offlineDeviceId.id).toString('hex') : null,
  }
}
