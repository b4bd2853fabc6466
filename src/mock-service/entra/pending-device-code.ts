import type { UserDefinition } from '../../domain/tenant.ts'

/** A sign-in that waits for a person with a code, somewhere else. */
export interface DeviceCode {
  userCode: string
  clientId: string
  scope: string
  /** Unix milliseconds. */
  expiresAt: number
  askedAt: number
  answer?: { user: UserDefinition; tenantId: string } | 'declined'
}
