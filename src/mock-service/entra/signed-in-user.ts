import type { UserDefinition } from '../../domain/tenant.ts'

/** Who has signed in. States of earlier versions do not have what is optional. */
export interface SignedInUser {
  user: UserDefinition
  tenantId: string
  /** A second factor was proven. */
  hasProof?: boolean | undefined
}
