import type { Secret } from '../domain/secret.ts'
import type { DiscoverResponse } from '../protocols/ms-mde2/discover.ts'

/** What the device knows until the power goes: tokens, credentials, the enrolment under way. */
export interface Memory {
  accessToken?: Secret
  refreshToken?: Secret
  /** For the management channel, once somebody has signed in. */
  managementToken?: Secret
  /** Credentials for the automatic sign-in after the Enrollment Status Page. */
  credentials?: { upn: string; password: Secret }
  discovery?: DiscoverResponse
  provisioningDocument?: string
  /** Sessions with the server that came to their end. */
  sessionsHeld: number
  /** Counts OMA-DM sessions: each has a number of its own. */
  sessionId: number
}

export const freshMemory = (): Memory => ({ sessionsHeld: 0, sessionId: 0 })

/** The power goes. */
export function forget(memory: Memory): void {
  for (const name of Object.keys(memory) as (keyof Memory)[]) delete memory[name]
  Object.assign(memory, freshMemory())
}
