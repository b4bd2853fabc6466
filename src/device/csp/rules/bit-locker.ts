import { ALL, below, type Csp, node, READ, withoutEffect } from '../node-rule.ts'

const PATH = 'BitLocker'
const SOURCE = 'BitLocker CSP'
const REQUIRED = './Device/Vendor/MSFT/BitLocker/RequireDeviceEncryption'
const TPM = './Device/Vendor/MSFT/DeviceStatus/TPM/SpecificationVersion'

/** Bits of `DeviceEncryptionStatus`. */
const UNPROTECTED = 1 << 2
const NO_TPM = 1 << 13

const admx = node('chr', ALL)

/** No drive is encrypted here: a device complies as long as no policy asks for it. */
function encryptionStatus(_: string, read: (uri: string) => string | undefined): string {
  if (read(REQUIRED) !== '1') return '0'
  return String(read(TPM) === undefined ? UNPROTECTED | NO_TPM : UNPROTECTED)
}

/** Drive encryption (reference: mdm-protocols.md, 3.7). */
export const bitLocker: Csp = {
  name: 'BitLocker',
  version: '5.0',
  rules: [
    ...below(PATH, 'device', SOURCE, {
      '': node('node', READ),
      // Its effect is on the status below.
      RequireDeviceEncryption: node('int', ALL, { default: '0', range: [0, 1] }),
      Status: node('node', READ),
      'Status/DeviceEncryptionStatus': node('int', READ, { derive: encryptionStatus }),
      'Status/RemovableDrivesEncryptionStatus': node('int', READ, { default: '0' }),
      // 0 pass, 1 pending, 2 not started.
      'Status/RotateRecoveryPasswordsStatus': node('int', READ, { default: '2' }),
      'Status/RotateRecoveryPasswordsRequestID': node('chr', READ),
    }),
    ...below(
      PATH,
      'device',
      SOURCE,
      withoutEffect({
        RequireStorageCardEncryption: node('int', ALL, { default: '0', range: [0, 1] }),
        AllowWarningForOtherDiskEncryption: node('int', ALL, { default: '1', range: [0, 1] }),
        AllowStandardUserEncryption: node('int', ALL, { default: '0', range: [0, 1] }),
        ConfigureRecoveryPasswordRotation: node('int', ALL, { default: '0', range: [0, 2] }),
        RotateRecoveryPasswords: node('chr', ['Exec']),
        EncryptionMethodByDriveType: admx,
        SystemDrivesRequireStartupAuthentication: admx,
        SystemDrivesMinimumPINLength: admx,
        SystemDrivesRecoveryMessage: admx,
        SystemDrivesRecoveryOptions: admx,
        SystemDrivesEncryptionType: admx,
        SystemDrivesEnhancedPIN: admx,
        SystemDrivesDisallowStandardUsersCanChangePIN: admx,
        SystemDrivesEnablePreBootPinExceptionOnDECapableDevice: admx,
        SystemDrivesEnablePrebootInputProtectorsOnSlates: admx,
        FixedDrivesRecoveryOptions: admx,
        FixedDrivesRequireEncryption: admx,
        FixedDrivesEncryptionType: admx,
        RemovableDrivesRequireEncryption: admx,
        RemovableDrivesConfigureBDE: admx,
        RemovableDrivesEncryptionType: admx,
        RemovableDrivesExcludedFromEncryption: admx,
      }),
    ),
  ],
}
