import { type Account, type AutopilotProfile, andFile, hasBit, type ProfileAnswer } from '../../src/domain/autopilot.ts'
import { type BootState, type DeviceFacts, RECOVERY_WHY } from '../../src/domain/boot.ts'
import type { Outcome } from '../../src/domain/journal.ts'
import type { Kiosk } from '../../src/domain/kiosk.ts'
import type { ResetKind } from '../../src/domain/reset.ts'
import type { Edition } from '../../src/domain/windows-versions.ts'
import type { GaveUp } from '../page.ts'
import type { RetryPolicy } from '../pages/autopilot-profile.ts'

export interface OobeInput {
  facts: DeviceFacts
  disk: BootState
  retry: RetryPolicy
  /** How many people will sign in when the first boot is over. */
  moreUsers?: number
  /** The person at the desktop decides when the run is over, and may sign out. */
  mayStay?: boolean
}

/** How a power-on ended: at a desktop or a sign-in screen, or with the power. */
export type OobeOutcome =
  | { kind: 'ended'; outcome: Outcome }
  | { kind: 'restart'; reason: string }
  | { kind: 'powerOff'; reason: string }
  | { kind: 'reset'; what: ResetKind }

export interface OobeContext extends OobeInput {
  /** What the deployment service said since power-on. */
  answer: ProfileAnswer | null
  profile: AutopilotProfile | null
  /** True after a person went back, until there is internet: the pages on the way are shown again. */
  isRevisit: boolean
  /** The kiosk whose account signs in, or that waits for the name of it. */
  kiosk: Kiosk | null
  /** A guest is at the device: a local account that is new each time. */
  isGuest: boolean
  /** A technician pre-provisions the device: chosen since power-on, or begun before. */
  isTechnician: boolean
  /** What pre-provisioning has failed with. */
  failure: GaveUp | null
  /** What a reset will leave, once the device is reset. */
  resetKind: ResetKind
  /** Why the device restarts, once it does. */
  restartReason: string
}

/** The technician has begun, and has not resealed the device. */
export const isBeingProvisioned = ({ preProvisioning }: BootState): boolean =>
  preProvisioning !== undefined && preProvisioning.resealedAt === undefined

/** The technician's part is over, and the device is for its user. */
export const isResealed = ({ preProvisioning }: BootState): boolean => preProvisioning?.resealedAt !== undefined

export function usageOf({ profile, disk, facts }: OobeContext): Account['kind'] {
  if (profile) return 'workOrSchool'
  return disk.usage === 'personal' || facts.edition === 'Home' ? 'personal' : 'workOrSchool'
}

/** A profile presets language, region and keyboard only when it was here before those pages: on a wired network. */
export const presetsOf = ({ profile, answer }: OobeContext) => (answer && profile ? profile : undefined)

/** The language that region and keyboard follow: chosen, preset on a wire, or the first that is installed. */
export function languageOf(context: OobeContext): string {
  const { disk, facts } = context
  const preset = presetsOf(context)?.language
  return disk.language ?? facts.languages.find((tag) => tag === preset) ?? facts.languages[0] ?? 'en-US'
}

/** Name of the person at the device; Windows calls the account of a guest so [D]. */
export const personAt = ({ disk, isGuest }: Pick<OobeContext, 'disk' | 'isGuest'>): string =>
  isGuest ? 'Guest' : (disk.account?.displayName ?? '')

/** Who comes later is a standard user, whatever the profile says of the first. */
export const isStandardUser = ({ disk, profile }: OobeContext): boolean =>
  disk.laterUsers > 0 || disk.isStandardByPreparation === true || hasBit(profile, 'userNotLocalAdmin')

const common = ({ answer, disk, profile, facts }: OobeContext) => ({
  managed: disk.isEnrolled,
  autopilot: profile !== null && !profile.isAssociation,
  ...noteOf(facts.edition, answer, disk),
})

export const desktopOf = (context: OobeContext): OobeOutcome => ({
  kind: 'ended',
  outcome: {
    kind: 'desktop',
    account: isStandardUser(context) ? 'standard' : 'administrator',
    ...common(context),
  },
})

export const signInScreenOf = (context: OobeContext): OobeOutcome => ({
  kind: 'ended',
  outcome: { kind: 'signInScreen', ...common(context), ...(context.kiosk ? { isKioskLost: true } : {}) },
})

export const kioskOf = (context: OobeContext): OobeOutcome => ({
  kind: 'ended',
  outcome: { kind: 'kiosk', shows: context.kiosk?.shows ?? '', ...common(context) },
})

function noteOf(
  edition: Edition,
  answer: ProfileAnswer | null,
  { preparation, isContinuedAnyway, isRecovering }: BootState,
): { note?: string } {
  // That no profile is there is as it should be with device preparation (2.8 [F]).
  if (preparation) return isContinuedAnyway ? { note: 'continued past a failed device preparation' } : {}
  if (isRecovering) return { note: RECOVERY_WHY }
  if (edition === 'Home') return { note: 'no Autopilot profile: Windows 11 Home cannot join Microsoft Entra' }
  if (answer && answer.kind !== 'assigned') {
    return { note: `no Autopilot profile: ${answer.code} ${answer.text}${andFile(answer)}` }
  }
  return isContinuedAnyway ? { note: 'continued past a failed Enrollment Status Page' } : {}
}
