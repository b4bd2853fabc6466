import { OOBE_CONFIG, type OobeConfigBit, unknownBitsIn } from '../autopilot.ts'
import type { Cause } from '../windows-codes/windows-code.ts'
import type { Explanation } from './explanation.ts'

/** What the bits of CloudAssignedOobeConfig do to the first boot. */
export const OOBE_EFFECTS: Readonly<Record<OobeConfigBit, string>> = {
  skipCortanaOptIn: 'no Cortana',
  userNotLocalAdmin: 'standard user',
  skipExpressSettings: 'no privacy settings page',
  skipOemRegistration: 'no OEM registration page',
  skipEula: 'no licence terms page',
  tpmAttestation: 'TPM attestation',
  deviceAuthentication: 'joins by device token',
  tpmRequired: 'TPM required',
  skipUpgradeUx: 'no upgrade offer',
  enablePatchDownload: 'downloads patches',
  skipKeyboard: 'no keyboard pages',
}

/** Names of the documentation for the bits to 16, and of the tools that read the others. */
export const OOBE_BIT_NAMES: Readonly<Record<OobeConfigBit, string>> = {
  skipCortanaOptIn: 'SkipCortanaOptIn',
  userNotLocalAdmin: 'OobeUserNotLocalAdmin',
  skipExpressSettings: 'SkipExpressSettings',
  skipOemRegistration: 'SkipOemRegistration',
  skipEula: 'SkipEula',
  tpmAttestation: 'TPM attestation',
  deviceAuthentication: 'Entra device authentication',
  tpmRequired: 'Entra TPM required',
  skipUpgradeUx: 'Skip Windows upgrade UX',
  enablePatchDownload: 'Enable patch download',
  skipKeyboard: 'Skip keyboard selection',
}

/** Bits that a profile has set, the least one first. */
export const oobeBitsIn = (value: number): OobeConfigBit[] =>
  (Object.keys(OOBE_CONFIG) as OobeConfigBit[]).filter((bit) => (value & OOBE_CONFIG[bit]) !== 0)

/** Values that are published or were seen (reference: oobe-autopilot-esp.md, 3.2). */
const KNOWN: Readonly<Record<number, string>> = {
  28: "Microsoft's sample of a profile",
  264: 'user-driven, administrator, nothing hidden',
  286: 'user-driven, standard user, licence terms and privacy hidden',
  1310: 'user-driven, standard user, licence terms, privacy and keyboard hidden',
  382: 'self-deploying, licence terms and privacy hidden',
  1406: 'self-deploying, licence terms, privacy and keyboard hidden',
}

export const knownProfile = (value: number): string | undefined => KNOWN[value]

export const isKnownProfileValue = (value: number): boolean => Object.hasOwn(KNOWN, value)

/** The bits of a self-deploying profile come together (observed). */
export const isOddProfileValue = (value: number): boolean =>
  ((value & OOBE_CONFIG.tpmAttestation) === 0) !== ((value & OOBE_CONFIG.deviceAuthentication) === 0)

/** The last bit that is documented; the others are observed. */
const DOCUMENTED_TO = OOBE_CONFIG.skipEula

export const certaintyOfBit = (bit: OobeConfigBit): 'documented' | 'observed' =>
  OOBE_CONFIG[bit] <= DOCUMENTED_TO ? 'documented' : 'observed'

/** What a person sees or does not see, by the bit that decides (reference: oobe-autopilot-esp.md, 1.9). Windows 11 has no page of Cortana. */
export const PAGES_BY_BIT: readonly { page: string; bit: OobeConfigBit; unless?: string }[] = [
  { page: 'licence terms', bit: 'skipEula' },
  { page: 'privacy settings', bit: 'skipExpressSettings' },
  { page: 'keyboard', bit: 'skipKeyboard', unless: 'on a cable, and where the profile has a language' },
  { page: 'OEM registration', bit: 'skipOemRegistration' },
]

/** The deployment mode that the bits 32 and 64 say. */
export function modeIn(value: number): { mode: 'user-driven' | 'self-deploying' | 'unknown'; why: string } {
  if (isOddProfileValue(value)) {
    return { mode: 'unknown', why: 'one of the bits 32 and 64 alone was never seen: they come together' }
  }
  return (value & OOBE_CONFIG.tpmAttestation) === 0
    ? { mode: 'user-driven', why: 'neither of the bits 32 and 64' }
    : { mode: 'self-deploying', why: 'the bits 32 and 64' }
}

const causeOf = (bit: OobeConfigBit): Cause => ({
  where: `${OOBE_CONFIG[bit]} ${bit}`,
  why: OOBE_EFFECTS[bit],
  source: `oobe-autopilot-esp.md, 3.2 [${certaintyOfBit(bit) === 'documented' ? 'D' : 'F'}]`,
})

/** A number as CloudAssignedOobeConfig; undefined where it has a bit that no source knows. */
export function profileValue(value: number): Explanation | undefined {
  if (value <= 0 || value > 0xffff_ffff || unknownBitsIn(value) !== 0) return undefined
  const [first, ...more] = oobeBitsIn(value).map(causeOf)
  return {
    family: 'profile',
    code: `CloudAssignedOobeConfig ${value}`,
    also: [String(value)],
    causes: [first!, ...more],
    pages: [],
    seen: `a profile: AutopilotConfigurationFile.json, the registry${KNOWN[value] ? `. ${KNOWN[value]}` : ''}`,
    help: isOddProfileValue(value)
      ? 'No profile has been seen with one of the bits 32 and 64 alone.'
      : 'Change the settings of the profile in Intune.',
  }
}

export const PROFILE_EXPLANATIONS: readonly Explanation[] = Object.keys(KNOWN).map(
  (value) => profileValue(Number(value))!,
)
