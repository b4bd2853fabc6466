import { UserError } from '../domain/trouble.ts'
import type { MachineLimits } from '../ports/machine.ts'
import type { FleetPlan } from './plan.ts'

/** What a process of ours has before its first device, and what a device that is under way adds: measured, see docs/scale.md. */
const PROCESS_BYTES = 220 * 2 ** 20
const DEVICE_BYTES = 2 ** 20
/** Connections that a device keeps open to a real service, one for each host and certificate. */
const CONNECTIONS = 4
/** Of a process itself. */
const FILES = 60
/** An open arrival has no limit: more under way in one process are of no use. */
const ABREAST_MAX = 2_000

/** How many devices are under way at most, in all processes together. */
export function abreastOf({ arrival, count }: FleetPlan, workers: number): number {
  return Math.min(count, arrival.kind === 'closed' ? arrival.atOnce : ABREAST_MAX * workers)
}

/**
 * Refuses a fleet that this machine cannot hold, before it starts. Code `ERR_FLEET_TOO_LARGE`.
 *
 * @param abreast under way in all processes together
 */
export function refuseTooLarge(
  plan: FleetPlan,
  { abreast, workers }: { abreast: number; workers: number },
  limits: MachineLimits,
): void {
  const refuse = (what: string, needs: string, has: string, help: string): never => {
    throw new UserError(
      'ERR_FLEET_TOO_LARGE',
      `${plan.file}: ${abreast} devices at once need ${needs} of ${what}, and there are ${has}`,
      [help],
    )
  }
  const bytes = workers * PROCESS_BYTES + abreast * DEVICE_BYTES
  const fewer = 'A smaller arrival.closed.atOnce, fewer --workers, or --shard I/N on several machines'
  if (bytes > limits.memoryBytes) refuse('memory', megabytes(bytes), `${megabytes(limits.memoryBytes)} free`, fewer)
  if (plan.service === undefined) return
  const files = Math.ceil(abreast / workers) * CONNECTIONS + FILES
  if (files > limits.openFiles) {
    refuse(
      'open files in a process',
      String(files),
      String(limits.openFiles),
      `"ulimit -n ${files}" allows them. ${fewer}`,
    )
  }
  const ports = abreast * CONNECTIONS
  if (ports > limits.ports) refuse('local ports', String(ports), String(limits.ports), fewer)
}

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 2 ** 20)} MB`
