import type { ENROLLMENT_CODES } from '../windows-codes/enrollment.ts'
import type { Help } from './explanation.ts'

const SERVER = 'Look at the log of the enrolment server.'
const AGAIN = 'Try again later; if it stays, look at the log of the enrolment server.'
const DOCUMENT = 'Correct the provisioning document of the server.'

/** The family of the enrolment: a code without a line does not compile. */
export const ENROLLMENT_HELP: Readonly<Record<keyof typeof ENROLLMENT_CODES, Help>> = {
  enrollmentMessageFormat: { help: SERVER },
  enrollmentAuthentication: { help: 'Sign in again. If it stays, look at which tokens the server takes.' },
  enrollmentAuthorization: {
    help: 'Look at the MDM user scope, the licence and the enrolment restrictions of the person.',
  },
  enrollmentCertificateRequest: { help: 'Look at the certificate template and the authority of the server.' },
  enrollmentServer: {
    help: 'Set "Allow pre-provisioned deployment" to Yes in the profile; else look at the log of the server.',
  },
  enrollmentInternalService: { help: AGAIN },
  enrollmentInvalidSecurity: { help: 'Sign in again. If it stays, look at the clock of the device and of the server.' },
  enrollmentUnknown: { help: SERVER },
  enrollmentInProgress: { help: 'Wait until the other enrolment is over, then try again.' },
  alreadyEnrolled: { help: 'Remove the old work account from the device and its old record from Intune.' },
  discoveryCertificateDate: { help: 'Set the clock of the device; else renew the certificate of the server.' },
  enrollmentPasswordNeeded: { help: 'Let the server use the sign-in of Microsoft Entra (Federated).' },
  webAuthenticationBroker: {
    help: 'Try again, and finish the sign-in. If it stays, look at the web page of the server.',
  },
  enrollmentConnectivity: { help: 'Let the hosts of the enrolment through: "oobe network hosts" lists them.' },
  enrollmentSuspended: { help: 'Nothing: the enrolment comes later.' },
  enrollmentTlsCertificate: {
    help: 'Take the host out of TLS inspection; else give the server a certificate of a public authority.',
  },
  deviceCapReached: { help: 'Delete old devices of the person, or raise the device limit of Intune.' },
  deviceNotSupported: {
    help: 'For a self-deploying device that was enrolled before: choose "Unblock device" in Intune. Else allow Windows (MDM) in the enrolment restrictions.',
  },
  enrollmentNotSupported: { help: 'Set up an MDM server for this device in the tenant.' },
  notEligibleToRenew: { help: 'Enrol the device again.' },
  enrollmentInMaintenance: { help: 'Try again later.' },
  enrollmentUserLicense: { help: 'Give the person a licence of Intune, or delete old devices.' },
  enrollmentDataInvalid: { help: 'Look at the terms of use page of the server.' },
  enrollmentInsecureRedirect: { help: 'Let the server redirect to HTTPS.' },
  enrollmentPlatformWrongState: { help: 'Restart the device and try again; if it stays, reset it.' },
  enrollmentPlatformLicense: { help: 'Take an edition that can be managed.' },
  enrollmentPlatformUnknown: { help: 'Restart the device and try again; if it stays, reset it.' },
  provisioningCertificateStore: { help: DOCUMENT },
  provisioningW7: { help: DOCUMENT },
  provisioningDmClient: { help: DOCUMENT },
  provisioningPassportForWork: { help: DOCUMENT },
  provisioningMisc: { help: `${DOCUMENT} Windows Home has to be upgraded.` },
  provisioningUnknown: { help: DOCUMENT },
  provisioningTlsCertificateNotFound: {
    help: 'Let SSLCLIENTCERTSEARCHCRITERIA name the certificate that the server issues.',
  },
  provisioningAppManagement: { help: DOCUMENT },
  deviceManagementBlocked: { help: 'Remove the legacy agent of Intune for PCs.' },
  privateKeyCreationFailed: {
    help: 'Let the policy ask for a key that the device can make: RSA 2048, without a TPM where there is none.',
  },
  authenticationCertificateNotFound: { help: 'Let the server use the sign-in of Microsoft Entra (Federated).' },
  enrollmentEmptyMessage: { help: SERVER },
  enrollmentUserCancelled: { help: 'Try again, and do not cancel.' },
  mdmNotConfigured: { help: 'Set up the MDM server and its user scope in Microsoft Entra.' },
  enrollmentCustomServerError: { help: 'Do what the text of the server says.' },
}
