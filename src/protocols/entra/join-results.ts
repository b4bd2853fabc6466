import { CODE } from '../../domain/windows-codes.ts'

/** Results of the join as Windows prints them, by the `subcode` of a refusal ([MS-DVRJ] 2.2.9; mdm-protocols.md, 4.2). */
export function joinHresult(subcode: string): string {
  switch (subcode) {
    case 'error_device_limit_reached':
      return CODE.joinDeviceLimit
    case 'error_unauthorized':
      return CODE.joinNotAuthorized
    // The subcode is assumed (oobe-autopilot-esp.md, 4.9 [F] has the code and the sentence).
    case 'error_policy':
      return CODE.helloKeyRefused
    case 'error_attestation_failed':
      return CODE.attestationFailed
    case 'error_device_deleted':
      return CODE.joinDeviceDeleted
    case 'error_missing_device':
      return CODE.joinDirectoryFailed
    default:
      return CODE.joinAuthenticationFailed
  }
}
