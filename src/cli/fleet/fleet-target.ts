import type { Target } from '../../domain/target.ts'
import { UserError } from '../../domain/trouble.ts'
import type { FleetPlan } from '../../fleet/plan.ts'
import { openTarget } from '../real-target.ts'

/** The real service of a plan; undefined for the mock. Codes as `openTarget`; `ERR_FLEET_SIGN_IN`. */
export function targetOfPlan({ service }: FleetPlan): Target | undefined {
  if (!service) return undefined
  const target = openTarget(service.target, service.trust)
  if (target.signIn !== undefined) {
    throw new UserError('ERR_FLEET_SIGN_IN', `${service.target} asks a person to sign in: a fleet has none`, [
      'Give the profile a token that needs none: enrollment.token with minted, file or env. See docs/targets.md',
    ])
  }
  return target
}
