import { below, type Csp, type NodeRule, node, READ, RUN, SET, withoutEffect } from '../node-rule.ts'

const REMOTE = 'RemoteLock CSP'
/** No device here has a PIN: Lock is not allowed then, and there is none to reset (the second code is assumed). */
const NO_PIN = { lock: 405, reset: 500 }

/** Locks a device that has a PIN (reference: mdm-protocols.md, 3.7). */
export const remoteLock: Csp = {
  name: 'RemoteLock',
  version: '1.1',
  rules: below(
    'RemoteLock',
    'device',
    REMOTE,
    withoutEffect({
      '': node('node', READ),
      Lock: node('null', RUN, { default: '', execStatus: NO_PIN.lock }),
      LockAndResetPIN: node('null', RUN, { default: '', execStatus: NO_PIN.reset }),
      LockAndRecoverPIN: node('null', RUN, { default: '', execStatus: NO_PIN.reset }),
      NewPINValue: node('chr', READ, { default: '', isSecret: true }),
    }),
  ),
}

/** Integers with their least and most, and the default of the CSP. */
const SETTINGS: readonly (readonly [name: string, least: number, most: number, value: string])[] = [
  ['DevicePasswordEnabled', 0, 1, '1'],
  ['AllowSimpleDevicePassword', 0, 1, '1'],
  ['MinDevicePasswordLength', 4, 18, '4'],
  ['AlphanumericDevicePasswordRequired', 0, 2, '2'],
  ['MaxDevicePasswordFailedAttempts', 0, 999, '0'],
  ['DevicePasswordExpiration', 0, 730, '0'],
  ['DevicePasswordHistory', 0, 50, '0'],
  ['MaxInactivityTimeDeviceLock', 0, 999, '0'],
  ['MinDevicePasswordComplexCharacters', 1, 4, '1'],
]

/** Password rules as Windows Phone had them; a device still has the tree (reference: mdm-protocols.md, 3.7). */
export const deviceLock: Csp = {
  name: 'DeviceLock',
  version: '1.0',
  rules: [
    ...below('DeviceLock', 'device', 'DeviceLock CSP', {
      '': node('node', READ),
      Provider: node('node', READ),
      DeviceValue: node('node', READ),
    }),
    ...below(
      'DeviceLock/Provider/{}',
      'device',
      'DeviceLock CSP',
      withoutEffect({
        '': node('node', ['Add', 'Delete', 'Get']),
        ...Object.fromEntries(
          SETTINGS.map(([name, ...range]) => [name, node('int', SET, { range: [range[0], range[1]] })]),
        ),
      }),
    ),
    ...below(
      'DeviceLock/DeviceValue',
      'device',
      'DeviceLock CSP',
      Object.fromEntries(SETTINGS.map(([name, , , value]) => [name, node('int', READ, { default: value })])),
    ),
  ],
}

const policy = (least: number, most: number) =>
  node('int', ['Add', 'Delete', 'Get', 'Replace'], { range: [least, most] })

/** The same rules as policies, which is where servers of today set them. They break the automatic sign-in of account setup. */
export const deviceLockPolicies: readonly NodeRule[] = below(
  'Policy/Config/DeviceLock',
  'device',
  'Policy CSP, DeviceLock',
  {
    ...Object.fromEntries(
      SETTINGS.filter(([name]) => name !== 'MinDevicePasswordLength').map(([name, least, most]) => [
        name,
        policy(least, most),
      ]),
    ),
    MinDevicePasswordLength: policy(4, 16),
    MinimumPasswordAge: policy(0, 998),
  },
)
