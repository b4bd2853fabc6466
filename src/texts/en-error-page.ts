import { said } from './wording.ts'

/** What the page of a failed join or enrolment says to a code (oobe-autopilot-esp.md, 4.10). */
export const ERROR_PAGE = {
  communication: said(
    'There was an error communicating with the server. You can try to do this again or contact your system administrator with the error code {code}.',
    'D',
    '4.10',
  ),
  authentication: said(
    'There was a problem authenticating your account or device. You can try to do this again or contact your system administrator with the error code {code}.',
    'D',
    '4.10',
  ),
  notAuthorized: said(
    'This user is not authorized to enroll. You can try to do this again or contact your system administrator with the error code {code}.',
    'D',
    '4.10',
  ),
  certificate: said(
    'There was a certificate error. You can try to do this again or contact your system administrator with the error code {code}.',
    'D',
    '4.10',
  ),
  inProgress: said(
    'Another enrollment is in progress. You can try to do this again or contact your system administrator with the error code {code}.',
    'D',
    '4.10',
  ),
  alreadyEnrolled: said(
    'This device is already enrolled. You can contact your system administrator with the error code {code}.',
    'D',
    '4.10',
  ),
  tooMany: said(
    'Looks like there are too many devices or users for this account. Contact your system administrator with the error code {code}.',
    'D',
    '4.10',
  ),
  notSupported: said(
    'This feature is not supported. Contact your system administrator with the error code {code}.',
    'D',
    '4.10',
  ),
  notAccepted: said(
    'The server did not accept the request. You can try to do this again or contact your system administrator with the error code {code}.',
    'D',
    '4.10',
  ),
  maintenance: said(
    'The service is in maintenance. You can try to do this again later or contact your system administrator with the error code {code}.',
    'D',
    '4.10',
  ),
  licence: said(
    'There was an error with your license. You can try to do this again or contact your system administrator with the error code {code}.',
    'D',
    '4.10',
  ),
  wrongConfiguration: said(
    'Looks like the server is not correctly configured. You can try to do this again or contact your system administrator with the error code {code}.',
    'D',
    '4.10',
  ),
  termsOfUse: said(
    'Your organization requires that you agree to the Terms of Use. Please try again or ask your support person for more information.',
    'D',
    '4.10',
  ),
  notTrusted: said(
    'The server being contacted is not trusted. Contact your system administrator with the error code {code}.',
    'D',
    '4.10',
  ),
  restartNeeded: said('A reboot is required to complete device registration.', 'D', '4.10'),
  invalidCertificate: said(
    'Looks like you have an invalid certificate. Contact your system administrator with the error code {code}.',
    'D',
    '4.10',
  ),
  serverCode: said('Server error code: {code}', 'F', '4.10'),
  correlationId: said('Correlation ID: {id}', 'F', '4.10'),
  serverMessage: said('Server message: {message}', 'F', '4.10'),
  notAvailable: said('Not available', 'F', '4.10'),
  moreInformation: said('More information: https://www.microsoft.com/mdmerrors', 'F', '4.10'),
  attestationTimedOut: said('Something happened, and TPM attestation timed out.', 'D', '4.10'),
} as const
