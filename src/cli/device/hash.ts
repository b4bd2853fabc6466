import { hardwareHashOf } from '../../device/hardware-hash-of.ts'
import { EXIT } from '../exit-codes.ts'
import { parseOptions } from '../options.ts'
import { print } from '../print.ts'
import { reportedKeys } from '../reported-keys.ts'
import { CAPTURED_AT } from './captured-at.ts'
import { oneDevice } from './one-device.ts'

const HELP = `oobe device hash DEVICE   its hardware hash: base64, 4000 characters, the same each time

  --json   the hash and the id of the device, for programs`

export function run(args: string[]): number {
  const { values, positionals } = parseOptions(args, { json: { type: 'boolean' } }, 'oobe device hash')
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  const device = oneDevice(positionals)
  const hash = hardwareHashOf(device, reportedKeys, CAPTURED_AT)
  print(values.json ? JSON.stringify({ device: device.id, hash }, undefined, 2) : hash)
  return EXIT.pass
}
