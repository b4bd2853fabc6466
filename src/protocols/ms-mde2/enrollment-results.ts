import type { ENROLLMENT_CODES } from '../../domain/windows-codes/enrollment.ts'
import { CODE } from '../../domain/windows-codes.ts'
import type { SoapFault } from '../soap/fault.ts'

type EnrollmentHresult = (typeof ENROLLMENT_CODES)[keyof typeof ENROLLMENT_CODES]['code']

const BY_SUBCODE = new Map<string, EnrollmentHresult>([
  ['messageformat', CODE.enrollmentMessageFormat],
  ['authentication', CODE.enrollmentAuthentication],
  ['authorization', CODE.enrollmentAuthorization],
  ['certificaterequest', CODE.enrollmentCertificateRequest],
  ['enrollmentserver', CODE.enrollmentServer],
  ['internalservicefault', CODE.enrollmentInternalService],
  ['invalidsecurity', CODE.enrollmentInvalidSecurity],
])

const BY_ERROR_TYPE = new Map<string, EnrollmentHresult>([
  ['devicecapreached', CODE.deviceCapReached],
  ['devicenotsupported', CODE.deviceNotSupported],
  ['notsupported', CODE.enrollmentNotSupported],
  ['noteligibletorenew', CODE.notEligibleToRenew],
  ['inmaintenance', CODE.enrollmentInMaintenance],
  ['userlicense', CODE.enrollmentUserLicense],
  ['invalidenrollmentdata', CODE.enrollmentDataInvalid],
  ['customservererror', CODE.enrollmentCustomServerError],
])

/** Codes of the provisioning document's DecodeError: the part that cannot be applied picks the result. */
const BY_DECODE_ERROR = new Map<string, EnrollmentHresult>([
  ['ERR_MDE2_PROVISIONING_CERTIFICATE_STORE', CODE.provisioningCertificateStore],
  ['ERR_MDE2_PROVISIONING_APPLICATION', CODE.provisioningW7],
  ['ERR_MDE2_PROVISIONING_DM_CLIENT', CODE.provisioningDmClient],
])

const withoutPrefix = (value: string): string => value.slice(value.lastIndexOf(':') + 1).toLowerCase()

/**
 * The HRESULT that Windows shows for a fault ([MS-MDE2] 2.2.9): the ErrorType of the detail when it is a known one,
 * else the subcode, without letter case and prefix, else "unknown".
 */
export function enrollmentHresult(fault: SoapFault): EnrollmentHresult {
  return (
    BY_ERROR_TYPE.get((fault.detail?.errorType ?? '').toLowerCase()) ??
    BY_SUBCODE.get(withoutPrefix(fault.subcode ?? '')) ??
    CODE.enrollmentUnknown
  )
}

/** The HRESULT for a provisioning document that could not be read, by the code of its DecodeError. */
export const provisioningHresult = (code: string): EnrollmentHresult =>
  BY_DECODE_ERROR.get(code) ?? CODE.provisioningUnknown
