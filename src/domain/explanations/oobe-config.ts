import { OOBE_CONFIG, type OobeConfigBit } from '../autopilot.ts'
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

export const isKnownProfileValue = (value: number): boolean => Object.hasOwn(KNOWN, value)

/** The bits of a self-deploying profile come together (observed). */
export const isOddProfileValue = (value: number): boolean =>
  ((value & OOBE_CONFIG.tpmAttestation) === 0) !== ((value & OOBE_CONFIG.deviceAuthentication) === 0)

const ALL_BITS = Object.values(OOBE_CONFIG).reduce<number>((sum, bit) => sum + bit, 0)

/** The last bit that is documented; the others are observed. */
const DOCUMENTED_TO = OOBE_CONFIG.skipEula

const causeOf = (bit: OobeConfigBit): Cause => ({
  where: `${OOBE_CONFIG[bit]} ${bit}`,
  why: OOBE_EFFECTS[bit],
  source: `oobe-autopilot-esp.md, 3.2 [${OOBE_CONFIG[bit] <= DOCUMENTED_TO ? 'D' : 'F'}]`,
})

/** A number as CloudAssignedOobeConfig; undefined where it has a bit that no source knows. */
export function profileValue(value: number): Explanation | undefined {
  if (value <= 0 || value > ALL_BITS) return undefined
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
