import type { DeviceDefinition, TpmFault } from '../../domain/device.ts'
import type { PageId } from '../../domain/pages.ts'
import { CODE } from '../../domain/windows-codes.ts'

/** A TPM that does not do in self-deploying mode, and what comes of it (device-identity.md sections 3.9 and 3.10). */
export interface TpmPersona {
  name: TpmFault | 'absent' | 'version12'
  what: string
  page: PageId
  code: string
  /** Where the code is from; `assumed` when no source pairs it with this cause. */
  source: string
}

export const TPM_PERSONAS: readonly TpmPersona[] = [
  {
    name: 'absent',
    what: 'the device has no TPM',
    page: 'tpmAttestation',
    code: CODE.timedOut,
    source: '3.9 [D]',
  },
  {
    name: 'version12',
    what: 'the TPM is a 1.2',
    page: 'tpmAttestation',
    code: CODE.timedOut,
    source: '3.10 [D]',
  },
  {
    name: 'vulnerableFirmware',
    what: 'the firmware has a known vulnerability',
    page: 'tpmAttestation',
    code: CODE.tpmFirmwareVulnerable,
    source: '3.9 [D]',
  },
  {
    name: 'unknownIssuer',
    what: 'the attestation service has no authority for the issuer of the EK certificate: HTTP 404',
    page: 'tpmAttestation',
    code: CODE.httpNotFound,
    source: '3.9 [1]',
  },
  {
    name: 'certificateForAnotherKey',
    what: 'TPM2_ChangeEPS was run, and the certificate is still that of the key before: HTTP 400 each time',
    page: 'tpmAttestation',
    code: CODE.attestationRetriesExceeded,
    source: '3.9 [1]',
  },
  {
    name: 'certificateExpired',
    what: 'the EK certificate has expired: HTTP 400 each time',
    page: 'tpmAttestation',
    code: CODE.attestationRetriesExceeded,
    source: 'the refusal 3.9 [1], this cause assumed',
  },
  {
    name: 'noEndorsementCertificate',
    what: 'there is no EK certificate, and so the TPM is not ready',
    page: 'tpmAttestation',
    code: CODE.timedOut,
    source: 'readiness 3.9 [O], code assumed',
  },
  {
    name: 'certificateFetchBlocked',
    what: 'the network blocks the way to the vendor that has the EK certificate',
    page: 'tpmAttestation',
    code: CODE.timedOut,
    source: 'readiness 3.9 [O], code assumed',
  },
  {
    name: 'lockout',
    what: 'the TPM is locked out',
    page: 'tpmAttestation',
    code: CODE.timedOut,
    source: 'assumed',
  },
]

/** Which of them a device is. */
export function personasOf({ tpm }: Pick<DeviceDefinition, 'tpm'>): TpmPersona[] {
  const names: TpmPersona['name'][] = !tpm ? ['absent'] : tpm.version === '1.2' ? ['version12'] : (tpm.faults ?? [])
  return TPM_PERSONAS.filter(({ name }) => names.includes(name))
}
