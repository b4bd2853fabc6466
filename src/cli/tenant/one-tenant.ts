import { UserError } from '../../domain/trouble.ts'
import { DEFAULT_TENANT } from './live-tenant.ts'

/** The one tenant that an action is about, or the shipped one. */
export function oneTenant(positionals: string[]): string {
  if (positionals.length > 1) {
    throw new UserError('ERR_BAD_ARGUMENTS', `one tenant at a time: ${positionals.join(', ')}`)
  }
  return positionals[0] ?? DEFAULT_TENANT
}
