import type { TpmFault } from './device.ts'

/** What can become of a TPM while the device runs. Each but the first three is a fault that a device's file can have too. */
export const TPM_CONDITIONS = {
  /** It gives no answer, as if there was none. */
  away: undefined,
  /** Each of its commands takes so long that the attestation is not over in its time. */
  slow: undefined,
  /** TPM2_Clear: the keys that Windows has made in it are gone. It cannot be taken back. */
  cleared: undefined,
  lockedOut: 'lockout',
  certificateGone: 'noEndorsementCertificate',
  certificateExpired: 'certificateExpired',
  certificateWrong: 'certificateForAnotherKey',
  issuerUnknown: 'unknownIssuer',
  firmwareVulnerable: 'vulnerableFirmware',
} as const satisfies Record<string, TpmFault | undefined>

export type TpmCondition = keyof typeof TPM_CONDITIONS

/** Facts of the disk (`BootState`) that can be lost: the next start of the device does not find them. */
export const LOSABLE = [
  'language',
  'region',
  'keyboard',
  'secondKeyboard',
  'wifi',
  'profile',
  'licenseAccepted',
  'criticalUpdatesDone',
  'qualityUpdatesDone',
  'deviceStatusDone',
  'privacyAccepted',
  'accountStatusDone',
] as const

export type LosableFact = (typeof LOSABLE)[number]

export type DiskChange =
  /** `reagentc /enable` or `/disable`. */
  | { recovery: 'enabled' | 'disabled' }
  | { full: boolean }
  /** Installations take so many times as long; 1 is as before. */
  | { slow: number }
  | { lost: LosableFact }
