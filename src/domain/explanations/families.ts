import { LOOKUP_EXPLANATIONS, REGISTRATION_EXPLANATIONS } from './autopilot.ts'
import type { Explanation, FamilyId } from './explanation.ts'
import { EVENT_EXPLANATIONS } from './log-events.ts'
import { HTTP_EXPLANATIONS, SYSTEM_EXPLANATIONS } from './number-rules.ts'
import { PROFILE_EXPLANATIONS } from './oobe-config.ts'
import { SIGN_IN_EXPLANATIONS } from './sign-in.ts'
import { PAGE_EXPLANATIONS } from './status-page.ts'
import { WINDOWS_EXPLANATIONS } from './windows.ts'

export type Families = Readonly<Record<FamilyId, readonly Explanation[]>>

/**
 * All explanations by family, in the order in which a bare number is looked for. SyncML has no table: its statuses follow a rule.
 * @param tpm those of the response codes, whose numbers the protocol has
 */
export const familiesWith = (tpm: readonly Explanation[]): Families => ({
  registration: REGISTRATION_EXPLANATIONS,
  lookup: LOOKUP_EXPLANATIONS,
  signIn: SIGN_IN_EXPLANATIONS,
  windows: WINDOWS_EXPLANATIONS,
  event: EVENT_EXPLANATIONS,
  system: SYSTEM_EXPLANATIONS,
  http: HTTP_EXPLANATIONS,
  syncml: [],
  tpm,
  page: PAGE_EXPLANATIONS,
  profile: PROFILE_EXPLANATIONS,
})
