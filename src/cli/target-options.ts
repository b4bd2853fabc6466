import type { Target } from '../domain/target.ts'
import { UserError } from '../domain/trouble.ts'
import { wallClock } from '../ports/wall-clock.ts'
import { checkTarget } from '../scenario/check-target.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { loadTarget } from '../scenario/target.ts'

/** `--service` and `--trust`, once it is known to answer. Codes as `loadTarget` and `checkTarget`, and `ERR_BAD_ARGUMENTS`. */
export async function targetOf(values: {
  service?: string | undefined
  trust?: string | undefined
}): Promise<Target | undefined> {
  if (values.service !== undefined) {
    const target = loadTarget(values.service, values.trust === undefined ? [] : [values.trust])
    await checkTarget(target)
    return target
  }
  if (values.trust === undefined) return undefined
  throw new UserError('ERR_BAD_ARGUMENTS', '--trust goes with --service: the mock in this process needs no TLS')
}

/** A real service knows what time it is: the device begins now, whatever the file says. */
export const atTarget = (scenario: Scenario, target: Target | undefined): Scenario =>
  target ? { ...scenario, startsAt: wallClock() } : scenario
