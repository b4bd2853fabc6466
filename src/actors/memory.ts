import type { EnrollmentKey } from '../device/enrollment-key.ts'
import type { Secret } from '../domain/secret.ts'
import type { DiscoverResponse } from '../protocols/ms-mde2/discover.ts'
import type { EnrollmentCredential } from '../service/enrollment-credential.ts'
import type { StartedProof } from '../service/second-factor.ts'
import type { PendingProof } from '../service/sign-in.ts'
import type { MdmAddresses, SignInSession } from '../service/tokens.ts'

/** What the device knows until the power goes: tokens, credentials, the enrolment under way. */
export interface Memory {
  /** For the device registration service; in self-deploying mode the one token of the device. */
  accessToken?: Secret
  /** What the sign-in left behind to get tokens with. */
  signIn?: SignInSession
  /** Where the accounts of a domain sign in, as it was looked up last. */
  realm?: { email: string; page: string | undefined }
  /** A second proof that the sign-in waits for, and what belongs to it. */
  proof?: { pending: PendingProof; password: Secret; started?: StartedProof }
  /** For the management channel, once somebody has signed in. */
  managementToken?: Secret
  /** Credentials for the automatic sign-in after the Enrollment Status Page. */
  credentials?: { upn: string; password: Secret }
  /** Where the tenant's device management is, as its tokens say. */
  mdm?: MdmAddresses
  discovery?: DiscoverResponse
  /** What the enrolment under way is authenticated with. */
  credential?: EnrollmentCredential
  /** The key that the management certificate is for. */
  enrollmentKey?: EnrollmentKey
  attestation?: { hresult: string; message: string }
  provisioningDocument?: string
  /** Sessions with the server that came to their end. */
  sessionsHeld: number
}

export const freshMemory = (): Memory => ({ sessionsHeld: 0 })

/** The power goes. */
export function forget(memory: Memory): void {
  for (const name of Object.keys(memory) as (keyof Memory)[]) delete memory[name]
  Object.assign(memory, freshMemory())
}
