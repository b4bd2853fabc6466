import type { DeviceDefinition } from '../../domain/device.ts'
import { UserError } from '../../domain/trouble.ts'
import { loadDeviceFile, namesOf } from '../../scenario/library.ts'
import { EXIT } from '../exit-codes.ts'
import { parseOptions } from '../options.ts'
import { print } from '../print.ts'

const HELP = "oobe device list   the devices there are, the working folder's included"

export function run(args: string[]): number {
  const { values } = parseOptions(args, {}, 'oobe device list')
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  for (const id of namesOf('device')) {
    const definition = loadOrComplain(id)
    if (!definition) continue
    const { title, adapters, tpm } = definition
    const wired = adapters.some(({ kind, removable }) => kind === 'ethernet' && !removable)
    const chip = tpm ? `${tpm.kind} TPM ${tpm.version} (${tpm.vendor})` : 'no TPM'
    print(`${id.padEnd(24)} ${title} — ${chip}${wired ? ', Ethernet on board' : ''}`)
  }
  return EXIT.pass
}

/** One broken file does not hide the others. */
function loadOrComplain(id: string): DeviceDefinition | undefined {
  try {
    return loadDeviceFile(id)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    print(`${id.padEnd(24)} ${error.message}`)
    return undefined
  }
}
