import { EVENTS, type EventWithId } from './events.ts'

/** The Autopilot profile on the device: the public `AutopilotConfigurationFile.json` members in our names. */
export interface AutopilotProfile {
  tenantId: string
  tenantDomain: string
  tenantUpn: string
  /** Bit mask `CloudAssignedOobeConfig`; see {@link OOBE_CONFIG}. */
  oobeConfig: number
  /** Name template, unexpanded; empty for none. */
  deviceName: string
  language: string
  region: string
  forcedEnrollment: boolean
  deploymentProfileName: string
  /** Autopilot device id; present only when the service recognised the hardware. */
  ztdRegistrationId: string
  /** `CloudAssignedDomainJoinMethod` 1: a Microsoft Entra hybrid join. */
  isHybrid?: true
  /** `HybridJoinSkipDCConnectivityCheck` 1: no domain controller has to answer before the restart. */
  skipsConnectivityCheck?: true
  /** `ZtdCorrelationId`: only in a profile that came as a file. */
  ztdCorrelationId?: string
  /** Assigned through a group; false for the tenant's default, which is for all devices. */
  isExplicit: boolean
  /** Of device association: no profile of Windows Autopilot. */
  isAssociation?: true
}

/** Bits of `CloudAssignedOobeConfig` (reference: oobe-autopilot-esp.md, 3.2). 1 to 16 documented, the rest observed. */
export const OOBE_CONFIG = {
  skipCortanaOptIn: 1,
  userNotLocalAdmin: 2,
  skipExpressSettings: 4,
  skipOemRegistration: 8,
  skipEula: 16,
  tpmAttestation: 32,
  deviceAuthentication: 64,
  tpmRequired: 128,
  skipUpgradeUx: 256,
  enablePatchDownload: 512,
  skipKeyboard: 1024,
} as const

const ALL_BITS = Object.values(OOBE_CONFIG).reduce<number>((sum, bit) => sum + bit, 0)

/** The bits of a number of 32 bits that no source knows, as one number. */
export const unknownBitsIn = (value: number): number => (value & ~ALL_BITS) >>> 0

export type OobeConfigBit = keyof typeof OOBE_CONFIG

export const hasBit = (
  profile: Pick<AutopilotProfile, 'oobeConfig'> | null | undefined,
  bit: OobeConfigBit,
): boolean => (profile ? (profile.oobeConfig & OOBE_CONFIG[bit]) !== 0 : false)

/** Self-deploying profiles carry bits 32 and 64, always together (observed). */
export const isSelfDeploying = (profile: Pick<AutopilotProfile, 'oobeConfig'> | null | undefined): boolean =>
  hasBit(profile, 'tpmAttestation') && hasBit(profile, 'deviceAuthentication')

/**
 * Answers of the lookup that come without a profile: 807 not registered, 809 the assigned profile is gone, 815 none assigned, 908 the
 * hardware does not match.
 */
export type LookupCode = '807' | '809' | '815' | '908'

/** What the deployment service said. Not being registered is an answer, not an error. */
/** What the service says, and what it says of an association besides: the device decides whether it is one for it. */
export interface LookupAnswer {
  answer: ProfileAnswer
  association?: AutopilotProfile
}

export type ProfileAnswer =
  | { kind: 'assigned'; profile: AutopilotProfile }
  | ({ kind: 'none'; code: LookupCode; text: string } & WithoutFile)
  /** `isOffline`: there is no internet, and the answer is worth waiting for. */
  | ({ kind: 'unreachable'; code: string; text: string; isOffline?: true } & WithoutFile)

interface WithoutFile {
  /** Why a profile on the disk did not take the place of the service's. Left out: there was none. */
  file?: string
}

/** What the device finds on its disk when the service has no profile for it. */
export type ProfileOnDisk =
  | { kind: 'profile'; profile: AutopilotProfile }
  | { kind: 'notUsed'; why: string }
  | { kind: 'none' }

/** A profile that came from the disk. */
export const isFromFile = (profile: Pick<AutopilotProfile, 'ztdCorrelationId'>): boolean =>
  profile.ztdCorrelationId !== undefined

/** What the device shows when it could not ask: the id of the event that Windows logs then. */
export const NOT_ASKED = String(EVENTS.profileDownloadGivenUp.id)

/** Why there is no profile, in plain words (reference: oobe-autopilot-esp.md, 3.4 [D]). */
export function whyNoProfile(answer: ProfileAnswer | null): string {
  if (answer?.kind === 'none')
    return `no Autopilot profile, ${answer.code}: ${NO_PROFILE[answer.code].why}${andFile(answer)}`
  if (answer?.kind === 'unreachable') {
    return `no Autopilot profile, ${answer.code}: the service could not be asked${andFile(answer)}`
  }
  return 'no Autopilot profile'
}

/** What is said of a profile on the disk, behind what the service said. */
export const andFile = ({ file }: WithoutFile): string => (file === undefined ? '' : `; ${file}`)

/**
 * The answer is the id of the event that Windows logs: another event does not compile. Names by the reference, 3.4: 809 has that of 815.
 */
const NO_PROFILE: { readonly [Code in LookupCode]: { name: string; event: EventWithId<Code>; why: string } } = {
  '807': {
    name: 'ZtdDeviceIsNotRegistered',
    event: 'deviceNotRegistered',
    why: 'no tenant has registered this device',
  },
  '809': {
    name: 'ZtdDeviceHasNoAssignedProfile',
    event: 'assignedProfileGone',
    why: 'the profile that was assigned to it is gone',
  },
  '815': {
    name: 'ZtdDeviceHasNoAssignedProfile',
    event: 'noProfileAssigned',
    why: 'it is registered, and no profile is assigned to it yet, or none at all',
  },
  '908': {
    name: 'SerialNumberMismatch',
    event: 'hardwareMismatch',
    why: 'its serial number is registered with other hardware: a board was replaced',
  },
}

export const LOOKUP_CODES = Object.keys(NO_PROFILE) as LookupCode[]

export const isLookupCode = (code: string): code is LookupCode => Object.hasOwn(NO_PROFILE, code)

export const lookupEvent = (code: LookupCode) => NO_PROFILE[code].event

/** The service's own name for its answer. */
export const lookupName = (code: LookupCode): string => NO_PROFILE[code].name

export const lookupReason = (code: LookupCode): string => NO_PROFILE[code].why

/** Person who signed in, as far as the statecharts may know. Tokens stay in the device's memory. */
export interface Account {
  upn: string
  displayName: string
  tenantId: string
  kind: 'workOrSchool' | 'personal'
}

export interface Branding {
  name: string
  /** Rows of a logo of block characters. */
  logo?: string[]
  color?: string
  signInPageText?: string
  usernameHint?: string
}
