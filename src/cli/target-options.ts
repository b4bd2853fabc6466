import type { Target } from '../domain/target.ts'
import { UserError } from '../domain/trouble.ts'
import { wallClock } from '../ports/wall-clock.ts'
import type { Scenario } from '../scenario/scenario.ts'

/** `--service` and `--trust`; undefined for the mock. Codes as `reachedTarget`, and `ERR_BAD_ARGUMENTS`. */
export async function targetOf(values: {
  service?: string | undefined
  trust?: string | undefined
}): Promise<Target | undefined> {
  if (values.service !== undefined) {
    const { reachedTarget } = await import('./real-target.ts')
    return reachedTarget(values.service, values.trust)
  }
  if (values.trust === undefined) return undefined
  throw new UserError('ERR_BAD_ARGUMENTS', '--trust goes with --service: the mock in this process needs no TLS')
}

/** A real service knows what time it is: the device begins now, whatever the file says. */
export const atTarget = (scenario: Scenario, target: Target | undefined): Scenario =>
  target ? { ...scenario, startsAt: wallClock() } : scenario
