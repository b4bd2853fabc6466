import type { Secret } from '../domain/secret.ts'
import type { MdmAddresses, SignInSession } from '../service/entra/tokens.ts'

/** The person at the device. */
export interface Logon {
  upn: string
  /** For the automatic sign-in after the Enrollment Status Page. */
  password: Secret
  /** For the device registration service. */
  accessToken: Secret
  /** What the sign-in left behind to get tokens with. */
  session: SignInSession
  /** Where the tenant's device management is, as its tokens say. */
  mdm: MdmAddresses | undefined
  /** Signed in with a Temporary Access Pass: no password to sign in with once more, and none needed for a second proof. */
  hasStrongProof?: boolean
  /** For the management channel; asked for when something needs it. */
  managementToken?: Secret
}

/** What the device knows until the power goes. */
export interface Memory {
  logon?: Logon
  /** Of the attestation: the one token of a device that joins without a person. */
  deviceToken?: Secret
  /** There was no internet when the profile was to be asked for. */
  isProfileQueued?: boolean
}

/** The power goes. */
export function forget(memory: Memory): void {
  delete memory.logon
  delete memory.deviceToken
  delete memory.isProfileQueued
}
