import type { SignedInUser } from './signed-in-user.ts'

/** A sign-in that waits for a person with a code, somewhere else. What is optional is not in states of earlier versions. */
export interface DeviceCode {
  userCode: string
  clientId: string
  scope: string
  /** Of version 1. */
  resource?: string | undefined
  /** Whose accounts may sign in: the authority in the path of the request. */
  authority?: string | undefined
  /** Unix milliseconds. */
  expiresAt: number
  /** Unix milliseconds of the request for the code. */
  askedAt: number
  /** Unix milliseconds of the last poll. */
  polledAt?: number | undefined
  /** Seconds between two polls: more of them after each that came too fast (RFC 8628, 3.5). */
  intervalS?: number | undefined
  answer?: SignedInUser | 'declined'
}
