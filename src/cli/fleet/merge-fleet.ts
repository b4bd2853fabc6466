import { fleetFolders } from '../../fleet/fleet-folder.ts'
import { mergeFleet } from '../../fleet/merge.ts'
import { makeOutputFolder } from '../new-file.ts'
import type { FleetOptions } from './fleet-options.ts'
import { tellResult } from './tell-result.ts'

/** `oobe fleet merge DIR...`. Codes as `fleetFolders` and `mergeFleet`. */
export function mergeFleetFolders({ operands, out, isJson }: FleetOptions): number {
  const merged = mergeFleet(fleetFolders(operands))
  makeOutputFolder(out)
  return tellResult(merged, out, isJson)
}
