import { because, either } from './windows-code.ts'

/**
 * Results of an enrolment: the `MENROLL_E_` family (reference: mdm-protocols.md, 1.9). [S]: [MS-MDE2] 2.2.9 pairs the code with a fault.
 * [L]: the code is one of the MDM registration error values, and its cause is in the name.
 */
export const ENROLLMENT_CODES = {
  enrollmentMessageFormat: because(
    '0x80180001',
    'The server could not read the message of the device, or the device that of the server.',
    'mdm-protocols.md, 1.9 [S]',
  ),
  enrollmentAuthentication: because(
    '0x80180002',
    'The server does not believe who the device or the person says they are.',
    'mdm-protocols.md, 1.9 [S]',
  ),
  enrollmentAuthorization: because(
    '0x80180003',
    'The server knows the person, and does not let them enrol: the MDM scope, a licence or a restriction.',
    'mdm-protocols.md, 1.9 [S]',
  ),
  enrollmentCertificateRequest: because(
    '0x80180004',
    'The server could not make a certificate of the request of the device.',
    'mdm-protocols.md, 1.9 [S]',
  ),
  enrollmentServer: either(
    '0x80180005',
    { where: 'an enrolment', why: 'The enrolment server failed.', source: 'mdm-protocols.md, 1.9 [S]' },
    {
      where: 'pre-provisioning',
      why: 'The profile does not allow pre-provisioning.',
      source: 'oobe-autopilot-esp.md, 4.9 [D]',
    },
  ),
  enrollmentInternalService: because(
    '0x80180006',
    'The enrolment service had an internal fault.',
    'mdm-protocols.md, 1.9 [S]',
  ),
  enrollmentInvalidSecurity: because(
    '0x80180007',
    'The security header of the message was not accepted: its token or its signature.',
    'mdm-protocols.md, 1.9 [S]',
  ),
  enrollmentUnknown: because(
    '0x80180008',
    'The server gave an error that Windows does not know.',
    'mdm-protocols.md, 1.9 [S]',
  ),
  enrollmentInProgress: because(
    '0x80180009',
    'Another enrolment is under way on this device.',
    'mdm-protocols.md, 1.9 [L]',
  ),
  alreadyEnrolled: because(
    '0x8018000a',
    'The device is enrolled already: an old account or record has to be removed.',
    'oobe-autopilot-esp.md, 4.9 [S]',
  ),
  discoveryCertificateDate: because(
    '0x8018000d',
    'The certificate of the discovery server has expired or is not valid yet, or the clock of the device is wrong.',
    'mdm-protocols.md, 1.9 [L]',
  ),
  enrollmentPasswordNeeded: because(
    '0x8018000e',
    'The server asks for a user name and a password, and the device has none.',
    'mdm-protocols.md, 1.9 [L]',
  ),
  webAuthenticationBroker: because(
    '0x8018000f',
    'The sign-in on the web page of the server did not come to its end.',
    'mdm-protocols.md, 1.9 [L]',
  ),
  enrollmentConnectivity: because(
    '0x80180010',
    'The enrolment server cannot be reached, or does not answer as one.',
    'mdm-protocols.md, 1.9 [L]',
  ),
  enrollmentSuspended: because(
    '0x00180011',
    'The enrolment is put off until later: a success code.',
    'mdm-protocols.md, 1.9 [L]',
  ),
  enrollmentTlsCertificate: because(
    '0x80180012',
    'The device does not trust the TLS certificate of the enrolment server.',
    'mdm-protocols.md, 1.9 [L]',
  ),
  deviceCapReached: because(
    '0x80180013',
    'The person has enrolled as many devices as they may.',
    'mdm-protocols.md, 1.9 [S]',
  ),
  deviceNotSupported: either(
    '0x80180014',
    {
      where: 'an enrolment',
      why: 'The server blocks this platform or version: enrolment restrictions do not allow Windows (MDM).',
      source: 'oobe-autopilot-esp.md, 4.9 [D]',
    },
    {
      where: 'a self-deploying or pre-provisioned device that enrols again',
      why: 'The device was enrolled before, and has to be unblocked in Intune.',
      source: 'oobe-autopilot-esp.md, 4.9 [D]',
    },
  ),
  enrollmentNotSupported: because(
    '0x80180015',
    'The server offers no management for this device.',
    'mdm-protocols.md, 1.9 [S]',
  ),
  notEligibleToRenew: because(
    '0x80180016',
    'The certificate of management cannot be renewed: the device has to enrol again.',
    'mdm-protocols.md, 1.9 [S]',
  ),
  enrollmentInMaintenance: because(
    '0x80180017',
    'The enrolment service is in maintenance: try again later.',
    'mdm-protocols.md, 1.9 [S]',
  ),
  enrollmentUserLicense: because(
    '0x80180018',
    'The person has no licence for management, or too many devices for it.',
    'oobe-autopilot-esp.md, 4.9 [D]',
  ),
  enrollmentDataInvalid: because(
    '0x80180019',
    'The server does not accept what the device brought from the terms of use.',
    'mdm-protocols.md, 1.9 [S]',
  ),
  enrollmentInsecureRedirect: because(
    '0x8018001a',
    'The server redirects to an address that the device must not follow.',
    'mdm-protocols.md, 1.9 [L]',
  ),
  enrollmentPlatformWrongState: because(
    '0x8018001b',
    'Windows is in a state in which it cannot enrol.',
    'mdm-protocols.md, 1.9 [L]',
  ),
  enrollmentPlatformLicense: because(
    '0x8018001c',
    'This edition or its licence does not allow management.',
    'mdm-protocols.md, 1.9 [L]',
  ),
  enrollmentPlatformUnknown: because(
    '0x8018001d',
    'Windows failed during the enrolment without saying why.',
    'mdm-protocols.md, 1.9 [L]',
  ),
  provisioningCertificateStore: because(
    '0x8018001e',
    'The certificates of the provisioning document cannot be put into their stores.',
    'mdm-protocols.md, 1.9 [L]',
  ),
  provisioningW7: because(
    '0x8018001f',
    'The management account of the provisioning document (w7 APPLICATION) cannot be set up.',
    'mdm-protocols.md, 1.9 [L]',
  ),
  provisioningDmClient: because(
    '0x80180020',
    'The DMClient settings of the provisioning document cannot be applied.',
    'mdm-protocols.md, 1.9 [L]',
  ),
  provisioningPassportForWork: because(
    '0x80180021',
    'The Windows Hello settings of the provisioning document cannot be applied.',
    'mdm-protocols.md, 1.9 [L]',
  ),
  provisioningMisc: either(
    '0x80180022',
    {
      where: 'a provisioning document',
      why: 'A part of the document for which there is no other code cannot be applied.',
      source: 'mdm-protocols.md, 1.9 [L]',
    },
    {
      where: 'Windows Home',
      why: 'This edition cannot be managed: it has to be upgraded.',
      source: 'oobe-autopilot-esp.md, 4.9 [S]',
    },
  ),
  provisioningUnknown: because(
    '0x80180023',
    'The provisioning document cannot be read or applied, and Windows does not say which part.',
    'mdm-protocols.md, 1.9 [L]',
  ),
  provisioningTlsCertificateNotFound: because(
    '0x80180024',
    'No certificate fits the search that the provisioning document gives for the TLS client certificate.',
    'mdm-protocols.md, 1.9 [L]',
  ),
  provisioningAppManagement: because(
    '0x80180025',
    'The app management part of the provisioning document cannot be applied.',
    'mdm-protocols.md, 1.9 [L]',
  ),
  deviceManagementBlocked: because(
    '0x80180026',
    'Management is blocked on this device: a legacy agent for PCs manages it.',
    'oobe-autopilot-esp.md, 4.9 [S]',
  ),
  privateKeyCreationFailed: because(
    '0x80180027',
    'The device cannot make the key that the policy of the server asks for.',
    'mdm-protocols.md, 1.9 [L]',
  ),
  authenticationCertificateNotFound: because(
    '0x80180028',
    'The server asks for a certificate to sign in with, and the device has none.',
    'mdm-protocols.md, 1.9 [L]',
  ),
  enrollmentEmptyMessage: because('0x80180029', 'The server answered with nothing in it.', 'mdm-protocols.md, 1.9 [L]'),
  enrollmentUserCancelled: because('0x80180030', 'The person cancelled the enrolment.', 'mdm-protocols.md, 1.9 [L]'),
  mdmNotConfigured: because('0x80180031', 'The tenant has no MDM server configured.', 'mdm-protocols.md, 1.9 [L]'),
  enrollmentCustomServerError: because(
    '0x80180032',
    'The server refused with its own text, which the device shows.',
    'mdm-protocols.md, 1.9 [S]',
  ),
} as const
