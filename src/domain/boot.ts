import type { Account, AutopilotProfile } from './autopilot.ts'
import type { LeftCategory } from './esp.ts'
import type { Edition } from './windows-versions.ts'

/** What a start of the device finds on its disk. Everything else is gone with the power. */
export interface BootState {
  language?: string
  region?: string
  keyboard?: string
  /** A layout id, or `none` when the person skipped the page. */
  secondKeyboard?: string
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
  /** The person who joined the device, by name only. */
  account?: Account
  isJoined: boolean
  isEnrolled: boolean
  deviceStatusDone: boolean
  qualityUpdatesDone: boolean
  privacyAccepted: boolean
  accountStatusDone: boolean
  /** A person continued after a failed Enrollment Status Page. */
  isContinuedAnyway: boolean
  /** Where in the device's part of the page that was. */
  deviceStatusLeft?: LeftCategory
  /** How many people have signed in since the first boot was over. */
  laterUsers: number
}

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
  isContinuedAnyway: false,
  laterUsers: 0,
}

/** What the statecharts know of the hardware. */
export interface DeviceFacts {
  /** BCP 47 tags of the preinstalled languages. */
  languages: string[]
  edition: Edition
  hasEthernet: boolean
  /** `DeviceBehaviour` */
  installersCollide?: boolean
}
