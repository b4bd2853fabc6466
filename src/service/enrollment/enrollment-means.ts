import type { KeyObject } from 'node:crypto'
import type { Secret } from '../../domain/secret.ts'

/** What a device can show of itself to the policy and the enrolment service. */
export interface EnrollmentMeans {
  /** The Entra token of a join. Who has one uses it, whatever the service's policy says. */
  token?: Secret | undefined
  /** For the policies OnPremise, and Federated by a web page. */
  password?: { username: string; password: Secret } | undefined
  /** For the policy Certificate: DER, and its key. */
  certificate?: { der: Uint8Array; key: KeyObject } | undefined
}
