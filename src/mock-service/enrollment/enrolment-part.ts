import type { HelloDefinition } from '../../domain/hello.ts'
import type { EnrollmentDefinition } from '../../domain/tenant.ts'
import type { RestoreState } from '../../domain/windows-backup.ts'
import type { AuthorityState } from '../certificate-authority.ts'

export type AuthorityLabel = 'mdm-root' | 'organization-access' | 'cloud-pki'

/** Of the tenant's file, what an administrator may change while a device runs. */
export type ChangeableRule = 'windows' | 'join' | 'personal' | 'mdmUserScope' | 'deviceLimit' | 'connector'

/** What enrolment remembers. */
export interface EnrolmentPart {
  /** Results of the web sign-in of device management, and whose they are. */
  webSignIns: Map<string, string>
  /** Terms that were accepted: their `OpaqueBlob`. */
  acceptedTerms: Set<string>
  /** Authorities that have been asked for. */
  authorities: Map<AuthorityLabel, AuthorityState>
  /** What an administrator has changed of the rules in the tenant's file. */
  rules: Partial<Pick<EnrollmentDefinition, ChangeableRule>> & { hello?: HelloDefinition; restorePage?: RestoreState }
}

export const newEnrolment = (): EnrolmentPart => ({
  webSignIns: new Map(),
  acceptedTerms: new Set(),
  authorities: new Map(),
  rules: {},
})
