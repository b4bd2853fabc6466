import type { SoapFault } from '../soap/fault.ts'

/** Results of an enrolment as Windows reports them: HRESULTs of the `MENROLL_E_` family, lower-case hex. */
export const ENROLLMENT_HRESULT = {
  messageFormat: '0x80180001',
  authentication: '0x80180002',
  authorization: '0x80180003',
  certificateRequest: '0x80180004',
  enrollmentServer: '0x80180005',
  internalService: '0x80180006',
  invalidSecurity: '0x80180007',
  unknown: '0x80180008',
  enrollmentInProgress: '0x80180009',
  alreadyEnrolled: '0x8018000a',
  discoveryCertificateDate: '0x8018000d',
  passwordNeeded: '0x8018000e',
  webAuthenticationBroker: '0x8018000f',
  connectivity: '0x80180010',
  /** A success code. */
  suspended: '0x00180011',
  invalidTlsCertificate: '0x80180012',
  deviceCapReached: '0x80180013',
  deviceNotSupported: '0x80180014',
  notSupported: '0x80180015',
  notEligibleToRenew: '0x80180016',
  inMaintenance: '0x80180017',
  userLicense: '0x80180018',
  invalidEnrollmentData: '0x80180019',
  insecureRedirect: '0x8018001a',
  platformWrongState: '0x8018001b',
  platformLicense: '0x8018001c',
  platformUnknown: '0x8018001d',
  provisioningCertificateStore: '0x8018001e',
  provisioningW7: '0x8018001f',
  provisioningDmClient: '0x80180020',
  provisioningPassportForWork: '0x80180021',
  provisioningMisc: '0x80180022',
  provisioningUnknown: '0x80180023',
  provisioningTlsCertificateNotFound: '0x80180024',
  provisioningAppManagement: '0x80180025',
  deviceManagementBlocked: '0x80180026',
  privateKeyCreationFailed: '0x80180027',
  authenticationCertificateNotFound: '0x80180028',
  emptyMessage: '0x80180029',
  userCancelled: '0x80180030',
  mdmNotConfigured: '0x80180031',
  customServerError: '0x80180032',
} as const

/**
 * The HRESULT of an HTTP error without a fault in it: 0x8019 and the status (mdm-protocols.md, 1.3; observed with 400 on
 * RequestSecurityToken, inferred for other statuses).
 */
export const httpHresult = (status: number): string => `0x8019${status.toString(16).padStart(4, '0')}`

export type EnrollmentHresult = (typeof ENROLLMENT_HRESULT)[keyof typeof ENROLLMENT_HRESULT]

const BY_SUBCODE = new Map<string, EnrollmentHresult>([
  ['messageformat', ENROLLMENT_HRESULT.messageFormat],
  ['authentication', ENROLLMENT_HRESULT.authentication],
  ['authorization', ENROLLMENT_HRESULT.authorization],
  ['certificaterequest', ENROLLMENT_HRESULT.certificateRequest],
  ['enrollmentserver', ENROLLMENT_HRESULT.enrollmentServer],
  ['internalservicefault', ENROLLMENT_HRESULT.internalService],
  ['invalidsecurity', ENROLLMENT_HRESULT.invalidSecurity],
])

const BY_ERROR_TYPE = new Map<string, EnrollmentHresult>([
  ['devicecapreached', ENROLLMENT_HRESULT.deviceCapReached],
  ['devicenotsupported', ENROLLMENT_HRESULT.deviceNotSupported],
  ['notsupported', ENROLLMENT_HRESULT.notSupported],
  ['noteligibletorenew', ENROLLMENT_HRESULT.notEligibleToRenew],
  ['inmaintenance', ENROLLMENT_HRESULT.inMaintenance],
  ['userlicense', ENROLLMENT_HRESULT.userLicense],
  ['invalidenrollmentdata', ENROLLMENT_HRESULT.invalidEnrollmentData],
  ['customservererror', ENROLLMENT_HRESULT.customServerError],
])

/** Codes of the provisioning document's DecodeError: the part that cannot be applied picks the result. */
const BY_DECODE_ERROR = new Map<string, EnrollmentHresult>([
  ['ERR_MDE2_PROVISIONING_CERTIFICATE_STORE', ENROLLMENT_HRESULT.provisioningCertificateStore],
  ['ERR_MDE2_PROVISIONING_APPLICATION', ENROLLMENT_HRESULT.provisioningW7],
  ['ERR_MDE2_PROVISIONING_DM_CLIENT', ENROLLMENT_HRESULT.provisioningDmClient],
])

const withoutPrefix = (value: string): string => value.slice(value.lastIndexOf(':') + 1).toLowerCase()

/**
 * The HRESULT that Windows shows for a fault ([MS-MDE2] 2.2.9): the ErrorType of the detail when it is a known one,
 * else the subcode, without letter case and prefix, else `0x80180008`.
 */
export function enrollmentHresult(fault: SoapFault): EnrollmentHresult {
  return (
    BY_ERROR_TYPE.get((fault.detail?.errorType ?? '').toLowerCase()) ??
    BY_SUBCODE.get(withoutPrefix(fault.subcode ?? '')) ??
    ENROLLMENT_HRESULT.unknown
  )
}

/** The HRESULT for a provisioning document that could not be read, by the code of its DecodeError. */
export const provisioningHresult = (code: string): EnrollmentHresult =>
  BY_DECODE_ERROR.get(code) ?? ENROLLMENT_HRESULT.provisioningUnknown
