import { ALL, below, type Csp, node, READ, withoutEffect } from '../node-rule.ts'

const PATH = 'PassportForWork'
const SOURCE = 'PassportForWork CSP'

const off = node('bool', ALL, { default: 'false' })
/** 0 allowed, 1 required, 2 not allowed. */
const letters = (value: string) => node('int', ALL, { default: value, range: [0, 2] })

/** Windows Hello for Business (reference: mdm-protocols.md, 3.7): what the page of the first boot follows, and what it does not. */
export const passportForWork: Csp = {
  name: 'PassportForWork',
  version: '1.6',
  rules: [
    // Before the names of tenants: these are none.
    ...below(
      PATH,
      'device',
      SOURCE,
      withoutEffect({
        Biometrics: node('node', READ),
        'Biometrics/UseBiometrics': node('bool', ALL, { default: 'true' }),
        'Biometrics/FacialFeaturesUseEnhancedAntiSpoofing': off,
        UseBiometrics: off,
        DynamicLock: node('node', READ),
        'DynamicLock/DynamicLock': off,
        'DynamicLock/Plugins': node('chr', ALL),
        DeviceUnlock: node('node', READ),
        'DeviceUnlock/GroupA': node('chr', ALL),
        'DeviceUnlock/GroupB': node('chr', ALL),
        'DeviceUnlock/Plugins': node('chr', ALL),
        SecurityKey: node('node', READ),
        'SecurityKey/UseSecurityKeyForSignin': node('int', ALL, { default: '0', range: [0, 1] }),
      }),
    ),
    ...below(PATH, 'both', SOURCE, withoutEffect({ '': node('node', READ), '{}': node('node', ALL) })),
    ...below(`${PATH}/{}/Policies`, 'both', SOURCE, {
      UsePassportForWork: node('bool', ALL, { default: 'true' }),
      RequireSecurityDevice: off,
      // Not simulated: a PIN that is forgotten, is old, or was used before.
      ...withoutEffect({
        '': node('node', ALL),
        EnablePinRecovery: off,
        'PINComplexity/History': node('int', ALL, { default: '0', range: [0, 50] }),
        'PINComplexity/Expiration': node('int', ALL, { default: '0', range: [0, 730] }),
      }),
      'PINComplexity/MinimumPINLength': node('int', ALL, { default: '6', range: [4, 127] }),
      'PINComplexity/MaximumPINLength': node('int', ALL, { default: '127', range: [4, 127] }),
      'PINComplexity/UppercaseLetters': letters('2'),
      'PINComplexity/LowercaseLetters': letters('2'),
      'PINComplexity/SpecialCharacters': letters('2'),
      'PINComplexity/Digits': letters('1'),
    }),
    ...below(`${PATH}/{}/Policies`, 'device', SOURCE, {
      'ExcludeSecurityDevices/TPM12': off,
      DisablePostLogonProvisioning: off,
    }),
    ...below(
      `${PATH}/{}/Policies`,
      'device',
      SOURCE,
      withoutEffect({
        UseCertificateForOnPremAuth: off,
        UseHelloCertificatesAsSmartCardCertificates: off,
        'Remote/UseRemotePassport': off,
      }),
    ),
  ],
}
