import { hardwareHashOf } from '../../device/hardware-hash-of.ts'
import { EXIT } from '../exit-codes.ts'
import { parseOptions } from '../options.ts'
import { print } from '../print.ts'
import { reportedKeys } from '../reported-keys.ts'
import { CAPTURED_AT } from './captured-at.ts'
import { oneDevice } from './one-device.ts'

const HELP = 'oobe device hash DEVICE   its hardware hash: base64, 4000 characters, the same each time'

export function run(args: string[]): number {
  const { values, positionals } = parseOptions(args, {}, 'oobe device hash')
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  print(hardwareHashOf(oneDevice(positionals), reportedKeys, CAPTURED_AT))
  return EXIT.pass
}
