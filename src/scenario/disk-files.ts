import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { profileFileOf } from '../device/profile-file.ts'
import type { DeviceDefinition, DiskFile } from '../domain/device.ts'
import { UserError } from '../domain/trouble.ts'
import { bytesOf } from '../protocols/autopilot/disk-file.ts'
import type { Origin } from './override.ts'
import { readBounded } from './read-bounded.ts'

/** Far more than any profile has. */
const BYTES_MAX = 1024 * 1024

/**
 * A device whose files hold what they are made from, so that a run needs nothing beside itself. Codes `ERR_NOT_READABLE`,
 * `ERR_FILE_TOO_LARGE`, `ERR_FILE_INVALID`: also for a profile that Microsoft does not support in a file.
 *
 * @param folder from which a file on this machine is named
 * @param origin of the device's facts
 */
export function withDiskFiles(definition: DeviceDefinition, folder: string, origin: Origin): DeviceDefinition {
  const { disk } = definition
  if (disk.files === undefined) return definition
  const files = disk.files.map((file, index) => readIn(file, folder, at(origin, index, 'from')))
  for (const [index, file] of files.entries()) refuseUnwritable(file, at(origin, index))
  const same = files.findIndex(({ path }, index) => files.some((one, other) => other < index && isSame(one.path, path)))
  if (same >= 0) throw invalid(at(origin, same, 'path'), `${files[same]!.path} is there twice`)
  const whole = { ...definition, disk: { ...disk, files } }
  const found = profileFileOf(whole.disk)
  if (found.kind === 'refused' && found.event === 'mode') {
    const index = files.findIndex(({ path }) => path === found.path)
    throw invalid(at(origin, index), `${found.path}: ${found.why}`)
  }
  return whole
}

type Place = ReturnType<Origin>

const at = (origin: Origin, index: number, ...rest: string[]): Place => origin(['disk', 'files', index, ...rest])

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()

const invalid = ({ at, frame }: Place, message: string): UserError =>
  new UserError('ERR_FILE_INVALID', `${at}: ${message}`, [...frame])

function readIn(file: DiskFile, folder: string, place: Place): DiskFile {
  const { from, ...others } = file
  if (from === undefined) return file
  const path = resolve(folder, from)
  let bytes: Buffer
  try {
    // A pipe would never answer, and a device never end.
    if (!statSync(path).isFile()) throw new Error('it is no plain file')
    bytes = readBounded(path, BYTES_MAX)
  } catch (error) {
    const message = `${place.at}: ${from} cannot be read: ${(error as Error).message}`
    throw new UserError('ERR_NOT_READABLE', message, [...place.frame])
  }
  if (bytes.length > BYTES_MAX) {
    const message = `${place.at}: ${from} is larger than ${BYTES_MAX / 1024} KiB`
    throw new UserError('ERR_FILE_TOO_LARGE', message, [...place.frame])
  }
  return { ...others, base64: bytes.toString('base64') }
}

/** A text that its encoding cannot write. */
function refuseUnwritable(file: DiskFile, place: Place): void {
  try {
    bytesOf(file)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw invalid(place, `${file.path}: ${error.message}. Write encoding: utf-8, for example`)
  }
}
