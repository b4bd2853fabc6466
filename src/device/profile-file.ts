import type { AutopilotProfile } from '../domain/autopilot.ts'
import type { DiskFacts } from '../domain/device.ts'
import { readConfigurationFile } from '../protocols/autopilot/configuration-file.ts'
import {
  bytesOf,
  isSamePath as isSame,
  PROFILE_FILE,
  PROFILE_FOLDER,
  PROFILE_PATH,
} from '../protocols/autopilot/disk-file.ts'

/** The Autopilot profile on a disk, as far as Windows finds and takes one. */
export type ProfileFile =
  | { kind: 'none' }
  /** There is a file that Windows does not find: its name, its place, or sysprep. */
  | { kind: 'misplaced'; why: string }
  | { kind: 'refused'; path: string; event: 'encoding' | 'parse' | 'correlator' | 'mode'; why: string }
  | { kind: 'profile'; path: string; profile: AutopilotProfile /** What of it changes nothing. */; ignored: string[] }

const nameOf = (path: string): string => path.slice(path.lastIndexOf('\\') + 1)
const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('\\'))

export function profileFileOf({ files = [], isGeneralized = false }: DiskFacts): ProfileFile {
  const found = files.find(({ path }) => isSame(path, PROFILE_PATH))
  if (found === undefined) return misplaced(files.map(({ path }) => path))
  const { path } = found
  if (isGeneralized) return { kind: 'misplaced', why: `sysprep /generalize has deleted ${path}` }
  const read = readConfigurationFile(bytesOf(found))
  switch (read.kind) {
    case 'refused':
      return { ...read, path }
    case 'unsupported':
      return { kind: 'refused', path, event: 'mode', why: read.why }
    case 'profile': {
      const { profile, unread, unknownBits } = read
      const ignored = [
        ...(unread.length > 0 ? [`not read here: ${unread.join(', ')}`] : []),
        ...(unknownBits > 0 ? [`CloudAssignedOobeConfig has unknown bits: ${unknownBits}`] : []),
      ]
      return { kind: 'profile', path, profile, ignored }
    }
  }
}

/** A file that was meant for Autopilot, to judge by its folder or its name. */
function misplaced(paths: readonly string[]): ProfileFile {
  const inFolder = paths.find((path) => isSame(folderOf(path), PROFILE_FOLDER))
  if (inFolder !== undefined) {
    return { kind: 'misplaced', why: `Windows does not read ${inFolder}: its name must be ${PROFILE_FILE}` }
  }
  const elsewhere = paths.find((path) => isSame(nameOf(path), PROFILE_FILE))
  if (elsewhere === undefined) return { kind: 'none' }
  return { kind: 'misplaced', why: `Windows does not read ${elsewhere}: its place must be ${PROFILE_FOLDER}` }
}
