import { hardwareHashOf } from '../device/hardware-hash-of.ts'
import type { DeviceDefinition } from '../domain/device.ts'
import { UserError } from '../domain/trouble.ts'
import { loadDeviceFile, namesOf } from '../scenario/library.ts'
import { EXIT } from './exit-codes.ts'
import { parseOptions } from './options.ts'
import { print } from './print.ts'
import { reportedKeys } from './reported-keys.ts'

const HELP = `oobe device list          the devices there are
oobe device hash DEVICE   its hardware hash: base64, 4000 characters`

/** Captured at a fixed moment, so that the hash of a device is the same every time. */
const CAPTURED_AT = Date.UTC(2024, 10, 4, 8)

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

export function deviceCommand(args: string[]): number {
  const { values, positionals } = parseOptions(args, {}, 'oobe device')
  const [action, name] = positionals
  if (values.help || action === undefined) {
    print(HELP)
    return EXIT.pass
  }
  switch (action) {
    case 'list':
      for (const id of namesOf('device')) {
        const definition = loadOrComplain(id)
        if (!definition) continue
        const { title, adapters, tpm } = definition
        const wired = adapters.some(({ kind, removable }) => kind === 'ethernet' && !removable)
        const chip = tpm ? `${tpm.kind} TPM ${tpm.version} (${tpm.vendor})` : 'no TPM'
        print(`${id.padEnd(24)} ${title} — ${chip}${wired ? ', Ethernet on board' : ''}`)
      }
      return EXIT.pass
    case 'hash':
      if (name === undefined)
        throw new UserError('ERR_BAD_ARGUMENTS', 'which device?', [`There are: ${namesOf('device').join(', ')}`])
      print(hardwareHashOf(loadDeviceFile(name), reportedKeys, CAPTURED_AT))
      return EXIT.pass
    default:
      throw new UserError('ERR_UNKNOWN_COMMAND', `there is no "oobe device ${action}"`, ['There are: list, hash'])
  }
}
