import { because, either } from './windows-code.ts'

/** Management, apps and updates, and what Windows says anywhere. */
export const MANAGEMENT_CODES = {
  unspecifiedError: either(
    '0x80004005',
    {
      where: 'the Enrollment Status Page',
      why: 'A step failed without a code, such as an app of the management extension.',
      source: 'oobe-autopilot-esp.md, 4.9 [U]',
    },
    {
      where: 'the Enrollment Status Page of a hybrid join',
      why: 'A fault of Windows that updates have mended.',
      source: 'oobe-autopilot-esp.md, 4.9 [D]',
    },
  ),
  domainControllerNotFound: because(
    '0x80070774',
    'The hybrid join has no blob, or no domain controller answers: the connector, its rights, the domain join profile, or the network.',
    'oobe-autopilot-esp.md, 4.9 [S]',
  ),
  noLogonServers: because(
    '0x8007051f',
    'No domain controller is there for the sign-in to a domain; that Windows shows this code there is assumed.',
    'oobe-autopilot-esp.md, 2.7 [U]',
  ),
  wrongPfxPassword: because(
    '0x80070056',
    'The password that the server sent does not open the PFX (ERROR_INVALID_PASSWORD).',
    'mdm-protocols.md, 3.7',
  ),
  resetNotSupported: either(
    '0x80070032',
    {
      where: 'a reset',
      why: 'Windows RE is off or not there: nothing can carry the reset out.',
      source: 'oobe-autopilot-esp.md, 4.9 [D]',
    },
    {
      where: 'an Autopilot Reset of a device with a hybrid join',
      why: 'Autopilot Reset does not support hybrid joined devices; that they get this code is assumed.',
      source: 'oobe-autopilot-esp.md, 2.6 [U]',
    },
  ),
  timedOut: either(
    '0x800705b4',
    {
      where: 'TPM attestation',
      why: 'The TPM did not become ready: there is none, it is a TPM 1.2 or a virtual one, or its EK certificate is missing.',
      source: 'device-identity.md, 3.10 [D]',
    },
    {
      where: 'the Enrollment Status Page',
      why: 'The time limit of the page was over before everything was there.',
      source: 'oobe-autopilot-esp.md, 4.9 [C]',
    },
    {
      where: 'an MSI',
      why: 'The installation took longer than the job allows.',
      source: 'mdm-protocols.md, 3.5 [U]',
    },
  ),
  notFound: either(
    '0x80070490',
    {
      where: 'a firmware TPM of AMD',
      why: 'The firmware is old, and attestation fails with it: the maker of the device has an update.',
      source: 'device-identity.md, 3.10 [D]',
    },
    {
      where: 'an EK certificate',
      why: 'The TPM holds no EK certificate, and its maker has no service that gives one.',
      source: 'device-identity.md, 3.3 [U]',
    },
    {
      where: 'the attestation of the health',
      why: 'The device has no TPM 2.0 that could attest anything.',
      source: 'mdm-protocols.md, 3.6 [U]',
    },
  ),
  invalidData: because(
    '0x8007000d',
    'The answer of the registration service is no JSON that can be read.',
    'mdm-protocols.md, 4.2',
  ),
  badFormat: because(
    '0x8007000b',
    'The downloaded file is no package of the management extension.',
    'System error codes, ERROR_BAD_FORMAT [U]',
  ),
  networkPathNotFound: because(
    '0x80070035',
    'None of the addresses of the package is one that the device can download from.',
    'System error codes, ERROR_BAD_NETPATH [U]',
  ),
  msiPackageInvalid: because(
    '0x80070654',
    'The downloaded file is no MSI package that can be installed.',
    'System error codes, ERROR_INSTALL_PACKAGE_INVALID [L]',
  ),
  msixPackageUnreadable: because('0x80073cf0', 'The MSIX package cannot be opened.', 'oobe-autopilot-esp.md, 4.9 [F]'),
  msixInstallationFailed: because(
    '0x80073cf9',
    'The MSIX package could not be installed; the AppX log says more.',
    'oobe-autopilot-esp.md, 4.9 [F]',
  ),
  hashMismatch: either(
    '0x80091007',
    {
      where: 'a download',
      why: 'The downloaded file is not the one whose hash the server named.',
      source: 'COM error codes, CRYPT_E_HASH_VALUE [L]',
    },
    {
      where: 'a certificate profile',
      why: 'The authority is not the one whose thumbprint the profile names (CAThumbprint).',
      source: 'oobe-autopilot-esp.md, 8.3 [F]',
    },
  ),
  anotherInstallation: because(
    '0x80070652',
    'Another installation was in progress: 1618.',
    'oobe-autopilot-esp.md, 4.9 [F]',
  ),
  keyNotFound: because(
    '0x80090016',
    'The key of a certificate is not there, as after the TPM was cleared.',
    'COM error codes, NTE_BAD_KEYSET [L]',
  ),
  diskFull: because('0x80070070', 'There is not enough space on the disk.', 'System error codes, ERROR_DISK_FULL [L]'),
  appNotDetected: because(
    '0x87d1041c',
    'The app was installed, and its detection rule does not find it.',
    'oobe-autopilot-esp.md, 4.9 [F]',
  ),
  appNotAllowedOnSe: because(
    '0x87d300d9',
    'Windows 11 SE does not let this app run: it is not on the list of approved apps.',
    'oobe-autopilot-esp.md, 4.9 [D]',
  ),
  cspDataTypeInvalid: because(
    '0x86000001',
    'The server sent a value of a format that the CSP node does not have.',
    'mdm-protocols.md, 2.6 [U]',
  ),
  cspNodeNotFound: because(
    '0x86000002',
    'The CSP node that the server named does not exist.',
    'mdm-protocols.md, 2.6 [C]',
  ),
  cspRollbackFailed: because(
    '0x86000009',
    'An Atomic of the server failed, and could not be undone.',
    'mdm-protocols.md, 2.6 [U]',
  ),
  cspCommandNotAllowed: because(
    '0x86000011',
    'The CSP node does not take this command of the server, or not any more.',
    'mdm-protocols.md, 3.1 [L]',
  ),
  cspPropertyNotSupported: because(
    '0x86000013',
    'The server asked for a property that the CSP node does not have.',
    'mdm-protocols.md, 2.6 [U]',
  ),
  cspAccessDenied: because(
    '0x86000016',
    'The CSP node belongs to another management server.',
    'mdm-protocols.md, 2.6 [U]',
  ),
} as const
