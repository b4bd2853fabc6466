import { EXIT } from './exit-codes.ts'
import { HELP, parseFleetOptions } from './fleet/fleet-options.ts'
import { print } from './print.ts'

export async function fleetCommand(args: string[]): Promise<number> {
  const options = parseFleetOptions(args)
  if (options.isHelp) {
    print(HELP)
    return EXIT.pass
  }
  if (options.action === 'merge') return (await import('./fleet/merge-fleet.ts')).mergeFleetFolders(options)
  if (options.action === 'worker') return (await import('./fleet/work-fleet.ts')).workFleet(options, options.redis!)
  if (options.hashes !== undefined)
    return (await import('./fleet/write-hashes.ts')).writeHashes(options, options.hashes)
  return (await import('./fleet/play-fleet.ts')).playFleet(options)
}
