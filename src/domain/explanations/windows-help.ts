import type { ATTESTATION_CODES } from '../windows-codes/attestation.ts'
import type { CONNECTION_CODES } from '../windows-codes/connection.ts'
import type { HELLO_CODES } from '../windows-codes/hello.ts'
import type { JOIN_CODES } from '../windows-codes/join.ts'
import type { MANAGEMENT_CODES } from '../windows-codes/management.ts'
import type { SIGN_IN_CODES } from '../windows-codes/sign-in.ts'
import type { UPDATE_CODES } from '../windows-codes/updates.ts'
import type { Help } from './explanation.ts'

/** One line for each code of a group: a code without one does not compile. */
type HelpOf<Codes> = Readonly<Record<keyof Codes, Help>>

const CLOCK = 'Set the clock, and let the device reach time.windows.com (UDP 123)'
const HOSTS = '"oobe network hosts" lists what a firewall must let through'

export const CONNECTION_HELP: HelpOf<typeof CONNECTION_CODES> = {
  connectionTimedOut: { help: 'Try again. If it stays, look at the server, and at what is between it and the device.' },
  proxySignInNeeded: { help: `Let devices through the proxy without a sign-in: ${HOSTS}.` },
  urlInvalid: { help: 'Correct the address in the settings of the server that gave it.' },
  nameNotResolved: { help: 'Connect the device, and ask the DNS server of the school for the name.' },
  cannotConnect: { help: `Let the host and the port through: ${HOSTS}.` },
  connectionAborted: { help: 'Try again. If it stays, look at the firewall, the proxy and the server.' },
  certificateDateInvalid: { help: `${CLOCK}; else renew the certificate of the server.` },
  certificateNameInvalid: { help: 'Give the server a certificate for the name that devices ask.' },
  clientCertificateNeeded: {
    help: 'Take the host out of TLS inspection; else let the server ask for no certificate here.',
  },
  certificateAuthorityUnknown: {
    help: 'Take the host out of TLS inspection; else give the server a certificate of a public authority.',
  },
  answerUnreadable: { help: 'Look at what answers at that address: a server, a proxy or something else.' },
  tlsFailed: { help: 'Let the server take TLS 1.2 or 1.3 at this port.' },
  certificateInvalid: { help: 'Accept the terms of the captive portal; else mend the certificate of the server.' },
}

export const SIGN_IN_HELP: HelpOf<typeof SIGN_IN_CODES> = {
  signInIntercepted: {
    help: 'Accept the terms of the captive portal, or take the sign-in hosts out of TLS inspection.',
  },
  identityProviderBlocked: { help: `Let the hosts of the sign-in through: ${HOSTS}. Then try again.` },
}

export const JOIN_HELP: HelpOf<typeof JOIN_CODES> = {
  joinAuthenticationFailed: { help: 'Sign in again. If it stays, look at the sign-in log of Microsoft Entra.' },
  joinNotAuthorized: {
    help: 'Let this person join devices in the device settings of Microsoft Entra.',
  },
  joinDeviceLimit: { help: 'Delete old devices of the person, or raise the limit in Microsoft Entra.' },
  joinServiceFailed: { help: 'Try again later.' },
  joinDiscoveryFailed: { help: `Let the hosts of the join through: ${HOSTS}.` },
  joinServiceBusy: { help: 'Try again later.' },
  joinTenantNotFound: { help: 'Look at the domain of the person and at the tenant of the profile.' },
  attestationFailed: {
    help: 'Update the firmware of the TPM, and assign one profile to the device. A device with TPM 1.2 cannot do it.',
    pages: ['deviceJoin', 'tpmAttestation'],
  },
  joinDirectoryFailed: { help: 'Try again later. If it stays, look for the device in Microsoft Entra.' },
  joinDeviceDeleted: { help: 'Remove the device from Windows Autopilot, and register it again.' },
}

export const HELLO_HELP: HelpOf<typeof HELLO_CODES> = {
  helloSkipped: {
    help: 'Nothing has to be done: Windows asks again at a later sign-in. Look at what had gone wrong before.',
    pages: ['hello'],
  },
  helloKeyRefused: {
    help: 'At the join: let this person join devices in the device settings of Microsoft Entra. At Windows Hello: try again with a second proof of identity.',
    pages: ['deviceJoin', 'hello'],
  },
}

export const ATTESTATION_HELP: HelpOf<typeof ATTESTATION_CODES> = {
  attestationRetriesExceeded: {
    help: `Try again later. ${CLOCK}. If it stays, ask the maker of the device for firmware.`,
  },
  tpmFirmwareVulnerable: { help: 'Install the firmware update of the maker of the device.' },
  httpBadRequest: {
    help: 'At TPM attestation: update the firmware of the TPM. At an enrolment: look at the log of the server.',
    pages: ['tpmAttestation', 'enrollment'],
  },
  httpNotFound: {
    help: 'At TPM attestation: the TPM cannot be used for it; take a user-driven profile. At a download: look at the address.',
    pages: ['tpmAttestation', 'enrollmentStatus'],
  },
  keyOperationNotSupported: {
    help: 'Let the server ask for a key that is not attested, or take a device with TPM 2.0.',
    pages: ['enrollment'],
  },
}

export const MANAGEMENT_HELP: HelpOf<typeof MANAGEMENT_CODES> = {
  domainControllerNotFound: {
    help: 'Look at the Intune Connector for Active Directory, its rights in the organizational unit, the domain join profile and its prefix, and let the device reach a domain controller, or skip the check. Unassign the user.',
    pages: ['domainJoin'],
  },
  noLogonServers: {
    help: 'Let the device reach a domain controller, by the network of the school or a VPN.',
    pages: ['welcome', 'nextSignIn'],
  },
  wrongPfxPassword: {
    help: 'Look at the certificate connector and the PKCS certificate profile of Intune.',
    pages: ['enrollmentStatus'],
  },
  resetNotSupported: {
    help: 'Run "reagentc /enable"; where its image is gone, install Windows from a stick. Wipe a device with a hybrid join as a whole.',
    pages: ['localReset', 'nextSignIn', 'settings'],
  },
  unspecifiedError: {
    help: 'Look at the app that failed: its log, its requirements and its detection rule.',
    pages: ['enrollmentStatusFailure'],
  },
  timedOut: {
    help: `On the status page: look for what did not finish, or raise its time limit. At attestation: take a device with TPM 2.0. ${CLOCK}.`,
    pages: ['tpmAttestation', 'enrollmentStatusFailure'],
  },
  notFound: { help: 'Install the firmware update of the maker of the device.', pages: ['tpmAttestation'] },
  invalidData: {
    help: 'Look at what answers in the place of the registration service: a proxy or a portal.',
    pages: ['deviceJoin'],
  },
  badFormat: { help: 'Upload the package of the app again.', pages: ['enrollmentStatusFailure'] },
  networkPathNotFound: { help: `Let the hosts of the content through: ${HOSTS}.`, pages: ['enrollmentStatusFailure'] },
  msiPackageInvalid: { help: 'Upload the MSI again, and install it once by hand.', pages: ['enrollmentStatusFailure'] },
  msixPackageUnreadable: { help: 'Upload the MSIX package again.', pages: ['enrollmentStatusFailure'] },
  msixInstallationFailed: {
    help: 'Look at the AppX log of the device: a dependency or the signature.',
    pages: ['enrollmentStatusFailure'],
  },
  hashMismatch: {
    help: 'Upload the file again, and look whether a proxy changes downloads.',
    pages: ['enrollmentStatusFailure'],
  },
  anotherInstallation: {
    help: 'Deploy MSI apps of the management channel and Win32 apps not together, or try again.',
    pages: ['enrollmentStatusFailure'],
  },
  keyNotFound: { help: 'Reset the device: it needs keys and an enrolment anew.', pages: ['enrollmentStatus'] },
  diskFull: { help: 'Free space on the disk, or reset the device.', pages: ['enrollmentStatusFailure'] },
  appNotDetected: { help: 'Correct the detection rule of the app.', pages: ['enrollmentStatusFailure'] },
  appNotAllowedOnSe: {
    help: 'Take the app out of the assignment, or take one that Windows 11 SE allows.',
    pages: ['enrollmentStatusFailure'],
  },
  cspDataTypeInvalid: { help: 'Give the policy a value of the format that the node has.', pages: [] },
  cspNodeNotFound: { help: 'Look at the path of the policy, and at the edition and build that it is for.', pages: [] },
  cspRollbackFailed: { help: 'Look at the commands of the Atomic one by one.', pages: [] },
  cspCommandNotAllowed: { help: 'Use a command that the node takes: docs/csp.md.', pages: [] },
  cspPropertyNotSupported: { help: 'Ask for no such property.', pages: [] },
  cspAccessDenied: { help: 'Remove the account of the other server, or leave the node to it.', pages: [] },
}

const LATER = 'The first boot continues. Try again later.'
const UPDATE_HOSTS = `The first boot continues. Let the hosts of Windows Update through: ${HOSTS}.`

export const UPDATE_HELP: HelpOf<typeof UPDATE_CODES> = {
  updateServiceFault: { help: 'The first boot continues. Try again later, or look at the update service.' },
  updateBadRequest: { help: LATER },
  updateDenied: { help: UPDATE_HOSTS },
  updateForbidden: { help: UPDATE_HOSTS },
  updateNotFound: {
    help: 'The first boot continues. Look at the address of the update service, and at a filter on the way.',
  },
  updateProxyAsks: { help: 'The first boot continues. Let the device pass the proxy without a sign-in.' },
  updateRequestTimeout: { help: LATER },
  updateServerError: { help: LATER },
  updateBadGateway: { help: LATER },
  updateUnavailable: { help: LATER },
  updateGatewayTimeout: { help: LATER },
  updateStatusNotMapped: { help: LATER },
}
