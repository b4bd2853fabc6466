/**
 * What a reset leaves on the device.
 *
 * - `everything`: nothing. The device is as it left the factory.
 * - `autopilotReset`: Wi-Fi, language, region and keyboard, the Entra membership, the enrolment, its SCEP certificates
 *   (oobe-autopilot-esp.md, 2.6 [D]). No person.
 * - `keepsUsers`: the same, and the person's account: a wipe that keeps enrolment or user data, a fresh start that keeps user data.
 */
export type ResetKind = 'everything' | 'autopilotReset' | 'keepsUsers'

/** A reset that kept the enrolment. The desktop is out of reach until what it needs is back (2.6 [D]). */
export interface KeptReset {
  kind: Exclude<ResetKind, 'everything'>
  /** A session with the management server has been held since. */
  isRestored: boolean
}

/** What a reset is called in a journal. */
export const RESET_NAMES: Readonly<Record<ResetKind, string>> = {
  everything: 'a full reset',
  autopilotReset: 'an Autopilot Reset: the Entra membership and the enrolment are kept',
  keepsUsers: 'a reset that keeps the enrolment and its person',
}

/** Windows RE, which carries a reset out. `missing`: its image is gone, and "reagentc /enable" finds none. */
export const RECOVERY_STATES = ['enabled', 'disabled', 'missing'] as const

export type RecoveryState = (typeof RECOVERY_STATES)[number]

/** `RemoteWipe/AutomaticRedeployment/Status` (RemoteWipe CSP); those of a restart and of power have no use here. */
export const REDEPLOYMENT_STATUS = { complete: '1', scheduled: '10', refused: '30' } as const

export const REDEPLOYMENT_NODES = {
  status: './Device/Vendor/MSFT/RemoteWipe/AutomaticRedeployment/Status',
  lastError: './Device/Vendor/MSFT/RemoteWipe/AutomaticRedeployment/LastError',
} as const

/** 0 lets administrators reset a device at its lock screen; 1 is the default (CredentialProviders, Policy CSP [D]). */
export const LOCAL_RESET_NODE =
  './Device/Vendor/MSFT/Policy/Config/CredentialProviders/DisableAutomaticReDeploymentCredentials'
