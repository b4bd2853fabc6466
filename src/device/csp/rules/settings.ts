import { whatIsWrongWithComputerName } from '../../../domain/device-names.ts'
import { ALL, below, type Csp, node, READ, SET } from '../node-rule.ts'
import { deviceLockPolicies } from './lock.ts'

/** Policies of any area: those that this program does not know are kept all the same, as Windows keeps what an ADMX brings. */
export const policy: Csp = {
  name: 'Policy',
  version: '10.0',
  rules: [
    ...deviceLockPolicies,
    ...below('Policy', 'both', 'Policy CSP', {
      'Config/{}/{}': node('any', ALL),
      'Result/{}/{}': node('any', READ, {
        derive: (uri, read) => read(uri.replace('/Policy/Result/', '/Policy/Config/')),
      }),
    }),
    ...below('Policy/ConfigOperations/ADMXInstall', 'device', 'Policy CSP, ADMXInstall', {
      '{}/{}/{}': node('chr', ALL),
    }),
  ],
}

export const wifi: Csp = {
  name: 'WiFi',
  version: '1.0',
  rules: below('WiFi/Profile/{}', 'both', 'WiFi CSP', {
    '': node('node', ALL),
    WlanXml: node('chr', ALL),
    Proxy: node('chr', ALL),
    WiFiCost: node('int', ALL, { default: '1', range: [1, 3] }),
  }),
}

export const accounts: Csp = {
  name: 'Accounts',
  version: '1.0',
  rules: [
    ...below('Accounts/Domain', 'device', 'Accounts CSP', {
      // Macros are kept as they are until the restart that makes the name the device's.
      ComputerName: node('chr', SET, { accepts: (value) => whatIsWrongWithComputerName(value) === undefined }),
    }),
    ...below('Accounts/Users/{}', 'device', 'Accounts CSP', {
      '': node('node', ALL),
      Password: node('chr', ['Add'], { isSecret: true }),
      LocalUserGroup: node('int', SET, { default: '1', range: [1, 2] }),
    }),
  ],
}
