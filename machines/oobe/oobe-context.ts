import { type Account, type AutopilotProfile, hasBit, type ProfileAnswer } from '../../src/domain/autopilot.ts'
import type { BootState, DeviceFacts } from '../../src/domain/boot.ts'
import type { Outcome } from '../../src/domain/journal.ts'
import type { Edition } from '../../src/domain/windows-versions.ts'
import type { RetryPolicy } from '../pages/autopilot-profile.ts'

export interface OobeInput {
  facts: DeviceFacts
  disk: BootState
  retry: RetryPolicy
  /** How many people will sign in when the first boot is over. */
  moreUsers?: number
}

/** How a power-on ended: at a desktop or a sign-in screen, or with the power. */
export type OobeOutcome = { kind: 'ended'; outcome: Outcome } | { kind: 'restart'; reason: string } | { kind: 'reset' }

export interface OobeContext extends OobeInput {
  /** What the deployment service said since power-on. */
  answer: ProfileAnswer | null
  profile: AutopilotProfile | null
  /** True after a person went back, until there is internet: the pages on the way are shown again. */
  isRevisit: boolean
  /** Why the device restarts, once it does. */
  restartReason: string
}

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

/** Who comes later is a standard user, whatever the profile says of the first. */
export const isStandardUser = ({ disk, profile }: OobeContext): boolean =>
  disk.laterUsers > 0 || hasBit(profile, 'userNotLocalAdmin')

const common = ({ answer, disk, profile, facts }: OobeContext) => ({
  managed: disk.isEnrolled,
  autopilot: profile !== null,
  ...noteOf(facts.edition, answer, disk.isContinuedAnyway),
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
  outcome: { kind: 'signInScreen', ...common(context) },
})

function noteOf(edition: Edition, answer: ProfileAnswer | null, isContinuedAnyway: boolean): { note?: string } {
  if (edition === 'Home') return { note: 'no Autopilot profile: Windows 11 Home cannot join Microsoft Entra' }
  if (answer?.kind === 'none') return { note: `no Autopilot profile: ${answer.code} ${answer.text}` }
  if (answer?.kind === 'unreachable') return { note: `no Autopilot profile: ${answer.code} ${answer.text}` }
  return isContinuedAnyway ? { note: 'continued past a failed Enrollment Status Page' } : {}
}
