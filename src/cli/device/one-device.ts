import type { DeviceDefinition } from '../../domain/device.ts'
import { UserError } from '../../domain/trouble.ts'
import { loadDeviceFile, namesOf } from '../../scenario/library.ts'

/** The one device that an action is about. */
export function oneDevice(positionals: string[]): DeviceDefinition {
  const [name, ...more] = positionals
  if (name === undefined) {
    throw new UserError('ERR_BAD_ARGUMENTS', 'which device?', [`There are: ${namesOf('device').join(', ')}`])
  }
  if (more.length > 0) throw new UserError('ERR_BAD_ARGUMENTS', `one device at a time: ${positionals.join(', ')}`)
  return loadDeviceFile(name)
}
