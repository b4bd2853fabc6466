import type { TpmFacts } from '../../domain/device.ts'
import { tpmVendor } from '../../domain/tpm-vendors.ts'
import { tpmFirmwareText } from '../../protocols/tpm/version-text.ts'
import type { TpmDescription } from './describe.ts'
import { isVulnerableBit, readinessText } from './readiness.ts'

/**
 * The lines of `tpmtool getdeviceinformation`, as far as a device file has the facts (device-identity.md section 3.4 [O]).
 * Windows ends them with CRLF.
 */
export function tpmToolLines({ facts, readiness, lockout }: TpmDescription): string[] {
  return [
    ...identityLines(facts),
    `-Is Initialized: ${yes(true)}`,
    `-Ready For Storage: ${yes(true)}`,
    `-Ready For Attestation: ${yes(readiness === 0)}`,
    `-Is Capable For Attestation: ${yes(readiness === 0)}`,
    ...(readiness === 0 ? [] : [`-Information Flags: ${readinessText(readiness)}`]),
    `-TPM Has Vulnerable Firmware: ${yes(isVulnerableBit(readiness))}`,
    `-TPM Spec Version: ${facts.specification.revision}`,
    '-Lockout Information:',
    `    -Is Locked Out: ${yes(lockout.counter >= lockout.max)}`,
    `    -Lockout Counter: ${lockout.counter}`,
    `    -Max Auth Fail: ${lockout.max}`,
    `    -Lockout Interval: ${lockout.intervalSeconds}s`,
    `    -Lockout Recovery: ${lockout.recoverySeconds}s`,
  ]
}

/** Of a TPM 1.2, which is no more than a name here. */
export const oldTpmLines = (facts: TpmFacts): string[] => [
  ...identityLines(facts),
  `-Ready For Attestation: ${yes(false)}`,
  `-Is Capable For Attestation: ${yes(false)}`,
]

const identityLines = (facts: TpmFacts): string[] => [
  `-TPM Present: ${yes(true)}`,
  `-TPM Version: ${facts.version}`,
  `-TPM Manufacturer ID: ${facts.vendor}`,
  `-TPM Manufacturer Full Name: ${tpmVendor(facts.vendor).name}`,
  `-TPM Manufacturer Version: ${tpmFirmwareText(facts)}`,
]

const yes = (value: boolean): string => (value ? 'True' : 'False')
