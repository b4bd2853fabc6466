import type { Account, AutopilotProfile } from './autopilot.ts'
import type { LeftCategory } from './esp.ts'
import type { DomainMember } from './hybrid-join.ts'
import type { PrivacyChoices } from './privacy.ts'
import type { KeptReset } from './reset.ts'
import type { Edition } from './windows-versions.ts'

/** What a start of the device finds on its disk. Everything else is gone with the power. Undefined: forgotten, and asked again. */
export interface BootState {
  language?: string | undefined
  region?: string | undefined
  keyboard?: string | undefined
  /** A layout id, or `none` when the person skipped the page. */
  secondKeyboard?: string | undefined
  /** Name of the remembered Wi-Fi network. */
  wifi?: string
  criticalUpdatesDone: boolean
  /** The cached profile; the service is asked again on every start. */
  profile?: AutopilotProfile
  licenseAccepted: boolean
  deviceName: string
  /** True once a name was given, by template or by a person. */
  isNamed: boolean
  /** True once a person was asked for a name, whatever the answer. */
  isNameSettled: boolean
  usage?: 'personal' | 'workOrSchool'
  /** How often the first boot was broken off: `UserOOBE` of the registry. */
  oobeRetries?: number
  /** The recovery form was answered: Autopilot does not run until a reset. */
  isRecovering?: boolean
  /** The person who joined the device, by name only. */
  account?: Account
  isJoined: boolean
  isEnrolled: boolean
  deviceStatusDone: boolean
  qualityUpdatesDone: boolean
  /** An update of Windows has asked for the restart, and is finished in it. */
  isFinishingUpdates?: boolean
  privacyAccepted: boolean
  /** What a person has left on. */
  privacy?: PrivacyChoices
  /** A person with a Microsoft account has answered the offers of Windows. */
  offersDone?: boolean
  /** OneDrive backs up the folders of the person. */
  backsUpToOneDrive?: boolean
  /** The restore page was answered, or does not come. */
  restoreDone?: boolean
  /** Name of the device whose backup was put onto this one. */
  restoredFrom?: string
  accountStatusDone: boolean
  /** The person at the device has set up Windows Hello, or left it out. */
  helloDone: boolean
  /** A person continued after a failed Enrollment Status Page. */
  isContinuedAnyway: boolean
  /** Where in the device's part of the page that was. */
  deviceStatusLeft?: LeftCategory | undefined
  /** Windows Autopilot pre-provisioning, once a technician has pressed Provision. */
  preProvisioning?: PreProvisioning
  /** A device preparation policy came, and its page was left. */
  preparation?: 'delivered' | 'done'
  /** Device preparation has taken the person out of the local Administrators group. */
  isStandardByPreparation?: boolean
  /** How many people have signed in since the first boot was over. */
  laterUsers: number
  /** Those who have signed out at the desktop: nothing is set up for them a second time. Left out: none. */
  people?: { upn: string; laterUsers: number; helloDone: boolean }[]
  /** Since a hybrid join: the domain, and the device's name in it. */
  domain?: DomainMember
  /** A reset is under way: Windows is being put back. */
  isResetting?: boolean
  /** The last reset kept the enrolment. */
  reset?: KeptReset
}

/** Unix milliseconds of the device's clock. */
export interface PreProvisioning {
  startedAt: number
  /** When the technician resealed the device; left out until then. */
  resealedAt?: number
}

/** So many times, and the next start shows the recovery form (1.3 [D]). The number is an assumption. */
export const OOBE_RETRIES_MAX = 5

/** Why the device has no profile in the recovery form. */
export const RECOVERY_WHY = 'the first boot was restarted too often: its recovery form does not run Autopilot'

/** A fact that a page settles and that survives a restart. */
export type Remembered = Partial<BootState>

export const FRESH_BOOT: Omit<BootState, 'deviceName'> = {
  criticalUpdatesDone: false,
  licenseAccepted: false,
  isNamed: false,
  isNameSettled: false,
  isJoined: false,
  isEnrolled: false,
  deviceStatusDone: false,
  qualityUpdatesDone: false,
  privacyAccepted: false,
  accountStatusDone: false,
  helloDone: false,
  isContinuedAnyway: false,
  laterUsers: 0,
}

/** What the statecharts know of the hardware. */
export interface DeviceFacts {
  /** BCP 47 tags of the preinstalled languages. */
  languages: string[]
  edition: Edition
  /** Decimal, and four parts: what decides whether device preparation is for this Windows. */
  windows: { productType: string; version: string }
  hasEthernet: boolean
  /** Names of the security keys at hand. Left out: none. */
  securityKeys?: string[]
  /** `DeviceBehaviour` */
  installersCollide?: boolean
  /** `DeviceBehaviour`: `updatesBeforeLookup` */
  updatesComeFirst?: boolean
  /** `DeviceBehaviour`; left out: true. */
  entersRecovery?: boolean
}
