import type { TpmFacts } from '../../domain/device.ts'
import { firmwareOf, isVulnerable } from './vulnerable-firmware.ts'

/** `Win32_Tpm.IsReadyInformation`: what keeps a TPM from being ready; 0 is ready (device-identity.md section 3.4) [D]. */
export const READINESS: readonly { bit: number; name: string; text: string }[] = [
  { bit: 0x2, name: 'shutdownNeeded', text: 'a shutdown is needed' },
  { bit: 0x4, name: 'rebootNeeded', text: 'a restart is needed' },
  { bit: 0x8, name: 'forceClear', text: 'the TPM has to be cleared' },
  { bit: 0x10, name: 'physicalPresence', text: 'a person has to be at the device' },
  { bit: 0x20, name: 'activate', text: 'the TPM is not activated' },
  { bit: 0x40, name: 'ownership', text: 'the TPM can have no owner' },
  { bit: 0x80, name: 'createEk', text: 'there is no endorsement key' },
  { bit: 0x100, name: 'ownerAuth', text: 'the owner authorization is not known' },
  { bit: 0x200, name: 'srkAuthNotZero', text: 'the storage root key has a password' },
  { bit: 0x400, name: 'disableOwnerClear', text: 'the owner cannot clear the TPM' },
  { bit: 0x800, name: 'srkMismatch', text: 'the storage root key is not the known one' },
  { bit: 0x1000, name: 'readSrkPub', text: 'the storage root key cannot be read' },
  { bit: 0x2000, name: 'bootCounter', text: 'there is no boot counter' },
  { bit: 0x4000, name: 'adBackup', text: 'the owner authorization is not backed up' },
  { bit: 0x8000, name: 'adBackupPhase1', text: 'the first phase of the backup is not done' },
  { bit: 0x1_0000, name: 'adBackupPhase2', text: 'the second phase of the backup is not done' },
  { bit: 0x2_0000, name: 'legacyConfiguration', text: 'the TPM is configured as an old Windows does' },
  { bit: 0x4_0000, name: 'ekCertificate', text: 'the EK certificate was not read from NV into the registry' },
  { bit: 0x8_0000, name: 'tcgLog', text: 'the TCG event log is empty or cannot be read' },
  { bit: 0x10_0000, name: 'notReduced', text: 'the TPM is not owned' },
  { bit: 0x20_0000, name: 'genericError', text: 'an error' },
  { bit: 0x40_0000, name: 'deviceLockCounter', text: 'the device lock counter is missing, or the TPM is locked out' },
  { bit: 0x80_0000, name: 'deviceId', text: 'the device id was not created' },
  { bit: 0x100_0000, name: 'attestationVulnerability', text: 'the firmware has a known vulnerability' },
]

const bitOf = (name: string): number => READINESS.find((entry) => entry.name === name)!.bit

export interface Observed {
  hasCertificate: boolean
  isLocked: boolean
}

/** The bits that hold for what was found in the TPM. */
export function readinessOf(facts: TpmFacts, { hasCertificate, isLocked }: Observed): number {
  const vulnerable = facts.faults?.includes('vulnerableFirmware') || isVulnerable(facts.vendor, firmwareOf(facts))
  return (
    (hasCertificate ? 0 : bitOf('ekCertificate')) |
    // Which bit a lockout sets is not published: an assumption.
    (isLocked ? bitOf('deviceLockCounter') : 0) |
    (vulnerable ? bitOf('attestationVulnerability') : 0)
  )
}

export const isVulnerableBit = (mask: number): boolean => (mask & bitOf('attestationVulnerability')) !== 0

/** `0x40000: the EK certificate …`, or `0x0: ready`. */
export function readinessText(mask: number): string {
  const texts = READINESS.filter(({ bit }) => (mask & bit) !== 0).map(({ text }) => text)
  return `0x${mask.toString(16)}: ${texts.join('; ') || 'ready'}`
}
